import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sign } from '@sterna/usersig';
import { connectClient } from '../../tests/protocol-client/client.ts';
import { type Child, startChild } from '../process.ts';

/** Whoever takes uploads, in a process of its own. */
export interface Contender {
  name: string;
  child: Child;
  /** Where a body of that many bytes goes: each has an address of its own. */
  addresses(count: number, bytes: number): Promise<string[]>;
  /** Every round starts with as little left to write back as the others. */
  empty(): Promise<void>;
}

const SDKAppID = 1_400_000_999;
const secretKey = '7d1e0c5b9a384f62871d3c5e9f0a2b4c6d8e1f3051726394a5b6c7d8e9f0a1b2';
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A bare `node:http` that pipes into files, and if it is to, makes them and their names durable before it answers. */
export async function startBare(root: string, durable: boolean): Promise<Contender> {
  const folder = await mkdtemp(join(root, 'bare-'));
  const child = startChild([here('bare-server.ts'), folder, String(durable)]);
  const { port } = await child.line((line) => 'port' in line);
  return {
    name: durable ? 'durable' : 'bare',
    child,
    addresses: async (count) => Array.from({ length: count }, () => `http://127.0.0.1:${String(port)}/`),
    empty: () => removeFiles(folder),
  };
}

/** The whole server; a client asks it for the right to each upload, as the SDK does. */
export async function startSterna(root: string): Promise<Contender> {
  const folder = await mkdtemp(join(root, 'sterna-'));
  const child = startChild([here('../server.ts')], { STERNA_BENCH_DATA: folder });
  const { port } = await child.line((line) => 'port' in line);
  const client = await connectClient(`ws://127.0.0.1:${String(port)}/ws`);
  const timeS = Math.floor(Date.now() / 1000);
  const userSig = sign({ SDKAppID, userID: 'loader', secretKey, timeS, expireS: 86_400 });
  await client.login({ SDKAppID, userID: 'loader', userSig });
  return {
    name: 'sterna',
    child,
    async addresses(count, size) {
      const granted: string[] = [];
      for (let each = 0; each < count; each += 1) {
        const { putURL } = await client.request('upload.begin', { kind: 'file', size, name: 'a.bin' });
        granted.push(putURL);
      }
      return granted;
    },
    empty: () => removeFiles(join(folder, 'objects', 'blobs')),
  };
}

async function removeFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile()) await rm(join(entry.parentPath, entry.name));
}
