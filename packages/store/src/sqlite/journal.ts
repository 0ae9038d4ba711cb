import type { DatabaseSync } from 'node:sqlite';
import type { Json, LogEvent } from '@sterna/core';
import { decoded } from '../json.ts';
import type { Batch, Pending } from '../overlay/pending.ts';

/** One line of a journal row. An append carries the message number that the log had reached, an amendment the log's state. */
type Line =
  | ['set', key: string, value: Json]
  | ['delete', key: string]
  | ['message' | 'event', log: string, pos: number, seq: number, event: LogEvent, once?: string]
  | ['amend', log: string, pos: number, event: LogEvent, statePos: number, stateSeq: number];

/**
 * The batch as one text, and every record's JSON noted beside it for the tables. Assembled by hand:
 * each value is turned into JSON once, a record here and an event where it was appended.
 */
export function encodeBatch({ slots, appended, amended }: Batch): string {
  let text = '';
  for (const slot of slots) {
    slot.quoted ??= JSON.stringify(slot.key);
    if (slot.value !== undefined) slot.text = JSON.stringify(slot.value);
    text +=
      slot.value === undefined ? `,["delete",${slot.quoted}]\n` : `,["set",${slot.quoted},${slot.text}]\n`;
  }
  for (const { tail, item } of appended) {
    const kind = item.isMessage ? ',["message",' : ',["event",';
    const once = item.once === undefined ? '' : `,${JSON.stringify(item.once)}`;
    text += `${kind}${tail.quoted},${item.pos},${item.seq},${item.text}${once}]\n`;
  }
  for (const { tail, pos, text: newer } of amended) {
    const { state } = tail;
    text += `,["amend",${tail.quoted},${pos},${newer},${state.pos},${state.seq}]\n`;
  }
  return text === '' ? '' : `[${text.slice(1)}]`;
}

/** Writes what a journal row says into a `Pending`, as the commands of its batch once did. */
export function replay(text: string, pending: Pending): void {
  pending.begin();
  for (const line of decoded<Line[]>(text)) {
    switch (line[0]) {
      case 'set':
        pending.records.set(line[1], line[2]);
        break;
      case 'delete':
        pending.records.set(line[1], undefined);
        break;
      case 'message':
      case 'event': {
        const [kind, log, pos, seq, event, once] = line;
        const isMessage = kind === 'message';
        const item = { pos, seq, isMessage, text: JSON.stringify(event), once };
        pending.entries.append(log, { pos: pos - 1, seq: isMessage ? seq - 1 : seq }, item);
        break;
      }
      case 'amend': {
        const [, log, pos, event, statePos, stateSeq] = line;
        pending.entries.amend(log, { pos: statePos, seq: stateSeq }, pos, JSON.stringify(event));
        break;
      }
    }
  }
}

/** The journal's table. */
export class Journal {
  readonly #insert;
  readonly #deleteUpTo;
  readonly #noteApplied;
  readonly #db: DatabaseSync;
  #newest: number;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#insert = db.prepare('INSERT INTO journal (id, data) VALUES (?, ?)');
    this.#deleteUpTo = db.prepare('DELETE FROM journal WHERE id <= ?');
    this.#noteApplied = db.prepare(`INSERT OR REPLACE INTO meta (name, value) VALUES ('applied', ?)`);
    this.#newest = this.applied;
  }

  /** The number of the newest row. Numbers only grow. */
  get newest(): number {
    return this.#newest;
  }

  /** The last row that is in the tables. */
  get applied(): number {
    return Number(this.#db.prepare(`SELECT value FROM meta WHERE name = 'applied'`).get()?.['value'] ?? 0);
  }

  add(text: string): void {
    this.#insert.run(this.#newest + 1, text);
    this.#newest += 1;
  }

  forgetUpTo(id: number): void {
    this.#deleteUpTo.run(id);
    this.#noteApplied.run(id);
  }

  /** Reads what an earlier process left; calls back after each row. */
  replayInto(pending: Pending, onRow: (id: number) => void): void {
    for (const row of this.#db.prepare('SELECT id, data FROM journal ORDER BY id').iterate()) {
      replay(String(row['data']), pending);
      this.#newest = Number(row['id']);
      onRow(this.#newest);
    }
  }
}
