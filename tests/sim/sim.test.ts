import { describe, expect, test } from 'vitest';
import { hunt, MUTANTS } from './mutants.ts';
import { REGRESSION_SEEDS } from './regression-seeds.ts';
import { runSchedule } from './run.ts';

/** Far from the seeds of `npm run sim`, so that the two add up. */
const FIRST_SEED = 700_000;
const SCHEDULES = 25;
const RUN_MS = 60_000;
/** Each planted bug was found within half as many. */
const SEEDS_FOR_A_BUG = 60;

const seeds = Array.from({ length: SCHEDULES }, (_, index) => FIRST_SEED + index);

describe('the simulation', () => {
  test('the same seed gives the same run, event for event', { timeout: RUN_MS }, async () => {
    for (const seed of seeds.slice(0, 6)) {
      const [one, two] = [await runSchedule({ seed }), await runSchedule({ seed })];
      expect([two.hash, two.events], `seed ${seed}`).toEqual([one.hash, one.events]);
      expect(one.events).toBeGreaterThan(100);
    }
  });

  test('different seeds give different runs', { timeout: RUN_MS }, async () => {
    const hashes = new Set<string>();
    for (const seed of seeds.slice(0, 4)) hashes.add((await runSchedule({ seed })).hash);
    expect(hashes.size).toBe(4);
  });

  test('no promise is broken, whatever goes wrong', { timeout: RUN_MS }, async () => {
    const met = { recalled: 0, edited: 0, deleted: 0, cleared: 0, receipts: 0, readByPeer: 0 };
    for (const seed of seeds) {
      const { violations, counts } = await runSchedule({ seed });
      expect(violations, `seed ${seed}`).toEqual([]);
      expect(counts.acked).toBeGreaterThan(0);
      met.recalled += counts.recalled;
      met.edited += counts.edited;
      met.deleted += counts.deleted;
      met.cleared += counts.cleared;
      met.receipts += counts.receipts;
      met.readByPeer += counts.readByPeer;
    }
    for (const [what, times] of Object.entries(met)) expect(times, what).toBeGreaterThan(0);
  });

  test.each(REGRESSION_SEEDS)('seed $seed: $was', { timeout: RUN_MS }, async ({ seed }) => {
    expect((await runSchedule({ seed })).violations).toEqual([]);
  });

  test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    'the planted bug %s is caught',
    { timeout: 3 * RUN_MS },
    async (_, mutant) => {
      expect(await hunt(mutant, FIRST_SEED, SEEDS_FOR_A_BUG)).toBeDefined();
    },
  );
});
