import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { compareKeys, isOnceKey, type Json, type LogEntry, requireKey, type ScanRange } from '@sterna/core';
import { parseEvent, parseJson } from '../json.ts';
import type { Base } from '../overlay/overlay-reader.ts';
import { prefixEnd } from '../overlay/prefix-end.ts';
import type { LogState, TailItem } from '../overlay/tail.ts';
import { OnceKeys } from './once-keys.ts';
import { RecentCache } from '../overlay/recent-cache.ts';

/** A log's row: its state as far as the tables go. No id: it has no row yet. */
interface LogRow extends LogState {
  id: number | undefined;
}

/** Positions share an integer with the log's id, see `schema/0001-initial.sql`. */
const POS_RANGE = 2 ** 32;
/** Log ids up to which the sum is a whole number that JavaScript keeps exactly; beyond, it takes a bigint, which costs a little more. */
const EXACT_LOG_ID = 2 ** 21 - 1;
/** What a cached record costs beside its text, roughly. */
const ENTRY_OVERHEAD = 150;
/** Logs whose state is remembered. */
const LOGS_CACHED = 50_000;
/** After every key: no text of one character sorts higher, and keys are longer than one only below it. */
const AFTER_ALL = '\u{10ffff}';

const EMPTY: LogRow = { id: undefined, pos: 0, seq: 0 };

/** The tables, read through caches that are exact because nobody else writes. */
export class Tables implements Base {
  readonly #sql: ReturnType<typeof statements>;
  readonly #records: RecentCache<Json | undefined>;
  readonly #onceKeys: OnceKeys;
  readonly #logs = new RecentCache<LogRow>(LOGS_CACHED);

  constructor(db: DatabaseSync, cacheBytes: number) {
    this.#sql = statements(db);
    this.#records = new RecentCache(cacheBytes);
    this.#onceKeys = new OnceKeys((prefix) => this.records({ prefix, limit: 1, reverse: true })[0]?.[0]);
  }

  record(key: string): Json | undefined {
    if (isOnceKey(key)) return this.#place(key);
    const cached = this.#records.get(key);
    if (cached !== undefined) return cached.value;
    requireKey(key);
    const text = this.#sql.record.get(key)?.[0];
    const value = text === undefined ? undefined : parseJson(textOf(text));
    this.#remember(key, value, text === undefined ? 0 : textOf(text).length);
    return value;
  }

  /** The record that an entry brought. Not remembered: it is not asked for again, and would push everything else out. */
  #place(once: string): Json | undefined {
    requireKey(once);
    if (this.#onceKeys.isBeyondAll(once)) return undefined;
    const found = this.#sql.place.get(once);
    return found === undefined ? undefined : placeOf(found.slice(1));
  }

  #remember(key: string, value: Json | undefined, textLength: number): void {
    this.#records.set(key, value, ENTRY_OVERHEAD + key.length + textLength);
  }

  /** Records of one kind: those that entries brought are not among others. */
  records({ prefix, after, limit, reverse = false }: ScanRange): [key: string, value: Json][] {
    const end = prefixEnd(prefix) ?? AFTER_ALL;
    const isInside = after !== undefined && compareKeys(after, prefix) > 0 && compareKeys(after, end) < 0;
    if (!isInside && after !== undefined && compareKeys(after, prefix) > 0 !== reverse) return [];
    const isOnce = isOnceKey(prefix);
    const [up, down] = isOnce
      ? [this.#sql.placesUp, this.#sql.placesDown]
      : [this.#sql.recordsUp, this.#sql.recordsDown];
    const rows = reverse
      ? down.all(prefix, isInside ? after : end, limit)
      : up.all(isInside ? after : prefix, isInside ? after : '', end, limit);
    return rows.map(([key, ...value]) => [
      textOf(key),
      isOnce ? placeOf(value) : parseJson(textOf(value[0])),
    ]);
  }

  logState(log: string): LogState {
    return this.#logRow(log);
  }

  logID(log: string): number | undefined {
    return this.#logRow(log).id;
  }

  #logRow(log: string): LogRow {
    const cached = this.#logs.get(log);
    if (cached !== undefined) return cached.value;
    requireKey(log);
    const found = this.#sql.log.get(log);
    const row =
      found === undefined
        ? EMPTY
        : { id: numberOf(found[0]), pos: numberOf(found[1]), seq: numberOf(found[2]) };
    this.#logs.set(log, row, 1);
    return row;
  }

  entries(log: string, from: number, to: number): LogEntry[] {
    const { id } = this.#logRow(log);
    return id === undefined ? [] : this.#sql.entries.all(packed(id, from), packed(id, to)).map(entryOf);
  }

  messages(log: string, from: number, to: number): LogEntry[] {
    const { id } = this.#logRow(log);
    if (id === undefined) return [];
    // Where seq and pos are the same, and then where they are not: the second never comes before the first.
    const found = this.#sql.messages.all(packed(id, from), packed(id, to)).map(entryOf);
    if (found.length === to - from + 1) return found;
    return [...found, ...this.#sql.lateMessages.all(packed(id, from), packed(id, to)).map(entryOf)];
  }

  /** Logs with entries that came with a journal row after `journalID`. */
  logsChangedAfter(journalID: number): string[] {
    return this.#sql.logsChangedAfter.all(journalID).map(([name]) => textOf(name));
  }

  /** Names of logs in the order of their bytes. */
  logNames(after: string, limit: number): string[] {
    return this.#sql.logNames.all(after, limit).map(([name]) => textOf(name));
  }

  putRecord(key: string, value: Json, text: string): void {
    this.#sql.putRecord.get(key, text);
    this.#remember(key, value, text.length);
  }

  deleteRecord(key: string): void {
    this.#sql.deleteRecord.get(key);
    this.#remember(key, undefined, 0);
  }

  /** Notes the state of a log; answers its id, which a new one gets here. */
  putLog(log: string, { pos, seq }: LogState, changed: number): number {
    const known = this.#logRow(log).id;
    if (known !== undefined) this.#sql.updateLog.get(pos, seq, changed, known);
    const id = known ?? Number(this.#sql.insertLog.run(log, pos, seq, changed).lastInsertRowid);
    this.#logs.set(log, { id, pos, seq }, 1);
    return id;
  }

  putEntry(logID: number, { pos, seq, isMessage, text, once }: TailItem): void {
    if (pos >= POS_RANGE) throw new Error(`log ${logID} is full`);
    const late = isMessage && seq !== pos ? packed(logID, seq) : null;
    this.#sql.putEntry.get(packed(logID, pos), isMessage ? seq : null, late, text, once ?? null);
    if (once !== undefined) this.#onceKeys.note(once);
  }

  amendEntry(logID: number, pos: number, text: string): void {
    this.#sql.amendEntry.get(text, packed(logID, pos));
  }
}

function statements(db: DatabaseSync) {
  const prepare = (sql: string): Rows => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above makes it true
    return statement as unknown as Rows;
  };
  // Writes go through `get` too: it spares the driver an object that says what changed.
  const entry = `SELECT id & ${POS_RANGE - 1}, seq, data FROM entry`;
  const place = `SELECT once, log.name, entry.id & ${POS_RANGE - 1} FROM entry JOIN log ON log.id = entry.id >> 32`;
  return {
    record: prepare('SELECT value FROM record WHERE key = ?'),
    recordsUp: prepare(
      'SELECT key, value FROM record WHERE key >= ? AND key <> ? AND key < ? ORDER BY key LIMIT ?',
    ),
    recordsDown: prepare(
      'SELECT key, value FROM record WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT ?',
    ),
    place: prepare(`${place} WHERE once = ?`),
    placesUp: prepare(`${place} WHERE once >= ? AND once <> ? AND once < ? ORDER BY once LIMIT ?`),
    placesDown: prepare(`${place} WHERE once >= ? AND once < ? ORDER BY once DESC LIMIT ?`),
    log: prepare('SELECT id, pos, seq FROM log WHERE name = ?'),
    logsChangedAfter: prepare('SELECT name FROM log WHERE changed > ?'),
    logNames: prepare('SELECT name FROM log WHERE name > ? ORDER BY name LIMIT ?'),
    entries: prepare(`${entry} WHERE id BETWEEN ? AND ? ORDER BY id`),
    messages: prepare(`${entry} WHERE id BETWEEN ? AND ? AND late IS NULL AND seq IS NOT NULL ORDER BY id`),
    lateMessages: prepare(`${entry} WHERE late BETWEEN ? AND ? ORDER BY late`),
    putRecord: prepare('INSERT INTO record VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'),
    deleteRecord: prepare('DELETE FROM record WHERE key = ?'),
    insertLog: prepare('INSERT INTO log (name, pos, seq, changed) VALUES (?, ?, ?, ?)'),
    updateLog: prepare('UPDATE log SET pos = ?, seq = ?, changed = ? WHERE id = ?'),
    putEntry: prepare(
      'INSERT INTO entry VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
    ),
    amendEntry: prepare('UPDATE entry SET data = ? WHERE id = ?'),
  };
}

/** A statement whose rows are arrays: the driver's own type knows objects only. */
interface Rows extends Pick<StatementSync, 'run'> {
  get(...values: (string | number | bigint | null)[]): SQLOutputValue[] | undefined;
  all(...values: (string | number | bigint | null)[]): SQLOutputValue[][];
}

function packed(logID: number, number: number): number | bigint {
  if (logID <= EXACT_LOG_ID) return logID * POS_RANGE + number;
  return BigInt(logID) * BigInt(POS_RANGE) + BigInt(number);
}

function entryOf([pos, seq, data]: SQLOutputValue[]): LogEntry {
  const event = parseEvent(textOf(data));
  return seq === null ? { pos: numberOf(pos), event } : { pos: numberOf(pos), seq: numberOf(seq), event };
}

/** What the record says that an entry brought. */
function placeOf([log, pos]: SQLOutputValue[]): Json {
  return { log: textOf(log), pos: numberOf(pos) };
}

function textOf(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError(`expected text in a column, found ${typeof value}`);
  return value;
}

function numberOf(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw new TypeError(`expected a number in a column, found ${typeof value}`);
  return value;
}
