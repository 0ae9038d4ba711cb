// `npm run power-loss -- --states N --seed S`: the power fails N times under the real SQLite engine, and N times under the
// object service; then, as controls, a tenth as often with settings that are known to lose.

import { parseArgs } from 'node:util';
import { powerLoss } from './power-loss.ts';
import { missingCompiler } from './recording.ts';
import { messages, type Subject, uploads } from './subjects.ts';

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
  const outcomes = [
    await cut('messages', messages('FULL'), messages('NORMAL')),
    await cut('uploads', uploads(true), uploads(false)),
  ];
  process.exitCode = outcomes.every((isGood) => isGood) ? 0 : 1;
}

/** A control that does not lose would say that nothing was tested. */
async function cut(name: string, subject: Subject, control: Subject): Promise<boolean> {
  const report = await powerLoss({
    seed,
    states,
    subject,
    onRecording: ({ states: done, checked, bad }) =>
      console.log(JSON.stringify({ name, states: done, checked, bad })),
  });
  const few = Math.max(20, Math.floor(states / 10));
  const controlled = await powerLoss({ seed, states: few, subject: control });
  const findings = controlled.findings.slice(0, 3);
  console.log(JSON.stringify({ name, seed, report, control: { ...controlled, findings } }, undefined, 2));
  console.log(
    `power loss of ${name}: ${report.states} states, ${report.checked} acked looked for, ${report.bad} states bad; ` +
      `control ${controlled.bad} of ${controlled.states} bad; seed ${seed}`,
  );
  return report.bad === 0 && report.checked > 0 && controlled.bad > 0;
}
