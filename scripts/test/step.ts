import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runQuietly } from '../process/run-quietly.ts';
import { type CommandLine, tool } from '../process/tools.ts';
import { type Counts, failuresOf, judge, NOTHING, parseSummaryLine, parseVitestReport } from './counts.ts';

/** One line of the test run. */
export type Step = {
  name: string;
  run: CommandLine | { vitest: string };
  /** Steps that must have passed before: their results are needed. */
  after?: readonly string[];
  /** Measures time or drives a browser: nothing runs beside it but what is in the background. */
  alone?: boolean;
  /** Takes the time that others leave, at the lowest priority. */
  background?: boolean;
  /** Its output is a result in itself, sizes or seeds: shown when it passes, too. */
  shows?: boolean;
  /** What it cannot do without: a sentence where that is missing. Skipped loudly then, failed where `CI` is set. */
  missing?: () => string | undefined | Promise<string | undefined>;
  /** What of it is left out for want of something that need not be there: said, and no failure. */
  leavesOut?: () => string | undefined;
};

export type Result = {
  step: Step;
  counts: Counts;
  durationMs: number;
  output: string;
  /** The names of the tests that failed, where the step has tests with names. */
  failures?: readonly string[];
};

/** Runs a step whose needs are met, and counts what it found. */
export async function perform(step: Step, ci: boolean): Promise<Result> {
  const missing = await step.missing?.();
  if (missing !== undefined) {
    const counts = ci ? { ...NOTHING, failed: 1 } : { ...NOTHING, skipped: 1 };
    return { step, counts, durationMs: 0, output: `${missing}${ci ? ' (required where CI is set)' : ''}` };
  }
  if ('vitest' in step.run) return await performVitest(step, step.run.vitest);
  const { code, output, durationMs } = await runQuietly(step.run, step.background);
  return { step, counts: judge(code, parseSummaryLine(output)), durationMs, output };
}

async function performVitest(step: Step, project: string): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sterna-test-'));
  const report = join(folder, 'report.json');
  try {
    const arguments_ = [
      'run',
      '--project',
      project,
      // Failures alone: what is long is cut in many places where such output is kept.
      '--reporter=minimal',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    const { code, output, durationMs } = await runQuietly(tool('vitest', ...arguments_));
    // A file that does not load is a failure without a test: the exit code tells.
    const found = readReport(report);
    const counts = judge(code, parseVitestReport(found));
    return { step, counts, durationMs, output, failures: failuresOf(found) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No report: vitest ended before it could write one, and its exit code says why.
    return '';
  }
}
