import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, spawnServer } from '@sterna/server/testing';

/** The limits that a fuzzer would meet instead of what it looks for. */
const LIMITS = {
  strangersPerAddress: 5000,
  connectsPerSecond: 100_000,
  requestsPerSecond: 1_000_000,
  requestBurst: 1_000_000,
  loginFailuresPerMinute: 10_000,
};

const WATCHER = fileURLToPath(new URL('watch-prototypes.ts', import.meta.url));

/** Little memory, so that what is not let go ends the process instead of being collected some day. */
const HEAP = '--max-old-space-size=160 --max-semi-space-size=4';

/** A server to be fuzzed, and what it was like at its end. */
export interface FuzzServer extends AsyncDisposable {
  readonly process: ServerProcess;
  /** Stops it in good order: exit code, and the names that its built-in prototypes had. */
  finish(): Promise<{ code: number | null; prototypes: unknown; errors: string[] }>;
}

export async function startFuzzServer(): Promise<FuzzServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-fuzz-'));
  const report = join(folder, 'prototypes.json');
  const server = await spawnServer({
    config: { limits: LIMITS, logLevel: 'error' },
    env: { NODE_OPTIONS: `${HEAP} --import=${WATCHER}`, PROTOTYPES_REPORT: report },
  });
  return {
    process: server,
    async finish() {
      server.signal('SIGTERM');
      const { code } = await server.exited;
      const prototypes: unknown = JSON.parse(readFileSync(report, 'utf8'));
      return { code, prototypes, errors: [...server.stderr] };
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
