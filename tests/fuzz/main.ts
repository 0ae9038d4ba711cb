// `npm run fuzz -- --help` says what it can be told.

import { argumentsOf } from '../../scripts/process/script-arguments.ts';
import { fuzz } from './fuzz.ts';
import { startFuzzServer } from './fuzz-server.ts';
import { prototypeNames } from './watch-prototypes.ts';

const values = argumentsOf({
  command: 'npm run fuzz --',
  does: 'bad frames for a real server, while two users chat',
  options: {
    frames: { usual: 100_000, means: 'how many' },
    seed: { usual: 0, means: 'where chance begins; 0 for one by the clock' },
  },
});
const { frames } = values;
const seed = values.seed || Date.now() % 1e9;
console.log(`fuzz: ${frames} frames, seed ${seed}`);

await using server = await startFuzzServer();
const report = await fuzz(await server.process.ready, { frames, seed });
const { code, prototypes, errors } = await server.finish();
if (code !== 0) report.failures.push(`the server ended with ${code}`);
report.failures.push(...errors);
if (JSON.stringify(prototypes) !== JSON.stringify(prototypeNames()))
  report.failures.push('a prototype has changed');
if (report.canary.p99Ms > 250) report.failures.push(`the canary's p99 is ${report.canary.p99Ms} ms`);
if (report.grownBytes > 50 * 1024 * 1024)
  report.failures.push(`memory has grown by ${report.grownBytes} bytes`);
console.log(JSON.stringify({ seed, ...report }, undefined, 2));
console.log(`fuzz: ${report.frames} frames, ${report.failures.length} failures, seed ${seed}`);
process.exitCode = report.failures.length === 0 ? 0 : 1;
