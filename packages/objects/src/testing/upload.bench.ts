import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseSecrets } from '../access/secrets.ts';
import { signPutURL } from '../access/signed-url.ts';
import { SECRET } from './memory-service.ts';
import { seededContent } from './seeded-random.ts';

/**
 * Upload throughput of the service as a ratio to a bare `node:http` that pipes into files, both in the same run
 * and in turns, so that whatever else the machine does falls on both. The bare one is measured twice: as it
 * comes, answering before anything is on the disk, and flushing its files first, as the service does.
 */
const ROUNDS = 7;
const WARM_UP_ROUNDS = 1;
/** What the goal is stated for. */
const GOAL = 0.6;

type Scenario = { name: string; bytes: number; bodies: number; parallel: number };

const SCENARIOS: readonly Scenario[] = [
  { name: 'one body of 64 MB at a time', bytes: 64_000_000, bodies: 3, parallel: 1 },
  { name: '16 MB, eight at a time', bytes: 16_000_000, bodies: 16, parallel: 8 },
  { name: 'slices of 1 MiB, three at a time', bytes: 1 << 20, bodies: 90, parallel: 3 },
];

type Contender = {
  name: string;
  child: ChildProcess;
  port: number;
  directory: string;
  urlOf(turn: number): string;
};

let turns = 0;

async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sterna-bench-'));
  const bare = await startBare(directory, false);
  const flushing = await startBare(directory, true);
  const service = await startService(directory);
  for (const scenario of SCENARIOS) {
    const rates = await measure(scenario, [bare, flushing, service]);
    const [ofBare, ofFlushing, ofService] = rates.map(median);
    const ratios = (rates[2] ?? []).map((rate, round) => rate / (rates[0]?.[round] ?? Number.NaN));
    const durable = (rates[2] ?? []).map((rate, round) => rate / (rates[1]?.[round] ?? Number.NaN));
    console.log(
      `${scenario.name}: bare ${mbps(ofBare)}, bare and flushed ${mbps(ofFlushing)}, service ${mbps(ofService)}; ` +
        `ratio ${median(ratios).toFixed(2)} to the bare, ${median(durable).toFixed(2)} to the flushed (goal ${GOAL})`,
    );
  }
  for (const { child } of [bare, flushing, service]) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(directory, { recursive: true });
}

/** Rates of every contender by round, in bytes per second. */
async function measure(scenario: Scenario, contenders: readonly Contender[]): Promise<number[][]> {
  const rates = contenders.map((): number[] => []);
  const body = seededContent('bench', scenario.bytes);
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
    for (const [position, contender] of contenders.entries()) {
      const rate = await send(contender, scenario, body);
      if (round >= WARM_UP_ROUNDS) rates[position]?.push(rate);
      await empty(contender.directory);
    }
  }
  return rates;
}

async function send(
  contender: Contender,
  { bodies, parallel, bytes }: Scenario,
  body: Buffer,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: parallel });
  let left = bodies;
  const startedMs = performance.now();
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      turns += 1;
      // Equal bodies would be recognised: each is another one.
      body.writeUInt32LE(turns, 0);
      await put(agent, contender.urlOf(turns), Buffer.from(body.subarray(0, 64)), body.subarray(64));
    }
  };
  await Promise.all(Array.from({ length: parallel }, sender));
  const seconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  return (bodies * bytes) / seconds;
}

function put(agent: Agent, url: string, head: Buffer, rest: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': head.length + rest.length };
    const sending = request(url, { method: 'PUT', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      );
    });
    sending.on('error', reject);
    sending.write(head);
    sending.end(rest);
  });
}

async function startBare(root: string, flush: boolean): Promise<Contender> {
  const directory = await mkdtemp(join(root, 'bare-'));
  const script = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
  const { child, port } = await start([script, directory, String(flush)], {});
  return { name: 'bare', child, port, directory, urlOf: () => `http://127.0.0.1:${port}/` };
}

async function startService(root: string): Promise<Contender> {
  const dataDir = await mkdtemp(join(root, 'service-'));
  const script = fileURLToPath(new URL('../adapters/main.ts', import.meta.url));
  const { child, port } = await start([script], {
    OBJECTS_PORT: '0',
    OBJECTS_SECRET: SECRET,
    OBJECTS_DATA_DIR: dataDir,
    OBJECTS_USER_BYTES: String(1e12),
  });
  const secrets = parseSecrets([SECRET]);
  const endMs = Date.now() + 3_600_000;
  const urlOf = (turn: number) =>
    signPutURL(secrets, `http://127.0.0.1:${port}`, {
      app: '1',
      user: 'a',
      key: `1/a/r/${turn}`,
      maxBytes: 1e9,
      endMs,
    });
  return { name: 'service', child, port, directory: join(dataDir, 'blobs'), urlOf };
}

async function start(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, port: (JSON.parse(line) as { port: number }).port };
  }
  throw new Error('A server did not start.');
}

/** Both start every round with as little left to write back as the other. */
async function empty(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile()) await rm(join(entry.parentPath, entry.name));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function mbps(rate: number | undefined): string {
  return `${((rate ?? Number.NaN) / 1e6).toFixed(0)} MB/s`;
}

await main();
