import { createSeededRandom } from '@sterna/core/testing';
import { describe, expect, test } from 'vitest';
import { crashState } from './crash-state.ts';
import { powerLoss } from './power-loss.ts';
import { missingCompiler, type Op } from './recording.ts';
import { messages, uploads } from './subjects.ts';

const SEED = 20_261_123;
const STATES = 300;
const CONTROL_STATES = 50;
const UPLOAD_STATES = 50;

const missing = missingCompiler();
const mustRun = (process.env['CI'] ?? '') !== '' && process.env['CI'] !== 'false';

describe('crash states', () => {
  const write = (offset: number, text: string): Op => ({
    op: 'write',
    path: 'f',
    offset,
    data: Buffer.from(text),
  });
  const create: Op = { op: 'create', path: 'f' };
  const sync: Op = { op: 'sync', path: 'f' };
  const tail: Op = { op: 'say', text: '' };

  /** The contents that the file has over many seeds, when the power fails after the last op. */
  function contents(ops: readonly Op[]): Set<string | undefined> {
    const found = new Set<string | undefined>();
    for (let seed = 0; seed < 2_000; seed++) {
      const { cut, files } = crashState(ops, createSeededRandom(seed));
      if (cut === ops.length) found.add(files.get('f')?.toString());
    }
    return found;
  }

  test('what was synced is there; what came later may be, in any part', () => {
    expect(contents([create, write(0, 'ab'), sync])).toEqual(new Set(['ab']));
    expect(contents([create, write(0, 'ab'), sync, write(0, 'x'), write(1, 'y')])).toEqual(
      new Set(['ab', 'xb', 'ay', 'xy']),
    );
    expect(contents([create, write(0, 'ab'), sync, { op: 'truncate', path: 'f', size: 1 }])).toEqual(
      new Set(['ab', 'a']),
    );
  });

  test('a write is torn between sectors only', () => {
    const [one, other] = ['1'.repeat(512), '2'.repeat(512)];
    const states = contents([create, write(0, '0'.repeat(1024)), sync, write(0, one + other), tail]);
    expect(states).toEqual(
      new Set([one + other, '0'.repeat(1024), one + '0'.repeat(512), '0'.repeat(512) + other]),
    );
  });

  test('a file is sure to be there from its first sync, and sure to be gone from the folder’s after the unlink', () => {
    const unlink: Op = { op: 'unlink', path: 'f' };
    expect(contents([create, tail])).toEqual(new Set([undefined, '']));
    expect(contents([create, sync, unlink])).toEqual(new Set([undefined, '']));
    expect(contents([create, sync, unlink, { op: 'syncFolder', path: '' }])).toEqual(new Set([undefined]));
  });
});

if (missing !== undefined && !mustRun) console.warn(`SKIPPED: ${missing}`);

describe.skipIf(missing !== undefined && !mustRun)('when the power fails', () => {
  test(`${STATES} times, no acknowledged message is lost (seed ${SEED})`, { timeout: 300_000 }, async () => {
    const report = await powerLoss({ seed: SEED, states: STATES, subject: messages('FULL') });
    console.log(JSON.stringify({ seed: SEED, ...report }));
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ states: STATES, bad: 0 });
    expect(report.checked).toBeGreaterThan(STATES * 50);
  });

  test('a setting that does not sync every commit is caught losing', { timeout: 120_000 }, async () => {
    const report = await powerLoss({ seed: SEED, states: CONTROL_STATES, subject: messages('NORMAL') });
    console.log(
      JSON.stringify({ seed: SEED, control: true, ...report, findings: report.findings.slice(0, 2) }),
    );
    expect(report.bad).toBeGreaterThan(CONTROL_STATES / 4);
  });

  test(
    `${UPLOAD_STATES} times, no acknowledged upload is lost, and none is there in part`,
    {
      timeout: 120_000,
    },
    async () => {
      const report = await powerLoss({ seed: SEED, states: UPLOAD_STATES, subject: uploads(true) });
      console.log(JSON.stringify({ seed: SEED, uploads: true, ...report }));
      expect(report.findings).toEqual([]);
      expect(report).toMatchObject({ states: UPLOAD_STATES, bad: 0 });
      expect(report.checked).toBeGreaterThan(UPLOAD_STATES * 10);
    },
  );

  test('files that are never flushed are caught', { timeout: 120_000 }, async () => {
    const report = await powerLoss({ seed: SEED, states: CONTROL_STATES, subject: uploads(false) });
    console.log(JSON.stringify({ seed: SEED, control: true, uploads: true, bad: report.bad }));
    expect(report.bad).toBeGreaterThan(CONTROL_STATES / 4);
  });
});
