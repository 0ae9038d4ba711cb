// `npm test`: everything, with its own set-up. `npm test -- lint unit` runs the named steps alone.

import { add, type Counts, NOTHING, summaryLine } from './counts.ts';
import { runSchedule } from './schedule.ts';
import { perform, type Result, type Step } from './step.ts';
import { STEPS } from './steps.ts';

/** The project's reference machine has two cores; more at once only measures the scheduler. */
const AT_ONCE = 2;

const ci = (process.env['CI'] ?? '') !== '' && process.env['CI'] !== 'false';
const chosen = choose(process.argv.slice(2));
let total: Counts = NOTHING;
const skipped: string[] = [];
const failed: string[] = [];

if (chosen === undefined) process.exitCode = 2;
else {
  const started = performance.now();
  await runSchedule(chosen, AT_ONCE, performAndReport, abandonAndReport);
  console.log(`in ${seconds(performance.now() - started)}`);
  if (skipped.length > 0) console.log(`NOT TESTED HERE: ${skipped.join(', ')}`);
  for (const line of failed) console.log(`FAILED: ${line}`);
  console.log(summaryLine(total));
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function performAndReport(step: Step): Promise<boolean> {
  return report(await perform(step, ci));
}

function abandonAndReport(step: Step, because: string): void {
  report({
    step,
    counts: { ...NOTHING, failed: 1 },
    durationMs: 0,
    output: `not run: "${because}" did not pass`,
  });
}

function report({ step, counts, durationMs, output, failures = [] }: Result): boolean {
  total = add(total, counts);
  if (counts.passed + counts.failed === 0) skipped.push(step.name);
  const leftOut = step.leavesOut?.();
  if (leftOut !== undefined) skipped.push(`${step.name}: ${leftOut}`);
  if (counts.failed > 0)
    failed.push(...(failures.length > 0 ? failures.map((name) => `${step.name}: ${name}`) : [step.name]));
  const mark = counts.failed > 0 ? 'FAILED ' : counts.passed > 0 ? 'passed ' : 'SKIPPED';
  console.log(`${mark} ${step.name.padEnd(12)} ${seconds(durationMs).padStart(7)}   ${summaryLine(counts)}`);
  if (mark !== 'passed ' || step.shows === true) console.log(indent(output));
  return counts.failed === 0;
}

function choose(names: readonly string[]): readonly Step[] | undefined {
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(', ')}. There are: ${STEPS.map(({ name }) => name).join(', ')}.`,
    );
    return undefined;
  }
  if (names.length === 0) return STEPS;
  // What a chosen step builds on comes along.
  const wanted = new Set(names);
  for (const step of STEPS.toReversed())
    if (wanted.has(step.name)) step.after?.forEach((name) => wanted.add(name));
  return STEPS.filter(({ name }) => wanted.has(name));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '    ');
}
