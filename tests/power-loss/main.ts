// `npm run power-loss -- --states N --seed S`: the power fails N times under the real SQLite engine;
// then, as a control, a tenth as often with a setting that is known to lose.

import { parseArgs } from 'node:util';
import { powerLoss } from './power-loss.ts';
import { missingCompiler } from './recording.ts';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const [states, seed] = [Number(values.states), Number(values.seed)];
console.log(`power loss: ${states} states, seed ${seed}`);

const missing = missingCompiler();
if (missing === undefined) await run();
else {
  console.error(missing);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const report = await powerLoss({
    seed,
    states,
    synchronous: 'FULL',
    onRecording: ({ states: done, checked, bad }) =>
      console.log(JSON.stringify({ states: done, checked, bad })),
  });
  const control = await powerLoss({
    seed,
    states: Math.max(20, Math.floor(states / 10)),
    synchronous: 'NORMAL',
  });
  console.log(
    JSON.stringify(
      { seed, full: report, normal: { ...control, findings: control.findings.slice(0, 3) } },
      undefined,
      2,
    ),
  );
  console.log(
    `power loss: FULL ${report.states} states, ${report.checked} acked messages looked for, ${report.bad} states bad; ` +
      `NORMAL ${control.bad} of ${control.states} bad; seed ${seed}`,
  );
  process.exitCode = report.bad === 0 && report.checked > 0 && control.bad > 0 ? 0 : 1;
}
