import { expect, test } from 'vitest';
import { REPLACED_WITHIN_MS, runLifeCycle } from './life-cycle.ts';
import { describeSummary, packSDK, runLifeCycles, seedsFrom } from './run-life-cycles.ts';

const CYCLES = 200;

test(
  `${CYCLES} life cycles of mini programs lose nothing, double nothing and leave nothing open`,
  { timeout: 600_000 },
  async () => {
    const summary = await runLifeCycles(seedsFrom(1, CYCLES));
    console.log(describeSummary(summary));
    expect(summary.failures).toEqual([]);
    expect(summary.cycles).toBe(CYCLES);
    // That these things happened at all: a run without them would prove nothing.
    expect(summary.hides).toBeGreaterThan(2 * CYCLES);
    expect(summary.delivered).toBeGreaterThan(5 * CYCLES);
    expect(summary.failedSends).toBeGreaterThan(CYCLES / 4);
    expect(summary.replacedMs.length).toBeGreaterThan(CYCLES);
    expect(summary.replacedMs.at(-1)).toBeLessThanOrEqual(REPLACED_WITHIN_MS);
  },
);

test('the same seed is the same life', async () => {
  const program = packSDK();
  expect(await runLifeCycle(7, program)).toEqual(await runLifeCycle(7, program));
});
