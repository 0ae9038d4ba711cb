import type { Mutant } from './mutant.ts';
import { MUTANTS_OF_MESSAGES } from './mutants-of-messages.ts';
import { MUTANTS_OF_PORTS } from './mutants-of-ports.ts';
import { MUTANTS_OF_READING } from './mutants-of-reading.ts';
import { MUTANTS_OF_RULES } from './mutants-of-rules.ts';
import { runSchedule } from './run.ts';

export const MUTANTS: readonly Mutant[] = [
  ...MUTANTS_OF_RULES,
  ...MUTANTS_OF_PORTS,
  ...MUTANTS_OF_MESSAGES,
  ...MUTANTS_OF_READING,
];

/** Which check saw a planted bug, and after how many seeds. */
export interface Caught {
  mutant: string;
  check: string;
  seed: number;
  seeds: number;
  text: string;
}

/** Runs seeds until a check that may see the bug does. */
export async function hunt(mutant: Mutant, firstSeed: number, most: number): Promise<Caught | undefined> {
  for (let seeds = 1; seeds <= most; seeds++) {
    const seed = firstSeed + seeds - 1;
    const { violations } = await runSchedule({ seed, mutant });
    const found = violations.find(({ check }) => mutant.caughtBy.includes(check));
    if (found) return { mutant: mutant.name, check: found.check, seed, seeds, text: found.text };
  }
  return undefined;
}
