// Prints what many seeded life cycles showed: `npm run life-cycles -- [count] [first seed]`; fails if any broke a promise.

import { describeSummary, runLifeCycles, seedsFrom } from './run-life-cycles.ts';

const [count = 2_000, first = 1] = process.argv.slice(2).map(Number);
const summary = await runLifeCycles(seedsFrom(first, count));
console.log(describeSummary(summary));
if (summary.cycles === 0 || summary.failures.length > 0) process.exitCode = 1;
