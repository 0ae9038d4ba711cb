import { DatabaseSync } from 'node:sqlite';
import type { IndexStep, MessageDocument, MessageQuery, Named, NamedQuery } from '@sterna/core';
import { namedExpression, namedTags } from './expression.ts';
import { BLOCK_SCHEMA, MessageBlocks } from './message-blocks.ts';
import { prepared, type Prepared } from './statements.ts';

/** Bumped when what is kept changes: an index of another version is made anew from the logs. */
const VERSION = 3;
/** Page cache, in KiB. */
const CACHE_KIB = 16 * 1024;

/** What is deleted leaves the full-text table at once. Its words are folded already: spaces alone divide them. */
const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE log (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, pos INTEGER NOT NULL) STRICT;
  CREATE TABLE named (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, app INTEGER NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL,
    words TEXT NOT NULL, UNIQUE (kind, app, place, name)
  ) STRICT;
  CREATE VIRTUAL TABLE named_words USING fts5(words, tags, tokenize='ascii');
  INSERT INTO named_words (named_words, rank) VALUES ('secure-delete', 1);
`;

/** The index in one file, of which this process is the only user. */
export class IndexFile {
  readonly #db: DatabaseSync;
  readonly #sql: Prepared<keyof typeof STATEMENTS>;
  readonly #messages: MessageBlocks;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    try {
      // A step that a power cut takes back is taken again: the place in the logs goes back with it.
      this.#db.exec(`
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA cache_size = ${-CACHE_KIB};
      `);
      const version = this.#db.prepare('PRAGMA user_version').get()?.['user_version'];
      const isEmpty = this.#db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
      if (!isEmpty && version !== VERSION) throw new Error(`an index of version ${String(version)}`);
      if (isEmpty) this.#db.exec(`BEGIN; ${SCHEMA} ${BLOCK_SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT`);
      this.#sql = prepared(this.#db, STATEMENTS);
      this.#messages = new MessageBlocks(this.#db);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  place(): string | undefined {
    const value = this.#sql.meta.get('place')?.[0];
    return value === undefined ? undefined : String(value);
  }

  followed(logs: readonly string[]): number[] {
    return logs.map((log) => Number(this.#sql.log.get(log)?.[1] ?? 0));
  }

  apply(step: IndexStep): void {
    this.#db.exec('BEGIN');
    try {
      this.#take(step);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #take(step: IndexStep): void {
    for (const [log, changes] of changesByLog(step)) this.#messages.change(this.#logID(log), changes);
    for (const named of step.dropNamed) this.#dropNamed(named);
    for (const named of step.putNamed) this.#putNamed(named);
    for (const [log, pos] of step.followed) this.#sql.setPos.run(pos, this.#logID(log));
    if (step.place !== undefined) this.#sql.setMeta.run('place', step.place);
  }

  #logID(log: string): number {
    const known = this.#sql.log.get(log)?.[0];
    return known === undefined ? Number(this.#sql.addLog.run(log).lastInsertRowid) : Number(known);
  }

  #dropNamed({ kind, app, within, id: name }: Omit<Named, 'words'>): void {
    const id = this.#sql.namedAt.get(kind, app, within, name)?.[0];
    if (id === undefined) return;
    this.#sql.dropNamed.run(id);
    this.#sql.dropNamedWords.run(id);
  }

  #putNamed(named: Named): void {
    const { kind, app, within, id: name } = named;
    const words = named.words.join(' ');
    if (this.#sql.namedAt.get(kind, app, within, name)?.[1] === words) return;
    this.#dropNamed(named);
    const id = Number(this.#sql.addNamed.run(kind, app, within, name, words).lastInsertRowid);
    this.#sql.addNamedWords.run(id, words, namedTags(named));
  }

  messages(query: MessageQuery): { log: string; seq: number }[] {
    const logs = new Map(
      query.logs.flatMap((log) => (this.#sql.log.get(log) ?? []).slice(0, 1).map((id) => [Number(id), log])),
    );
    if (logs.size === 0) return [];
    const found = this.#messages.find(query, [...logs.keys()]);
    return found.map(({ log, seq }) => ({ log: logs.get(log) ?? '', seq }));
  }

  named(query: NamedQuery): { within: string; id: string }[] {
    const { kind, app, limit } = query;
    const own =
      query.phrases.length === 0
        ? this.#sql.allNamed.all(kind, app, limit)
        : this.#sql.named.all(namedExpression(query), limit);
    const found = own.map(([within, id]) => ({ within: String(within), id: String(id) }));
    if (kind !== 'member') return found;
    const wanted = new Set(query.within);
    const places = found.filter(({ within }) => wanted.has(within));
    // By what the user is called everywhere, in each of the groups.
    const users = this.named({ ...query, kind: 'user' });
    for (const { id } of users)
      for (const row of this.#sql.memberships.all(app, id)) places.push({ within: String(row[0]), id });
    const unique = new Map(places.map((one) => [`${one.id} ${one.within}`, one]));
    return [...unique.values()].filter(({ within }) => wanted.has(within)).slice(0, limit);
  }

  close(): void {
    this.#db.close();
  }
}

/** What a step changes of each log's messages; what is put counts, though it be dropped too. */
function changesByLog({ drop, put }: IndexStep): Map<string, Map<number, MessageDocument | undefined>> {
  const byLog = new Map<string, Map<number, MessageDocument | undefined>>();
  const of = (log: string): Map<number, MessageDocument | undefined> => {
    const changes = byLog.get(log) ?? new Map<number, MessageDocument | undefined>();
    byLog.set(log, changes);
    return changes;
  };
  for (const { log, seq } of drop) of(log).set(seq, undefined);
  for (const document of put) of(document.log).set(document.seq, document);
  return byLog;
}

const STATEMENTS = {
  meta: 'SELECT value FROM meta WHERE name = ?',
  setMeta: 'INSERT OR REPLACE INTO meta VALUES (?, ?)',
  log: 'SELECT id, pos FROM log WHERE name = ?',
  addLog: 'INSERT INTO log (name, pos) VALUES (?, 0)',
  setPos: 'UPDATE log SET pos = max(pos, ?) WHERE id = ?',
  namedAt: 'SELECT id, words FROM named WHERE kind = ? AND app = ? AND place = ? AND name = ?',
  addNamed: 'INSERT INTO named (kind, app, place, name, words) VALUES (?, ?, ?, ?, ?)',
  dropNamed: 'DELETE FROM named WHERE id = ?',
  addNamedWords: 'INSERT INTO named_words (rowid, words, tags) VALUES (?, ?, ?)',
  dropNamedWords: 'DELETE FROM named_words WHERE rowid = ?',
  named: `
    SELECT place, name FROM named_words JOIN named ON named.id = named_words.rowid
    WHERE named_words MATCH ? ORDER BY named_words.rowid DESC LIMIT ?`,
  allNamed: 'SELECT place, name FROM named WHERE kind = ? AND app = ? ORDER BY id DESC LIMIT ?',
  memberships: `SELECT place FROM named WHERE kind = 'member' AND app = ? AND name = ?`,
} as const;
