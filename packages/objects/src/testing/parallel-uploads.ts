import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSecrets } from '../access/secrets.ts';
import { signPutURL } from '../access/signed-url.ts';
import { ChildService } from './child-service.ts';
import { SECRET } from './memory-service.ts';

const MB = 1_000_000;
const CHUNK = Buffer.alloc(256 * 1024);

export type ParallelReport = { stored: number; peakMB: number; seconds: number; MBps: number };

/**
 * Sends so many bodies at once to a real process and reads how much memory it ever held. Every body begins
 * before any ends, since each is sent in turns with the others.
 */
export async function runParallelUploads({
  streams,
  megabytes,
  environment = {},
}: {
  streams: number;
  megabytes: number;
  environment?: Record<string, string>;
}): Promise<ParallelReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sterna-parallel-'));
  const bytes = megabytes * MB;
  await using service = await startService(dataDir, bytes, environment);
  const agent = new Agent({ keepAlive: true, maxSockets: streams });
  const startedMs = performance.now();
  const all = Array.from({ length: streams }, (_, each) => send(service.child, { agent, each, bytes }));
  const statuses = await Promise.all(all);
  const seconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  const stored = statuses.filter((status) => status === 200).length;
  return {
    stored,
    peakMB: Math.round(peakBytes(service.child.pid) / MB),
    seconds: Math.round(seconds * 10) / 10,
    MBps: Math.round((stored * megabytes) / seconds),
  };
}

async function startService(dataDir: string, bytes: number, environment: Record<string, string>) {
  const child = await ChildService.start(dataDir, {
    OBJECTS_FILE_BYTES: String(bytes),
    OBJECTS_UPLOADS_PER_USER: '1',
    ...environment,
  });
  return {
    child,
    [Symbol.asyncDispose]: async () => {
      await child.end('SIGTERM');
      await rm(dataDir, { recursive: true });
    },
  };
}

function send(
  service: ChildService,
  { agent, each, bytes }: { agent: Agent; each: number; bytes: number },
): Promise<number> {
  const user = `user${each}`;
  const url = signPutURL(parseSecrets([SECRET]), service.url, {
    app: '1',
    user,
    key: `1/${user}/r/${each}.bin`,
    maxBytes: bytes,
    endMs: Date.now() + 3_600_000,
  });
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: 'PUT', agent, headers: { 'content-length': bytes } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sending.on('error', reject);
    let left = bytes;
    const push = () => {
      while (left > 0) {
        const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
        left -= chunk.length;
        if (!sending.write(chunk)) return void sending.once('drain', push);
      }
      sending.end();
    };
    // No two bodies are alike, or all but one would only be told to be there already.
    const first = randomFillSync(Buffer.alloc(Math.min(64, left)));
    left -= first.length;
    sending.write(first);
    push();
  });
}

/** The most that was ever resident, as the kernel kept count. */
function peakBytes(pid: number): number {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) * 1024;
}

if (import.meta.main) {
  const [streams = '100', megabytes = '100'] = process.argv.slice(2);
  console.log(
    JSON.stringify(await runParallelUploads({ streams: Number(streams), megabytes: Number(megabytes) })),
  );
}
