import type { DatabaseSync } from 'node:sqlite';
import { type Command, compareKeys, ImError, type Outcome, requireLimit, type Rules } from '@sterna/core';
import { OverlayReader } from '../overlay/overlay-reader.ts';
import { OverlayTransaction } from '../overlay/overlay-transaction.ts';
import { Pending } from '../overlay/pending.ts';
import { Growth } from './growth.ts';
import { encodeBatch, Journal } from './journal.ts';
import { Move } from './move.ts';
import { Tables } from './tables.ts';

export interface CommitsOptions {
  rules: Rules;
  epoch: string;
  /** Decoded records kept in memory, in bytes of JSON, roughly. */
  cacheBytes: number;
  /** Records and entries that gather in memory before they are moved to the tables. */
  pendingRows: number;
  /** Of those, how many are moved beside one commit at least, if any are. */
  movedTogether: number;
}

/** Rows moved for each row of a commit, so that moving outruns writing. */
const MOVED_FOR_EACH = 3;
/** However little is written: so many commits later some rows move again. */
const COMMITS_TO_A_MOVE = 16;

/**
 * Decides commands and makes them durable. A batch becomes a single journal row, synced before anybody hears; thousands of
 * commands later its records and entries move to the tables in the tables' own order, some of them beside every few commits.
 */
export class Commits {
  readonly reader: OverlayReader;
  readonly #options: CommitsOptions;
  readonly #tables: Tables;
  readonly #journal: Journal;
  readonly #growth: Growth;
  readonly #pending = new Pending();
  readonly #tx: OverlayTransaction;
  readonly #begin;
  readonly #commit;
  /** Rows to move with one of the next commits. */
  #owed = 0;
  /** A generation of pending writes on its way to the tables, and its newest journal row. */
  #moving: { move: Move; upTo: number } | undefined;

  /** Takes up what an earlier process left in the journal. */
  constructor(db: DatabaseSync, options: CommitsOptions) {
    this.#options = options;
    this.#tables = new Tables(db, options.cacheBytes);
    this.#journal = new Journal(db);
    this.#growth = new Growth(this.#journal.newest);
    this.reader = new OverlayReader(this.#tables, this.#pending);
    this.#tx = new OverlayTransaction(this.reader, this.#pending);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#journal.replayInto(this.#pending, (row) => {
      for (const { tail } of this.#pending.takeBatch().appended) this.#growth.note(tail.log, row);
    });
  }

  /** Decides a command on what is there and what was decided since the last {@link keep}. */
  decide(command: Command): Outcome {
    return this.#tx.decide(this.#options.rules, command);
  }

  /** Makes durable what was decided since the last time. */
  keep(): void {
    const batch = this.#pending.takeBatch();
    const text = encodeBatch(batch);
    if (text === '') return;
    const written = batch.slots.length + batch.appended.length + batch.amended.length;
    this.#begin.run();
    this.#journal.add(text);
    this.#moveWhatIsOwed(written);
    this.#commit.run();
    for (const tail of new Set(batch.appended.map((one) => one.tail)))
      this.#growth.note(tail.log, this.#journal.newest);
    this.#afterCommit();
  }

  changes(cursor: string | undefined): { cursor: string; logs: [log: string, pos: number][] } {
    const { epoch } = this.#options;
    const next = `${epoch}:${this.#journal.newest}`;
    if (cursor === undefined) return { cursor: next, logs: [] };
    const row = Number(cursor.slice(epoch.length + 1));
    const isOurs = cursor.startsWith(`${epoch}:`) && Number.isSafeInteger(row) && row <= this.#journal.newest;
    if (!isOurs) throw new ImError('reset', 'the cursor belongs to another epoch of the data');
    const logs = this.#growth.after(row) ?? this.#grownByTables(row);
    return { cursor: next, logs: logs.map((log) => [log, this.reader.logState(log).pos]) };
  }

  #grownByTables(row: number): string[] {
    const inMemory = this.#pending.entries.tails.map(({ log }) => log);
    return [...new Set([...this.#tables.logsChangedAfter(row), ...inMemory])];
  }

  /** Names of logs, those that are only in memory yet among them. */
  logs({ after = '', limit }: { after?: string; limit: number }): string[] {
    requireLimit(limit);
    const inMemory = this.#pending.entries.tails.flatMap(({ log, state }) =>
      state.pos > 0 && compareKeys(log, after) > 0 ? [log] : [],
    );
    const names = new Set([...this.#tables.logNames(after, limit), ...inMemory]);
    return [...names].sort(compareKeys).slice(0, limit);
  }

  /** Moves everything to the tables, and so leaves an empty journal behind. */
  finish(): void {
    while (this.#moving !== undefined || this.#pending.size > 0) {
      if (this.#moving === undefined) this.#startMove();
      this.#begin.run();
      this.#moveSome(Infinity);
      this.#commit.run();
      this.#afterCommit();
    }
  }

  /** Pages that one row dirties serve its neighbours too, so rows move many at a time, and not a few beside each commit. */
  #moveWhatIsOwed(written: number): void {
    const { movedTogether } = this.#options;
    this.#owed += Math.max(movedTogether / COMMITS_TO_A_MOVE, MOVED_FOR_EACH * written);
    if (this.#owed < movedTogether) return;
    this.#moveSome(this.#owed);
    this.#owed = 0;
  }

  #moveSome(rows: number): void {
    if (this.#moving === undefined) return;
    this.#moving.move.advance(rows);
    if (this.#moving.move.isDone) this.#journal.forgetUpTo(this.#moving.upTo);
  }

  #afterCommit(): void {
    if (this.#moving?.move.isDone) this.#moving = undefined;
    if (this.#moving === undefined && this.#pending.size >= this.#options.pendingRows) this.#startMove();
  }

  #startMove(): void {
    const upTo = this.#journal.newest;
    this.#moving = { move: new Move(this.#pending, this.#tables, upTo), upTo };
  }
}
