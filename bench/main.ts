import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from '../scripts/process/script-arguments.ts';
import type { Counts } from './load/scenarios.ts';
import { type Child, cpuMs, loopDelay, residentBytes, startChild } from './process.ts';

const values = argumentsOf({
  command: 'npm run bench --',
  does: 'load, and the floor that it is measured against (bench/README.md)',
  options: {
    scenario: { usual: [], means: 'these alone' },
    seconds: { usual: 4, means: 'how long each' },
    rounds: { usual: 1, means: 'how often; of several the middle counts' },
    search: { usual: false, means: 'with an index of what is said' },
  },
});

/** What is run, with its amounts: windows, members, connections, messages a second. */
const SCENARIOS: Record<string, readonly number[]> = {
  s1: [1, 8, 64],
  s2: [200, 1000],
  s2many: [1000],
  live: [1000],
  s3: [2000],
  s4: [1000, 3000],
};
/** Asked for by name: they take minutes to set up. */
const BY_NAME: Record<string, readonly number[]> = {
  crowd: [10_000],
  crowdmany: [10_000],
  livemany: [10_000],
};
const SYSTEMS = ['sterna', 'floor', 'floor-durable'] as const;
type System = (typeof SYSTEMS)[number];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface Result extends Counts {
  system: System;
  scenario: string;
  amount: number;
  cpuUsPerMessage: number;
  cpuUsPerDelivery: number;
  bytesPerConnection?: number;
  /** How late the event loop of the server was. */
  loopP99Ms?: number;
}

interface Running {
  child: Child;
  port: number;
  /** The p99 since it was last asked for. */
  loopDelay?: () => Promise<number>;
}

async function startSystem(system: System, folder: string): Promise<Running> {
  if (system !== 'sterna') {
    const args = [here('floor/server.ts'), ...(system === 'floor-durable' ? [join(folder, 'floor.db')] : [])];
    const child = startChild(args);
    const { port } = await child.line((line) => 'port' in line);
    return { child, port: Number(port) };
  }
  const child = startChild([here('server.ts')], {
    STERNA_BENCH_DATA: join(folder, 'sterna'),
    STERNA_BENCH_SEARCH: values.search ? 'yes' : 'no',
  });
  const { port } = await child.line((line) => 'port' in line);
  return { child, port: Number(port), loopDelay: () => loopDelay(Number(port)) };
}

async function measure(system: System, scenario: string, amount: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sterna-bench-'));
  const server = await startSystem(system, folder);
  try {
    const order = {
      system: system === 'sterna' ? 'sterna' : 'floor',
      port: server.port,
      scenario,
      amount,
      seconds: values.seconds,
    };
    const load = startChild([here('load/main.ts'), JSON.stringify(order)]);
    const counted = load.line((line) => 'counts' in line);
    await Promise.race([load.line((line) => 'begin' in line), counted]);
    const before = { cpu: cpuMs(server.child.pid), bytes: residentBytes(server.child.pid) };
    if (server.loopDelay !== undefined) await server.loopDelay();
    const counts = (await counted)['counts'] as Counts;
    const loopP99Ms = await server.loopDelay?.();
    const cpuUs = (cpuMs(server.child.pid) - before.cpu) * 1000;
    return {
      system,
      scenario,
      amount,
      ...counts,
      cpuUsPerMessage: cpuUs / counts.sent,
      cpuUsPerDelivery: cpuUs / counts.delivered,
      ...(loopP99Ms !== undefined && { loopP99Ms }),
      ...(scenario === 's3' && {
        bytesPerConnection: (residentBytes(server.child.pid) - before.bytes) / counts.sent,
      }),
    };
  } finally {
    await server.child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const results: Result[] = [];
const wanted = Object.entries({ ...SCENARIOS, ...(values.scenario.length > 0 && BY_NAME) }).filter(
  ([scenario]) => values.scenario.length === 0 || values.scenario.includes(scenario),
);

/** The systems one after the other at each point, so that what the machine does meanwhile meets all of them. */
const points = wanted.flatMap(([scenario, amounts]) =>
  amounts.flatMap((amount) => SYSTEMS.map((system) => ({ system, scenario, amount }))),
);

for (let round = 0; round < values.rounds; round++) {
  for (const { system, scenario, amount } of points) {
    const result = await measure(system, scenario, amount);
    results.push(result);
    console.log(JSON.stringify(result));
  }
}

/** The middle of several rounds: one that the machine disturbed does not count. */
function median(figures: number[]): number {
  return figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

console.log('\nSterna to the floor, medians (below 1: Sterna costs less):');
for (const { scenario, amount } of points.filter(({ system }) => system === 'sterna')) {
  const costOf = (system: System) => {
    const runs = results.filter(
      (one) => one.system === system && one.scenario === scenario && one.amount === amount,
    );
    return median(
      runs.map((one) => (one.lastP50Ms === undefined ? one.cpuUsPerMessage : one.cpuUsPerDelivery)),
    );
  };
  const ratios = SYSTEMS.slice(1).map(
    (floor) => `${(costOf('sterna') / costOf(floor)).toFixed(2)} x ${floor}`,
  );
  console.log(`  ${scenario} ${String(amount).padStart(5)}: server CPU ${ratios.join(', ')}`);
}
