import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Rules } from '@sterna/core';
import { play, type Script, scriptRules } from '@sterna/core/testing';
import { storeContract } from '@sterna/core/testing/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SqliteStore, type SqliteStoreOptions } from './sqlite-store.ts';

function groundWith(options: Partial<SqliteStoreOptions>) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sterna-store-'));
    let open: SqliteStore | undefined;
    return {
      async open(rules: Rules) {
        open = new SqliteStore({
          path: join(folder, 'sterna.db'),
          rules,
          onFatal: (error) => {
            throw error;
          },
          ...options,
        });
        return open;
      },
      async dispose() {
        await open?.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
}

const FEWER = { scripts: 20, villages: 10 };

storeContract('SQLite', groundWith({}));
// So small that every command moves something, and nearly nothing is remembered: the tables answer.
storeContract('SQLite with hardly any memory', groundWith({ pendingRows: 3, cacheBytes: 500 }), FEWER);
// Always in the middle of a move, which writes and reads then cross.
storeContract(
  'SQLite that moves slowly',
  groundWith({ pendingRows: 15, movedTogether: 1, cacheBytes: 500 }),
  FEWER,
);

const SCOPE = 'c/1/g:a';
const addOne: Script = { exclusive: [SCOPE], steps: [{ do: 'add', key: `${SCOPE}/n`, amount: 1 }] };
const appendOne: Script = {
  exclusive: [SCOPE],
  steps: [{ do: 'next', log: SCOPE, text: 'x', isMessage: true }],
};

describe('one file', () => {
  let folder = '';
  let path = '';
  let fatal: unknown[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sterna-store-'));
    path = join(folder, 'sterna.db');
    fatal = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = (options: Partial<SqliteStoreOptions> = {}) =>
    new SqliteStore({ path, rules: scriptRules, onFatal: (error) => fatal.push(error), ...options });

  /** Looks at, or changes, the database while no store has it open. */
  function meddle(sql: string): unknown[] {
    const db = new DatabaseSync(path);
    const rows = db.prepare(sql).all();
    db.close();
    return rows.map((row) => Object.values(row));
  }

  test('a failed commit rejects everything, is told once, and nothing is accepted or shown any more', async () => {
    await open().close();
    meddle(
      `CREATE TRIGGER disk_full BEFORE INSERT ON journal WHEN NEW.id > 2 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    );
    const store = open();
    await play(store, addOne);
    await play(store, addOne);
    const lost = await Promise.allSettled([
      play(store, addOne),
      play(store, addOne),
      play(store, { exclusive: [], steps: [] }),
    ]);
    expect(lost.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(fatal).toEqual([expect.objectContaining({ message: 'the disk is full' })]);
    await expect(play(store, addOne)).rejects.toMatchObject({ reason: 'storeUnavailable' });
    await expect(store.get([`${SCOPE}/n`])).rejects.toMatchObject({ reason: 'storeUnavailable' });
    await expect(store.scan({ prefix: SCOPE, limit: 1 })).rejects.toMatchObject({
      reason: 'storeUnavailable',
    });
    await store.close();

    meddle('DROP TRIGGER disk_full');
    const restarted = open();
    expect(await restarted.get([`${SCOPE}/n`])).toEqual([2]);
    await restarted.close();
    expect(fatal).toHaveLength(1);
  });

  test('a commit that fails while closing rejects too, and closes', async () => {
    await open().close();
    meddle(
      `CREATE TRIGGER disk_full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    );
    const store = open();
    const [lost] = await Promise.allSettled([play(store, addOne), store.close()]);
    expect(lost).toMatchObject({ status: 'rejected', reason: { reason: 'storeUnavailable' } });
    expect(fatal).toHaveLength(1);
    expect(meddle('SELECT count(*) FROM record')).toEqual([[0]]);
  });

  test('what is called in one turn is one row of the journal; refusals and reads write none', async () => {
    const store = open();
    await Promise.all(Array.from({ length: 100 }, () => play(store, appendOne)));
    await play(store, { exclusive: [SCOPE], steps: [{ do: 'get', key: `${SCOPE}/n` }] });
    const { cursor } = await store.changes(undefined);
    expect(cursor).toBe(`${store.epoch}:1`);
    await store.close();
  });

  test('what is too much for one commit takes two', async () => {
    const store = open();
    await Promise.all(Array.from({ length: 512 }, () => play(store, addOne)));
    expect((await store.changes(undefined)).cursor).toBe(`${store.epoch}:1`);
    const replies = await Promise.all(Array.from({ length: 513 }, () => play(store, addOne)));
    expect((await store.changes(undefined)).cursor).toBe(`${store.epoch}:3`);
    expect(replies.at(-1)?.reply).toEqual([1025]);
    await store.close();
  });

  test('a duplicate check is found wherever it is, in memory or in the tables, with a clock that goes back', async () => {
    const store = open({ pendingRows: 4 });
    const checkAndAppend = (time: number): Script => {
      const key = `d/1/${time}-x/ann`;
      const append = { do: 'next', log: SCOPE, text: 'x', isMessage: true, once: key } as const;
      return { exclusive: [key, SCOPE], steps: [{ do: 'get', key }, append] };
    };
    const times = [500, 600, 100, 550, 90, 700, 650, 10];
    const placeOf = (time: number) => ({ log: SCOPE, pos: times.indexOf(time) + 1 });
    for (const time of times) expect((await play(store, checkAndAppend(time))).reply[0]).toBe(null);
    for (const time of times)
      expect((await play(store, checkAndAppend(time))).reply[0]).toEqual(placeOf(time));
    await store.close();
    const reopened = open();
    for (const time of times)
      expect((await play(reopened, checkAndAppend(time))).reply[0]).toEqual(placeOf(time));
    expect((await play(reopened, checkAndAppend(701))).reply[0]).toBe(null);
    await reopened.close();
  });

  test('closing leaves everything in the tables and nothing in the journal', async () => {
    const store = open();
    await play(store, appendOne);
    await play(store, addOne);
    await store.close();
    expect(meddle('SELECT count(*) FROM journal')).toEqual([[0]]);
    expect(meddle('SELECT key, value FROM record ORDER BY key')).toEqual([
      [`${SCOPE}/head`, '{"pos":1,"seq":1}'],
      [`${SCOPE}/n`, '1'],
    ]);
    expect(meddle('SELECT seq, late FROM entry')).toEqual([[1, null]]);
  });

  test('an idle store keeps no timer', async () => {
    const store = open();
    await play(store, addOne);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Immediate')).toEqual([]);
    await store.close();
  });

  test('changes are answered from the tables when memory does not reach back', async () => {
    const first = open({ pendingRows: 3 });
    const { cursor } = await first.changes(undefined);
    const logs = Array.from({ length: 50 }, (_, index) => `c/1/g:${index}`);
    for (const log of logs) {
      await play(first, { exclusive: [log], steps: [{ do: 'next', log, text: 'x', isMessage: false }] });
    }
    await first.close();
    const second = open();
    const changed = new Map((await second.changes(cursor)).logs);
    expect(logs.map((log) => changed.get(log))).toEqual(logs.map(() => 1));
    await second.close();
  });
});
