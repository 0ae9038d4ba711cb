// `npm run crash -- --help` says what it can be told.

import { argumentsOf } from '../../scripts/process/script-arguments.ts';
import { crashLoop } from './crash-loop.ts';
import { crashFiles } from './files-loop.ts';

const values = argumentsOf({
  command: 'npm run crash --',
  does: 'a real server on its database, killed under load again and again; then, a fifth as often, under uploads',
  options: {
    cycles: { usual: 100, means: 'how often' },
    seed: { usual: 0, means: 'where chance begins; 0 for one by the clock' },
  },
});
const { cycles } = values;
const seed = values.seed || Date.now() % 1e9;
console.log(`crash: ${cycles} cycles, seed ${seed}`);

const report = await crashLoop({
  cycles,
  seed,
  onCycle: (soFar) => {
    if (soFar.cycles % 10 === 0) console.log(JSON.stringify(soFar));
  },
});
console.log(JSON.stringify({ seed, ...report }, undefined, 2));
// The median: a machine that is busy with something else delays single starts as it likes.
const isLate = report.readyMs.median > 5000;
if (isLate) console.log(`crash: the server took ${report.readyMs.median} ms to be ready; 5000 is the most`);
const files = await crashFiles({ cycles: Math.ceil(cycles / 5), seed });
console.log(`crash: ${files.cycles} kills under uploads, ${files.acked} files acked, 0 lost`);
console.log(`crash: ${report.cycles} kills, ${report.acked} acked, 0 lost, seed ${seed}`);
process.exitCode = isLate ? 1 : 0;
