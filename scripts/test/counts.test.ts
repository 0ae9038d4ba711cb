import { describe, expect, test } from 'vitest';
import { add, failuresOf, judge, parseSummaryLine, parseVitestReport, summaryLine } from './counts.ts';

describe('the last line of a program', () => {
  test.each([
    ['1000 passed, 0 failed', { passed: 1000, failed: 0, skipped: 0 }],
    ['seed 7\n3 passed, 1 failed, 2 skipped\n\n', { passed: 3, failed: 1, skipped: 2 }],
    ['3 passed, 1 failed\nbye', undefined],
    ['about 3 passed, 1 failed', undefined],
    ['', undefined],
  ])('%j', (output, expected) => {
    expect(parseSummaryLine(output)).toEqual(expected);
  });

  test('is written as it is read', () => {
    for (const counts of [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 0, failed: 1, skipped: 4 },
    ]) {
      expect(parseSummaryLine(summaryLine(counts))).toEqual(counts);
    }
  });
});

describe('a vitest report', () => {
  test('is counted', () => {
    const report = {
      numTotalTests: 9,
      numPassedTests: 4,
      numFailedTests: 2,
      numPendingTests: 2,
      numTodoTests: 1,
    };
    expect(parseVitestReport(JSON.stringify(report))).toEqual({ passed: 4, failed: 2, skipped: 3 });
  });

  test('names what failed', () => {
    const result = (status: string, fullName: string) => ({ status, fullName });
    const testResults = [
      { assertionResults: [result('passed', 'a one'), result('failed', 'a two')] },
      { assertionResults: [] },
      { assertionResults: [result('failed', 'b one')] },
    ];
    expect(failuresOf(JSON.stringify({ testResults }))).toEqual(['a two', 'b one']);
  });

  test.each(['', '{', 'null', '{}', '[]'])('%j is none', (report) => {
    expect(parseVitestReport(report)).toBeUndefined();
    expect(failuresOf(report)).toEqual([]);
  });
});

describe('the verdict', () => {
  const counts = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped });
  test.each([
    ['a program without counts is one test', 0, undefined, counts(1)],
    ['a failing program without counts is one failure', 3, undefined, counts(0, 1)],
    ['counts are taken as they are', 0, counts(5, 0, 1), counts(5, 0, 1)],
    ['failures are those that were counted', 1, counts(5, 2), counts(5, 2)],
    ['an exit code that no count explains is a failure', 1, counts(5), counts(5, 1)],
    ['a run that tested nothing is a failure', 0, counts(0), counts(0, 1)],
    ['a run that skipped everything is a failure', 0, counts(0, 0, 3), counts(0, 1, 3)],
  ])('%s', (_, code, found, expected) => {
    expect(judge(code, found)).toEqual(expected);
  });

  test('sums', () => {
    expect(add(counts(1, 2, 3), counts(10, 20, 30))).toEqual(counts(11, 22, 33));
  });
});
