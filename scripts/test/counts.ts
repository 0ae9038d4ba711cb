/** What a step found out. A step that reports no counts of its own is one test. */
export type Counts = { passed: number; failed: number; skipped: number };

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The counts as one line, `skipped` only where something was. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const SUMMARY = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/** The counts of a program that ends with such a line, else undefined. */
export function parseSummaryLine(output: string): Counts | undefined {
  const match = SUMMARY.exec(output.trimEnd().split('\n').at(-1)?.trim() ?? '');
  return match === null
    ? undefined
    : { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) };
}

/** The counts of a vitest JSON report, or undefined where it is not one. */
export function parseVitestReport(report: string): Counts | undefined {
  const parsed = parseJson(report);
  if (!isObject(parsed) || !('numTotalTests' in parsed)) return undefined;
  const count = (name: string): number => (typeof parsed[name] === 'number' ? parsed[name] : 0);
  return {
    passed: count('numPassedTests'),
    failed: count('numFailedTests'),
    skipped: count('numPendingTests') + count('numTodoTests'),
  };
}

/** The tests that a vitest JSON report says have failed, each by its whole name. */
export function failuresOf(report: string): readonly string[] {
  const files = listIn(parseJson(report), 'testResults');
  return files.flatMap((file) =>
    listIn(file, 'assertionResults').flatMap((test) =>
      isObject(test) && test['status'] === 'failed' ? [String(test['fullName'])] : [],
    ),
  );
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Holds counts against the exit code: a failing program has a failure, and one that tested nothing has too. */
export function judge(code: number, counts: Counts | undefined): Counts {
  if (counts === undefined) return { ...NOTHING, ...(code === 0 ? { passed: 1 } : { failed: 1 }) };
  const sound = code === 0 && counts.passed > 0;
  return sound || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A run that crashed leaves half a report or none: the caller counts it as a failure.
    return undefined;
  }
}
