import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argumentsOf } from '../../scripts/process/script-arguments.ts';
import { cpuMs } from '../process.ts';
import { type Contender, type Place, type Sliced, startBare, startSterna } from './contenders.ts';

/**
 * Upload throughput of the whole server as a ratio to a bare `node:http` that pipes into files, in turns in the same run, so
 * that whatever else the machine does falls on all. The bare one runs twice: as it comes, answering before anything is on the
 * disk, and making file and name durable first, as the server does. It takes no digest, though the server owes two, which cost
 * as much as all that the bare one does: a floor is what nobody can be faster than. So where other things keep all cores busy, the
 * ratio falls towards that of the CPU times, which are shown beside the rate.
 */
const values = argumentsOf({
  command: 'npm run bench:uploads --',
  does: 'uploads, and a bare server that they are measured against',
  options: {
    rounds: { usual: 7, means: 'how often; the middle counts' },
    only: { usual: '', means: 'scenarios whose name has this in it' },
  },
});
const WARM_UP_ROUNDS = 1;
/** Of the rate of the bare one that is durable too. */
const GOAL = 0.6;

interface Scenario {
  name: string;
  bytes: number;
  bodies: number;
  parallel: number;
  /** The bodies are slices of a single one, which is put together in the end. */
  sliced?: true;
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'one body of 64 MB at a time', bytes: 64_000_000, bodies: 3, parallel: 1 },
  { name: '16 MB, eight at a time', bytes: 16_000_000, bodies: 16, parallel: 8 },
  // As `cos-js-sdk-v5` sends whatever is longer than a slice.
  {
    name: '60 MiB in slices of 1 MiB, three at a time',
    bytes: 1 << 20,
    bodies: 60,
    parallel: 3,
    sliced: true,
  },
  { name: '3 MB, three at a time', bytes: 3_000_000, bodies: 30, parallel: 3 },
  { name: '1 MiB, three at a time', bytes: 1 << 20, bodies: 90, parallel: 3 },
  { name: '20 KB, sixteen at a time', bytes: 20_000, bodies: 400, parallel: 16 },
];

interface Sample {
  bytesPerSecond: number;
  /** CPU time of the server's process. */
  nsPerByte: number;
}

let turns = 0;

async function main(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'sterna-bench-'));
  const contenders = [await startBare(root, false), await startBare(root, true), await startSterna(root)];
  for (const scenario of SCENARIOS) {
    if (!scenario.name.includes(values.only)) continue;
    report(scenario.name, contenders, await measure(scenario, contenders));
  }
  for (const { child } of contenders) await child.stop();
  rmSync(root, { recursive: true });
}

/** Samples of every contender by round. */
async function measure(scenario: Scenario, contenders: readonly Contender[]): Promise<Sample[][]> {
  const samples = contenders.map((): Sample[] => []);
  const body = randomFillSync(Buffer.alloc(scenario.bytes));
  for (let round = 0; round < values.rounds + WARM_UP_ROUNDS; round += 1) {
    for (const [position, contender] of contenders.entries()) {
      const sample = await send(contender, scenario, body);
      if (round >= WARM_UP_ROUNDS) samples[position]?.push(sample);
      await contender.empty();
    }
  }
  return samples;
}

async function send(contender: Contender, scenario: Scenario, body: Buffer): Promise<Sample> {
  const { bodies, parallel, bytes } = scenario;
  const { places, putTogether } = await begin(contender, scenario);
  const agent = new Agent({ keepAlive: true, maxSockets: parallel });
  const before = { ms: performance.now(), cpu: cpuMs(contender.child.pid) };
  const etags = places.map(() => '');
  // One iterator for all: whoever is free takes the next.
  const left = places.entries();
  const sender = async () => {
    for (const [each, place] of left) {
      turns += 1;
      // Equal bodies would be recognised: each is another one.
      body.writeUInt32LE(turns, 0);
      etags[each] = await put(agent, place, [Buffer.from(body.subarray(0, 64)), body.subarray(64)]);
    }
  };
  await Promise.all(Array.from({ length: parallel }, sender));
  await putTogether?.(etags);
  const seconds = (performance.now() - before.ms) / 1000;
  agent.destroy();
  return {
    bytesPerSecond: (bodies * bytes) / seconds,
    nsPerByte: ((cpuMs(contender.child.pid) - before.cpu) * 1e6) / (bodies * bytes),
  };
}

async function begin(
  contender: Contender,
  { bodies, bytes, sliced }: Scenario,
): Promise<Pick<Sliced, 'places'> & Partial<Sliced>> {
  if (sliced === true) return contender.sliced(bodies, bodies * bytes);
  return { places: await contender.places(bodies, bytes) };
}

/** Resolves with the ETag. */
function put(agent: Agent, { url, headers = {} }: Place, chunks: readonly [Buffer, Buffer]): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': chunks[0].length + chunks[1].length };
    const sending = request(url, { method: 'PUT', agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(response.headers.etag ?? '')
          : reject(new Error(`answered with ${response.statusCode}`)),
      );
    });
    sending.on('error', reject);
    sending.write(chunks[0]);
    sending.end(chunks[1]);
  });
}

function report(name: string, contenders: readonly Contender[], samples: readonly Sample[][]): void {
  const columns = contenders.map(({ name: who }, position) => {
    const own = samples[position] ?? [];
    const rate = median(own.map(({ bytesPerSecond }) => bytesPerSecond)) / 1e6;
    const cpu = median(own.map(({ nsPerByte }) => nsPerByte));
    return `${who} ${rate.toFixed(0)} MB/s (${cpu.toFixed(1)} ns CPU a byte)`;
  });
  const [toBare, toDurable] = [0, 1].map((other) =>
    median(
      (samples[2] ?? []).map(
        (own, round) => own.bytesPerSecond / (samples[other]?.[round]?.bytesPerSecond ?? 0),
      ),
    ),
  );
  console.log(
    `${name}: ${columns.join(', ')}; ratio ${toBare?.toFixed(2)} to the bare, ${toDurable?.toFixed(2)} to the durable (goal ${GOAL})`,
  );
}

/** The middle of several rounds: one that the machine disturbed does not count. */
function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

await main();
