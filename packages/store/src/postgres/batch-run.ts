import type { Command, Locks, Rules } from '@sterna/core';
import type { Sql } from 'postgres';
import type { Ending } from '../ending.ts';
import { OverlayReader } from '../overlay/overlay-reader.ts';
import { OverlayTransaction } from '../overlay/overlay-transaction.ts';
import { type Batch, Pending } from '../overlay/pending.ts';
import { plainArray, textArray } from './array-literal.ts';
import { BatchBase, NotLoaded } from './batch-base.ts';
import { command, run } from './connect.ts';
import type { Hints } from './hints.ts';
import { loadInto } from './load.ts';
import { batchLocks } from './scope-lock.ts';
import { SQL } from './statements.ts';

/** A command and the locks that it is decided under. */
export interface Passenger {
  command: Command;
  locks: Locks;
}

export interface BatchOptions {
  schema: string;
  rules: Rules;
  hints: Hints;
}

/** Each load finds something new; a decision that needs more of them than this wants other things each time. */
const MOST_LOADS = 100;

/** One batch of commands as one transaction, on a connection that does nothing else meanwhile. */
export class BatchRun {
  readonly #sql: Sql;
  readonly #options: BatchOptions;
  readonly #passengers: readonly Passenger[];
  /** Names the transaction. */
  readonly #mark: string;
  readonly #base: BatchBase;
  readonly #pending = new Pending();
  readonly #tx: OverlayTransaction;

  constructor(sql: Sql, passengers: readonly Passenger[], mark: string, options: BatchOptions) {
    this.#sql = sql;
    this.#options = options;
    this.#passengers = passengers;
    this.#mark = mark;
    this.#base = new BatchBase(options.hints);
    this.#tx = new OverlayTransaction(new OverlayReader(this.#base, this.#pending), this.#pending);
  }

  /** Resolves when all is durable. Rejects where the batch failed as a whole; what became of it may then be unknown. */
  async run(): Promise<Ending[]> {
    this.#guess(0);
    await this.#start();
    const endings = await this.#decideAll();
    const batch = this.#pending.takeBatch();
    if (isEmpty(batch)) await command(this.#sql, 'ROLLBACK');
    else await this.#commit(batch);
    this.#learn();
    return endings;
  }

  /** Runs the decisions from the `first` on, on guesses, only to find out what they will want to read. */
  #guess(first: number): void {
    this.#base.isGuessing = true;
    for (const passenger of this.#passengers.slice(first)) {
      this.#attempt(passenger);
      this.#pending.rollBack();
    }
    this.#base.isGuessing = false;
  }

  #attempt(passenger: Passenger): Ending {
    try {
      return { outcome: this.#tx.decide(this.#options.rules, passenger.command) };
    } catch (error) {
      return { error };
    }
  }

  /** The statements leave together. Each sees what was committed before it began, so the loads see what the locks waited for. */
  async #start(): Promise<void> {
    const locks = batchLocks(
      this.#options.schema,
      this.#passengers.map((passenger) => passenger.locks),
    );
    await Promise.all([
      command(this.#sql, 'BEGIN'),
      run(this.#sql, SQL.mark, [this.#mark]),
      run(this.#sql, SQL.lock, [plainArray(locks.numbers), plainArray(locks.exclusive)]),
      this.#load(),
    ]);
  }

  #load(): Promise<void> {
    return loadInto(this.#base, this.#sql, this.#base.takeWanted());
  }

  async #decideAll(): Promise<Ending[]> {
    const endings: Ending[] = [];
    let loads = 0;
    for (let next = this.#passengers[0]; next !== undefined; next = this.#passengers[endings.length]) {
      const ending = this.#attempt(next);
      if (!('error' in ending && ending.error instanceof NotLoaded)) {
        endings.push(ending);
        loads = 0;
        continue;
      }
      loads += 1;
      if (loads > MOST_LOADS) throw new Error(`${next.command.type} never has enough to decide on`);
      this.#guess(endings.length);
      await this.#load();
    }
    return endings;
  }

  /** The write says whether it was in the right transaction, and the commit fails where there is none. */
  async #commit(batch: Batch): Promise<void> {
    const [written] = await Promise.all([
      run(this.#sql, SQL.write, [this.#mark, ...this.#writeParameters(batch)]),
      command(this.#sql, SQL.commit),
    ]);
    if (written.length !== 1) throw new Error('the connection was lost before the commit');
  }

  #writeParameters({ slots, appended, amended }: Batch): string[] {
    const kept = slots
      .filter((slot) => slot.value !== undefined)
      .map((slot) => [slot.key, JSON.stringify(slot.value)] as const);
    // Here a record that an entry brings is a record like any other.
    for (const { tail, item } of appended)
      if (item.once !== undefined)
        kept.push([item.once, JSON.stringify({ log: tail.log, pos: item.pos })] as const);
    const gone = slots.filter((slot) => slot.value === undefined);
    // What was appended by this batch carries its amendments already; of several of one entry the last one counts.
    const older = amended.filter(
      ({ tail, pos, text, isOlder }) => isOlder && tail.amended.get(pos)?.text === text,
    );
    const logs = appended.map(({ tail }) => tail.log);
    const newLogs = new Set(logs.filter((log) => this.#idOf(log) === undefined));
    return [
      textArray(kept.map(([key]) => key)),
      textArray(kept.map(([, json]) => json)),
      textArray(gone.map((slot) => slot.key)),
      textArray([...newLogs]),
      plainArray(logs.map((log) => this.#idOf(log) ?? null)),
      textArray(logs),
      plainArray(appended.map(({ item }) => item.pos)),
      plainArray(appended.map(({ item }) => (item.isMessage ? item.seq : null))),
      textArray(appended.map(({ item }) => item.text)),
      plainArray(older.map(({ tail }) => this.#idOf(tail.log) ?? null)),
      plainArray(older.map(({ pos }) => pos)),
      textArray(older.map(({ text }) => text)),
    ];
  }

  #idOf(log: string): bigint | undefined {
    return this.#base.logs.get(log)?.id;
  }

  /** What is committed now is the best guess for the next batch. */
  #learn(): void {
    const { hints } = this.#options;
    for (const [key, value] of this.#base.loaded)
      hints.noteRecord(key, this.#pending.records.get(key)?.value ?? value);
    for (const [log, state] of this.#base.logs)
      hints.noteLog(log, this.#pending.entries.tail(log)?.state ?? state);
  }
}

function isEmpty({ slots, appended, amended }: Batch): boolean {
  return slots.length === 0 && appended.length === 0 && amended.length === 0;
}
