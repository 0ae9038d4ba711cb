import type { Mutant } from './mutant.ts';
import { type RunResult, runSchedule } from './run.ts';
import { type Faults, NOTHING_OFF, type Reduction } from './swarm.ts';

/** A failure made small: the same check still fails, with as little as could be found. */
export interface Shrunk {
  reduction: Reduction;
  result: RunResult;
  tries: number;
}

/** Tries of a shrinking: enough for a clear picture, and over in a minute. */
const TRIES = 250;

/** Leaves out faults, devices, time and acts, as long as the check still fails. */
export async function shrink(seed: number, check: string, mutant: Mutant | undefined): Promise<Shrunk> {
  let best = await runSchedule({ seed, mutant, keepTrace: true });
  let reduction: Reduction = NOTHING_OFF;
  let tries = 1;
  const attempt = async (next: Reduction): Promise<boolean> => {
    if (tries >= TRIES) return false;
    tries += 1;
    const result = await runSchedule({ seed, mutant, keepTrace: true, reduction: next });
    if (!result.violations.some((violation) => violation.check === check)) return false;
    best = result;
    reduction = next;
    return true;
  };

  for (const fault of Object.keys(best.swarm.faults) as (keyof Faults)[]) {
    if (best.swarm.faults[fault] > 0)
      await attempt({ ...reduction, faultsOff: [...reduction.faultsOff, fault] });
  }
  for (const { name } of best.swarm.devices) {
    await attempt({ ...reduction, devicesOff: [...reduction.devicesOff, name] });
  }
  for (let chaosMs = best.swarm.chaosMs / 2; chaosMs > 500; chaosMs /= 2) {
    if (!(await attempt({ ...reduction, chaosMs }))) break;
  }
  await leaveOutActs(best.acts, (acts) =>
    attempt({ ...reduction, actsOff: [...reduction.actsOff, ...acts] }),
  );
  return { reduction, result: best, tries };
}

/** Halves, then quarters, and so on: what fails without them needs none of them. */
async function leaveOutActs(
  acts: number,
  attempt: (acts: readonly number[]) => Promise<boolean>,
): Promise<void> {
  let left = Array.from({ length: acts }, (_, index) => index);
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const kept: number[] = [];
    for (let start = 0; start < left.length; start += size) {
      const chunk = left.slice(start, start + size);
      if (!(await attempt(chunk))) kept.push(...chunk);
    }
    left = kept;
    if (size === 1) return;
  }
}
