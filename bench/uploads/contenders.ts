import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sign } from '@sterna/usersig';
import { connectClient } from '../../tests/protocol-client/client.ts';
import { type Child, startChild } from '../process.ts';
import { beginSlices } from './slices.ts';

/** Where one body goes. */
export interface Place {
  url: string;
  headers?: Record<string, string>;
}

/** One long body in slices, each with a place of its own. */
export interface Sliced {
  places: Place[];
  /** Makes one body of them, by the ETags they were answered with. */
  putTogether(etags: readonly string[]): Promise<void>;
}

/** Whoever takes uploads, in a process of its own. */
export interface Contender {
  name: string;
  child: Child;
  places(count: number, bytes: number): Promise<Place[]>;
  sliced(count: number, bytes: number): Promise<Sliced>;
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
  const places = async (count: number) =>
    Array.from({ length: count }, () => ({ url: `http://127.0.0.1:${String(port)}/` }));
  return {
    name: durable ? 'durable' : 'bare',
    child,
    places,
    // A file for each slice, and nobody who makes one of them: a floor.
    sliced: async (count) => ({ places: await places(count), putTogether: async () => undefined }),
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
    async places(count, size) {
      const granted: Place[] = [];
      for (let each = 0; each < count; each += 1) {
        const { putURL } = await client.request('upload.begin', { kind: 'file', size, name: 'a.bin' });
        granted.push({ url: putURL });
      }
      return granted;
    },
    sliced: async (count, size) =>
      beginSlices(await client.request('upload.begin', { kind: 'file', size, name: 'a.bin' }), count),
    empty: () => removeFiles(join(folder, 'objects', 'blobs')),
  };
}

async function removeFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile()) await rm(join(entry.parentPath, entry.name));
}
