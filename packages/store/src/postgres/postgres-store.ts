import {
  type Command,
  domainRules,
  type EntryRange,
  ImError,
  type LogEntry,
  locksOrRefusal,
  type Outcome,
  requireKey,
  requireLimit,
  type Rules,
  type ScanRange,
  type Store,
} from '@sterna/core';
import type { Sql } from 'postgres';
import { type Listener, tell } from '../ending.ts';
import { Admission } from './admission.ts';
import type { Passenger } from './batch-run.ts';
import { connectTo, type ConnectOptions, numberIn, run, textIn } from './connect.ts';
import { Hints } from './hints.ts';
import { Lane } from './lane.ts';
import { loadEntries, loadLogs, loadRecords, loadScan } from './load.ts';
import { migrate } from './migrate.ts';
import { SQL } from './statements.ts';

export interface PostgresStoreOptions extends Partial<ConnectOptions> {
  url: string;
  rules?: Rules;
  /** Gives the data a new epoch: after a restore, clients must not continue from what they saw of the other future. */
  newEpoch?: boolean;
  /** Connections that run batches, and connections that read. */
  lanes?: number;
  readers?: number;
  /** A batch that takes longer is given up, and what became of it is unknown. */
  batchMs?: number;
}

const SCHEMA = 'sterna';
const LANES = 4;
const READERS = 4;
const BATCH_MS = 15_000;
/**
 * Commands in one transaction: enough to share a sync among many, few enough to hold locks for some milliseconds only.
 * A message takes four locks, and a server at its defaults has room for some 6,400, for all processes together.
 */
const BATCH_COMMANDS = 64;
const CLOSE_S = 5;

interface Waiting extends Passenger, Listener {}

/** Opens the store: waits for the server, brings the schema up to date, and says in a sentence why not. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, schema = SCHEMA, newEpoch = false } = options;
  const sql = connectTo({ url, schema }, 1);
  try {
    const epoch = await migrate(sql, schema, newEpoch);
    return new PostgresStore({ ...options, schema }, epoch);
  } catch (error) {
    if (!isConnection(error)) throw error;
    const { host } = new URL(url);
    throw new Error(`PostgreSQL does not answer at ${host}: start it, or set its address`, { cause: error });
  } finally {
    await sql.end({ timeout: CLOSE_S });
  }
}

/**
 * The store on PostgreSQL, shared with other processes. Commands go through lanes in batches, each a short transaction
 * under advisory locks; reads have connections of their own.
 */
class PostgresStore implements Store {
  readonly epoch: string;
  readonly #rules: Rules;
  readonly #readers: Sql;
  readonly #lanes: Lane[];
  readonly #idle: Lane[];
  readonly #admission = new Admission<Waiting>();
  #isScheduled = false;
  #closed: PromiseWithResolvers<void> | undefined;

  constructor(options: PostgresStoreOptions & ConnectOptions, epoch: string) {
    const { rules = domainRules, lanes = LANES, readers = READERS, batchMs = BATCH_MS } = options;
    this.epoch = epoch;
    this.#rules = rules;
    this.#readers = connectTo(options, readers);
    const hints = new Hints();
    this.#lanes = Array.from({ length: lanes }, () => new Lane({ ...options, rules, hints, batchMs }));
    this.#idle = [...this.#lanes];
  }

  execute(command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) throw new ImError('storeUnavailable', 'the store is closed');
      const allowed = locksOrRefusal(this.#rules, command);
      if (!allowed.ok) {
        resolve(allowed);
        return;
      }
      this.#admission.add({ command, locks: allowed.locks, resolve, reject });
      this.#schedule();
    });
  }

  /** What is called in one turn may go in one batch. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#idle.length > 0) {
      const taken = this.#admission.take(BATCH_COMMANDS);
      const lane = taken.length > 0 ? this.#idle.pop() : undefined;
      if (lane === undefined) break;
      void this.#ride(lane, taken);
    }
    const isQuiet = this.#admission.isEmpty && this.#idle.length === this.#lanes.length;
    if (isQuiet) this.#closed?.resolve();
  }

  async #ride(lane: Lane, taken: readonly Waiting[]): Promise<void> {
    try {
      const endings = await lane.run(taken);
      for (const [index, one] of taken.entries()) tell(one, endings[index]);
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
    this.#admission.release(taken);
    this.#idle.push(lane);
    this.#dispatch();
  }

  async get(keys: readonly string[]) {
    for (const key of keys) requireKey(key);
    const records = await this.#read((sql) => loadRecords(sql, [...new Set(keys)]));
    return keys.map((key) => records.get(key));
  }

  async scan(range: ScanRange) {
    requireKey(range.prefix);
    if (range.after !== undefined) requireKey(range.after);
    requireLimit(range.limit);
    return await this.#read((sql) => loadScan(sql, range));
  }

  entries(range: EntryRange) {
    return this.#loadRange('entries', 'pos', range);
  }

  messages(range: EntryRange) {
    return this.#loadRange('messages', 'seq', range);
  }

  async #loadRange(
    read: 'entries' | 'messages',
    number: 'pos' | 'seq',
    range: EntryRange,
  ): Promise<LogEntry[]> {
    const { log, after = 0, before = Infinity, limit, newest = false } = range;
    requireKey(log);
    requireLimit(limit);
    return await this.#read(async (sql) => {
      const from = Math.max(0, after) + 1;
      // Numbers are dense: only the newest end of a log has to be looked up.
      const last =
        newest || before === Infinity ? ((await loadLogs(sql, [log])).get(log)?.[number] ?? 0) : before - 1;
      const to = Math.min(last, before - 1);
      const bounds = newest
        ? { from: Math.max(from, to - limit + 1), to }
        : { from, to: Math.min(to, from + limit - 1) };
      return bounds.to < bounds.from ? [] : await loadEntries(sql, { read, log, ...bounds });
    });
  }

  async changes(cursor: string | undefined) {
    const prefix = `${this.epoch}:`;
    if (cursor !== undefined && !(cursor.startsWith(prefix) && SNAPSHOT.test(cursor.slice(prefix.length)))) {
      throw new ImError('reset', 'the cursor belongs to another epoch of the data');
    }
    const rows = await this.#read((sql) =>
      cursor === undefined ? run(sql, SQL.snapshot) : run(sql, SQL.changes, [cursor.slice(prefix.length)]),
    );
    const [first] = rows;
    if (first === undefined) throw new Error('PostgreSQL gave no snapshot');
    const grown = cursor === undefined ? [] : rows.filter((row) => row['name'] !== null);
    return {
      cursor: `${prefix}${textIn(first, 'snapshot')}`,
      logs: grown.map((row): [string, number] => [textIn(row, 'name'), numberIn(row, 'pos') ?? 0]),
    };
  }

  async logs({ after = '', limit }: { after?: string; limit: number }) {
    requireLimit(limit);
    const rows = await this.#read((sql) => run(sql, SQL.logs, [after, limit]));
    return rows.map((row) => textIn(row, 'name'));
  }

  async #read<Found>(load: (sql: Sql) => Promise<Found>): Promise<Found> {
    if (this.#closed !== undefined) throw new ImError('storeUnavailable', 'the store is closed');
    try {
      return await load(this.#readers);
    } catch (error) {
      throw new ImError('storeUnavailable', 'the read was cut off', { cause: error });
    }
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return await this.#closed.promise;
    this.#closed = Promise.withResolvers();
    this.#schedule();
    await this.#closed.promise;
    await Promise.all([this.#readers.end({ timeout: CLOSE_S }), ...this.#lanes.map((lane) => lane.close())]);
  }
}

/** How PostgreSQL writes a snapshot: the oldest transaction under way, the next one, and those under way between. */
const SNAPSHOT = /^\d+:\d+:[\d,]*$/;

function isConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ECONN|CONNECT|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT)/.test(code);
}
