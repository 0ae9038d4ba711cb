import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sterna-open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pathOf = () => join(folder, 'deeper', 'sterna.db');

/** Changes a closed database from outside. */
function meddle(sql: string): void {
  const db = new DatabaseSync(pathOf());
  db.exec(sql);
  db.close();
}

function openedAndClosed(options: { newEpoch?: boolean } = {}): string {
  const { db, epoch } = openDatabase({ path: pathOf(), ...options });
  db.close();
  return epoch;
}

test('the database is durable by the pragmas that it is read back from', () => {
  const { db } = openDatabase({ path: pathOf() });
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  db.close();
});

test('the epoch stays, and is another after a restore', () => {
  const epoch = openedAndClosed();
  expect(openedAndClosed()).toBe(epoch);
  const restored = openedAndClosed({ newEpoch: true });
  expect(restored).not.toBe(epoch);
  expect(openedAndClosed()).toBe(restored);
});

describe('a start is refused in a sentence', () => {
  test('where this process has the database open', () => {
    const { db } = openDatabase({ path: pathOf() });
    expect(() => openDatabase({ path: pathOf() })).toThrow(`${pathOf()} is in use by another process`);
    db.close();
    openedAndClosed();
  });

  test('where another process has', () => {
    const { db } = openDatabase({ path: pathOf() });
    const module = join(import.meta.dirname, 'open-database.ts');
    const script = `import { openDatabase } from ${JSON.stringify(module)}; openDatabase({ path: ${JSON.stringify(pathOf())} })`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(child.status).toBe(1);
    expect(child.stderr).toContain(`${pathOf()} is in use by another process`);
    db.close();
  });

  test('where a newer version has written', () => {
    openedAndClosed();
    meddle('PRAGMA user_version = 99');
    expect(() => openDatabase({ path: pathOf() })).toThrow(
      /written by a newer version \(schema 99, this one knows \d+\)/,
    );
  });

  test('where the database is another program’s', () => {
    openedAndClosed();
    meddle('PRAGMA application_id = 1');
    expect(() => openDatabase({ path: pathOf() })).toThrow('is a database of another program');
  });

  test('where the file is no database', () => {
    const path = join(folder, 'sterna.db');
    writeFileSync(path, 'some text that is long enough to be no empty file '.repeat(100));
    expect(() => openDatabase({ path })).toThrow(`${path} is not a database`);
  });
});

test('a refused start lets go of the file', () => {
  const { db } = openDatabase({ path: pathOf() });
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  db.close();
  meddle('PRAGMA user_version = 99');
  expect(() => openDatabase({ path: pathOf() })).toThrow();
  meddle(`PRAGMA user_version = ${version}`);
  openedAndClosed();
});

test('duplicate checks that were records become the keys of their entries', () => {
  openedAndClosed();
  meddle(`
    DROP INDEX entry_once; ALTER TABLE entry DROP COLUMN once; PRAGMA user_version = 1;
    INSERT INTO log (id, name, pos, seq, changed) VALUES (3, 'c/1/p:ann:bob', 2, 2, 1);
    INSERT INTO entry VALUES (3 * 4294967296 + 1, 1, NULL, '{}'), (3 * 4294967296 + 2, 2, NULL, '{}');
    INSERT INTO record VALUES ('d/1/7-x/ann', '{"log":"c/1/p:ann:bob","pos":2}'), ('u/1/ann/account', '{}')`);
  const { db } = openDatabase({ path: pathOf() });
  expect(db.prepare('SELECT id & 4294967295 AS pos, once FROM entry ORDER BY id').all()).toEqual([
    { pos: 1, once: null },
    { pos: 2, once: 'd/1/7-x/ann' },
  ]);
  expect(db.prepare('SELECT key FROM record').all()).toEqual([{ key: 'u/1/ann/account' }]);
  db.close();
});
