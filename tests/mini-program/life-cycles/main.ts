// Prints what many seeded life cycles showed; fails if any broke a promise. `npm run life-cycles -- --help` says what it can be told.

import { argumentsOf } from '../../../scripts/process/script-arguments.ts';
import { describeSummary, runLifeCycles, seedsFrom } from './run-life-cycles.ts';

const { seed, count } = argumentsOf({
  command: 'npm run life-cycles --',
  does: 'lives of mini programs: hidden, frozen, cut off and shown',
  options: {
    seed: { usual: 1, means: 'the first of them' },
    count: { usual: 2000, means: 'how many' },
  },
});
const summary = await runLifeCycles(seedsFrom(seed, count));
console.log(describeSummary(summary));
if (summary.cycles === 0 || summary.failures.length > 0) process.exitCode = 1;
