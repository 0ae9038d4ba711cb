import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Outcome } from '@sterna/core';
import {
  createFakeClock,
  createMemoryStore,
  createSeededRandom,
  plain,
  scripted,
  scriptRules,
  type Step,
} from '@sterna/core/testing';
import { anyScript, ONCE_SCOPE, SCRIPT_SCOPES } from '@sterna/core/testing/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OverlayReader } from '../overlay/overlay-reader.ts';
import { OverlayTransaction } from '../overlay/overlay-transaction.ts';
import { Pending } from '../overlay/pending.ts';
import { encodeBatch, replay } from './journal.ts';
import { Move } from './move.ts';
import { Tables } from './tables.ts';

function open() {
  const db = new DatabaseSync(':memory:');
  for (const step of ['0001-initial', '0002-once'])
    db.exec(readFileSync(join(import.meta.dirname, `schema/${step}.sql`), 'utf8'));
  const tables = new Tables(db, 300);
  const pending = new Pending();
  const reader = new OverlayReader(tables, pending);
  const tx = new OverlayTransaction(reader, pending);
  return { db, tables, pending, reader, tx };
}

type Opened = ReturnType<typeof open>;

function contentsOf({ reader }: Pick<Opened, 'reader'>): string {
  return JSON.stringify(
    SCRIPT_SCOPES.map((log) => [
      reader.scan({ prefix: `${log}/`, limit: 99 }),
      reader.entries({ log, limit: 99 }),
      reader.messages({ log, limit: 99 }),
      reader.scan({ prefix: `${ONCE_SCOPE}/`, limit: 99 }),
    ]),
  );
}

function decided({ tx }: Opened, steps: readonly Step[]): Outcome {
  return tx.decide(scriptRules, scripted({ exclusive: SCRIPT_SCOPES, steps }));
}

test('whatever is written between any two rows of a move is read as if there were no move', async () => {
  const act = fc.oneof(
    { weight: 3, arbitrary: anyScript },
    { weight: 2, arbitrary: fc.record({ rows: fc.integer({ min: 1, max: 4 }) }) },
  );
  const property = fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 60 }), async (acts) => {
    const opened = open();
    const model = createMemoryStore({
      clock: createFakeClock(),
      random: createSeededRandom(0),
      rules: scriptRules,
      decideTwice: false,
    });
    let move: Move | undefined;
    for (const next of acts) {
      if ('rows' in next) {
        if (move === undefined || move.isDone) move = new Move(opened.pending, opened.tables, 1);
        move.advance(next.rows);
        continue;
      }
      const [expected] = await Promise.allSettled([model.execute(scripted(next))]);
      let outcome: Outcome | undefined;
      try {
        outcome = plain(opened.tx.decide(scriptRules, scripted(next)));
      } catch {
        outcome = undefined;
      }
      expect(JSON.stringify(outcome)).toBe(
        JSON.stringify(expected.status === 'fulfilled' ? expected.value : undefined),
      );
      encodeBatch(opened.pending.takeBatch());
    }
    const expectedContents = [];
    for (const log of SCRIPT_SCOPES) {
      const records = await model.scan({ prefix: `${log}/`, limit: 99 });
      expectedContents.push([
        records,
        await model.entries({ log, limit: 99 }),
        await model.messages({ log, limit: 99 }),
        await model.scan({ prefix: `${ONCE_SCOPE}/`, limit: 99 }),
      ]);
    }
    expect(contentsOf(opened)).toBe(JSON.stringify(expectedContents));
    opened.db.close();
  });
  await fc.assert(property, { numRuns: 150 });
});

test('a log that grows again while the move stands just behind its last entry keeps what it grew', () => {
  const opened = open();
  const [log] = SCRIPT_SCOPES;
  const next: Step = { do: 'next', log, text: 'x', isMessage: true };
  decided(opened, [next, next]);
  const move = new Move(opened.pending, opened.tables, 1);
  move.advance(2);
  decided(opened, [next]);
  move.advance(99);
  expect(opened.reader.entries({ log, limit: 9 }).map(({ pos }) => pos)).toEqual([1, 2, 3]);
  expect(opened.reader.logState(log)).toEqual({ pos: 3, seq: 3 });
});

test('an entry amended after its row was moved is amended for good', () => {
  const opened = open();
  const [log] = SCRIPT_SCOPES;
  const next: Step = { do: 'next', log, text: 'x', isMessage: true };
  decided(opened, [next, next, next]);
  const move = new Move(opened.pending, opened.tables, 1);
  move.advance(2);
  decided(opened, [
    { do: 'amend', log, pos: 1, text: 'y' },
    { do: 'amend', log, pos: 3, text: 'z' },
  ]);
  move.advance(99);
  new Move(opened.pending, opened.tables, 2).advance(99);
  expect(opened.pending.size).toBe(0);
  expect(
    opened.reader.entries({ log, limit: 9 }).map(({ event }) => event.t === 'group' && event.by),
  ).toEqual(['y', 'x', 'z']);
});

test('a journal row that only amends does not misplace the entries of the rows after it', () => {
  const opened = open();
  const [log] = SCRIPT_SCOPES;
  const next: Step = { do: 'next', log, text: 'x', isMessage: true };
  decided(opened, [next, next]);
  encodeBatch(opened.pending.takeBatch());
  const move = new Move(opened.pending, opened.tables, 1);
  decided(opened, [{ do: 'amend', log, pos: 1, text: 'y' }]);
  const amending = encodeBatch(opened.pending.takeBatch());
  move.advance(99);
  decided(opened, [next]);
  const appending = encodeBatch(opened.pending.takeBatch());

  const pending = new Pending();
  replay(amending, pending);
  replay(appending, pending);
  const reader = new OverlayReader(new Tables(opened.db, 300), pending);
  expect(contentsOf({ reader })).toBe(contentsOf(opened));
  expect(reader.entries({ log, limit: 9 })).toHaveLength(3);
});

test('the journal says everything: what is left of it, replayed over the tables, is what there was', () => {
  const act = fc.record({ script: anyScript, rows: fc.nat(8) });
  const property = fc.property(fc.array(act, { minLength: 1, maxLength: 60 }), (acts) => {
    const opened = open();
    let journal: string[] = [];
    let moving: { move: Move; upTo: number } | undefined;
    for (const { script, rows } of acts) {
      try {
        opened.tx.decide(scriptRules, scripted(script));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      const text = encodeBatch(opened.pending.takeBatch());
      if (text !== '') journal.push(text);
      moving ??= { move: new Move(opened.pending, opened.tables, 1), upTo: journal.length };
      moving.move.advance(rows);
      if (!moving.move.isDone) continue;
      journal = journal.slice(moving.upTo);
      moving = undefined;
    }
    const pending = new Pending();
    for (const text of journal) replay(text, pending);
    const reader = new OverlayReader(new Tables(opened.db, 300), pending);
    expect(contentsOf({ reader })).toBe(contentsOf(opened));
    opened.db.close();
  });
  fc.assert(property, { numRuns: 200 });
});
