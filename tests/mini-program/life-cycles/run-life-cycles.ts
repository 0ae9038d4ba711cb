import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject } from '../../e2e/packaging/package.ts';
import { packProgram, type Program } from '../host/runtime.ts';
import { runLifeCycle } from './life-cycle.ts';

/** The packed SDK as the one module of a program. */
export function packSDK(): Program {
  using app = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
  const folder = join(app.folder, 'node_modules', 'tim-wx-sdk');
  const { miniprogram } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    miniprogram: string;
  };
  return packProgram({ 'tim-wx-sdk': readFileSync(join(folder, miniprogram, 'index.js'), 'utf8') });
}

export interface Summary {
  cycles: number;
  failures: { seed: number; problems: string[] }[];
  sent: number;
  delivered: number;
  failedSends: number;
  hides: number;
  sockets: number;
  /** Sorted. */
  replacedMs: number[];
}

/** Life cycles of these seeds, one after the other, and their sum. */
export async function runLifeCycles(seeds: Iterable<number>, program = packSDK()): Promise<Summary> {
  const summary: Summary = {
    cycles: 0,
    failures: [],
    sent: 0,
    delivered: 0,
    failedSends: 0,
    hides: 0,
    sockets: 0,
    replacedMs: [],
  };
  for (const seed of seeds) {
    const cycle = await runLifeCycle(seed, program);
    summary.cycles += 1;
    for (const count of ['sent', 'delivered', 'failedSends', 'hides', 'sockets'] as const)
      summary[count] += cycle[count];
    summary.replacedMs.push(...cycle.replacedMs);
    if (cycle.problems.length > 0) summary.failures.push({ seed, problems: cycle.problems });
  }
  summary.replacedMs.sort((a, b) => a - b);
  return summary;
}

/** Seeds from `first` on. */
export function* seedsFrom(first: number, count: number): Generator<number> {
  for (let seed = first; seed < first + count; seed++) yield seed;
}

export function describeSummary({
  cycles,
  sent,
  delivered,
  failedSends,
  hides,
  sockets,
  replacedMs,
  failures,
}: Summary): string {
  const at = (part: number): number => replacedMs[Math.floor((replacedMs.length - 1) * part)] ?? 0;
  return [
    `${cycles} life cycles: ${hides} times out of sight, ${sockets} sockets, never two at once`,
    `${sent} messages sent, ${delivered} received, ${failedSends} sends failed and said so`,
    `${replacedMs.length} dead sockets replaced: half within ${at(0.5)} ms, the slowest after ${at(1)} ms`,
    ...failures.map(({ seed, problems }) => `seed ${seed}:\n  ${problems.join('\n  ')}`),
  ].join('\n');
}
