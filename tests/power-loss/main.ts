// `npm run power-loss -- --help` says what it can be told.

import { argumentsOf } from '../../scripts/process/script-arguments.ts';
import { powerLoss } from './power-loss.ts';
import { missingCompiler } from './recording.ts';
import { messages, type Subject, uploads } from './subjects.ts';

const values = argumentsOf({
  command: 'npm run power-loss --',
  does: 'the power fails under the real SQLite engine, then under the object service; then, as controls, with settings that lose',
  options: {
    states: { usual: 2000, means: 'how often under each' },
    seed: { usual: 0, means: 'where chance begins; 0 for one by the clock' },
  },
});
const { states } = values;
const seed = values.seed || Date.now() % 1e9;
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
