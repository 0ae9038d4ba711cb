import { expect, test, vi } from 'vitest';
import { crashFiles } from './files-loop.ts';

// Every cycle starts a process.
vi.setConfig({ testTimeout: 180_000 });

const CYCLES = 4;
const SEED = 20_261_129;

test(`${CYCLES} kills under uploads: every message that was acked has its file, whole`, async () => {
  const report = await crashFiles({ cycles: CYCLES, seed: SEED });
  console.log(JSON.stringify({ seed: SEED, ...report }));
  expect(report.acked).toBeGreaterThan(CYCLES);
});
