import { expect, test, vi } from 'vitest';
import { crashLoop } from './crash-loop.ts';

vi.setConfig({ testTimeout: 180_000 });

const CYCLES = 5;
const SEED = 20_261_123;

test(`${CYCLES} kills under load lose nothing that was acked`, async () => {
  const report = await crashLoop({ cycles: CYCLES, seed: SEED });
  console.log(JSON.stringify({ seed: SEED, ...report }));
  expect(report).toMatchObject({ cycles: CYCLES, integrityChecks: CYCLES });
  expect(report.acked).toBeGreaterThan(CYCLES * 10);
  expect(report.found).toBe(report.acked);
  expect(report.killedInStart).toBeGreaterThan(0);
  expect(report.unknown).toBeGreaterThan(0);
});
