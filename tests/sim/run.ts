import { LIMITS } from '@sterna/protocol/tables';
import { type Counts, check } from '../history/checker.ts';
import type { Line, Violation } from '../history/history.ts';
import { conclude } from './finale.ts';
import { markersOf } from './markers.ts';
import type { Mutant } from './mutant.ts';
import { NOTHING_OFF, type Reduction, type Swarm } from './swarm.ts';
import { World } from './world.ts';

export interface RunOptions {
  seed: number;
  mutant?: Mutant | undefined;
  keepTrace?: boolean;
  /** What is left out of the run. */
  reduction?: Reduction;
}

/** What one schedule came to. */
export interface RunResult {
  seed: number;
  violations: readonly Violation[];
  counts: Counts;
  markers: ReadonlyMap<string, number>;
  /** Two runs of one seed must agree on it. */
  hash: string;
  events: number;
  /** Acts of the workload. */
  acts: number;
  swarm: Swarm;
  lines: readonly Line[];
  trace: readonly string[];
}

/** Runs one schedule from its seed and judges it. */
export async function runSchedule({
  seed,
  mutant,
  keepTrace = false,
  reduction = NOTHING_OFF,
}: RunOptions): Promise<RunResult> {
  const restore = { ...LIMITS };
  const world = new World({ seed, keepTrace, mutant, reduction });
  // The tables are constants to everybody else; here small ones make their edges common.
  Object.assign(LIMITS, world.swarm.limits);
  const rejected = (error: unknown) =>
    world.simulation.failures.push(`nobody handles a rejection: ${String(error)}`);
  process.on('unhandledRejection', rejected);
  try {
    await world.run();
    await conclude(world);
    // Node tells of rejections that nobody handles at the end of a real turn.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', rejected);
    Object.assign(LIMITS, restore);
  }
  const { lines } = world.recorder;
  const { violations, counts } = check(lines);
  const thrown = world.simulation.failures.map((text) => ({ check: 'thrown', text }));
  const markers = markersOf(lines);
  for (const [name, times] of world.markers) markers.set(name, (markers.get(name) ?? 0) + times);
  return {
    seed,
    violations: [...thrown, ...violations],
    counts,
    markers,
    hash: world.simulation.trace.hash,
    events: world.simulation.events,
    acts: world.workload.acts,
    swarm: world.swarm,
    lines,
    trace: world.simulation.trace.text,
  };
}
