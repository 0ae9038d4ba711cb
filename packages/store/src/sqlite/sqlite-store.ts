import type { DatabaseSync } from 'node:sqlite';
import {
  type Command,
  domainRules,
  ImError,
  type Outcome,
  requireKey,
  type Rules,
  type Store,
} from '@sterna/core';
import { type Ending, type Listener, tell } from '../ending.ts';
import { Commits, type CommitsOptions } from './commits.ts';
import { openDatabase, type OpenDatabaseOptions } from './open-database.ts';

export interface SqliteStoreOptions
  extends OpenDatabaseOptions, Partial<Pick<CommitsOptions, 'cacheBytes' | 'pendingRows' | 'movedTogether'>> {
  rules?: Rules;
  /** A commit failed: whether it is on the disk is unknown. Nothing more is accepted; the process must end and start anew. */
  onFatal: (error: unknown) => void;
}

const CACHE_BYTES = 32 * 1024 * 1024;
/** About 8,000 messages: some 20 MB in memory, and a few tenths of a second to read again after a crash. */
const PENDING_ROWS = 8_000;
/** Some two milliseconds. */
const MOVED_TOGETHER = 1024;
/** Commands in one commit, so that the event loop stands still for some 10 ms at most. */
const BATCH_COMMANDS = 512;

interface Waiting extends Listener {
  command: Command;
}

/** The store on one SQLite file, written by this process alone. What is called in one turn of the event loop is one commit. */
export class SqliteStore implements Store {
  readonly epoch: string;
  readonly #db: DatabaseSync;
  readonly #commits: Commits;
  readonly #onFatal: (error: unknown) => void;
  #waiting: Waiting[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  #state: 'open' | 'closed' | 'failed' = 'open';

  constructor(options: SqliteStoreOptions) {
    const { rules = domainRules, cacheBytes = CACHE_BYTES } = options;
    const { pendingRows = PENDING_ROWS, movedTogether = MOVED_TOGETHER } = options;
    const { db, epoch } = openDatabase(options);
    this.epoch = epoch;
    this.#db = db;
    this.#commits = new Commits(db, { rules, epoch, cacheBytes, pendingRows, movedTogether });
    this.#onFatal = options.onFatal;
  }

  execute(command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.#state !== 'open') {
        reject(unavailable(this.#state));
        return;
      }
      this.#waiting.push({ command, resolve, reject });
      this.#scheduled ??= setImmediate(() => this.#run());
    });
  }

  async get(keys: readonly string[]) {
    const { reader } = this.#readable();
    return keys.map((key) => {
      requireKey(key);
      return reader.get(key);
    });
  }

  async scan(range: Parameters<Store['scan']>[0]) {
    return this.#readable().reader.scan(range);
  }

  async entries(range: Parameters<Store['entries']>[0]) {
    return this.#readable().reader.entries(range);
  }

  async messages(range: Parameters<Store['messages']>[0]) {
    return this.#readable().reader.messages(range);
  }

  async changes(cursor: string | undefined) {
    return this.#readable().changes(cursor);
  }

  async logs(range: Parameters<Store['logs']>[0]) {
    return this.#readable().logs(range);
  }

  async close(): Promise<void> {
    const wasOpen = this.#state === 'open';
    if (wasOpen) this.#state = 'closed';
    while (this.#waiting.length > 0) this.#run();
    clearImmediate(this.#scheduled);
    try {
      if (wasOpen && !this.#hasFailed()) this.#commits.finish();
    } finally {
      if (this.#db.isOpen) this.#db.close();
    }
  }

  #hasFailed(): boolean {
    return this.#state === 'failed';
  }

  /** Between two turns nothing is decided that is not durable, so that reads may look at everything. */
  #readable(): Commits {
    if (this.#state === 'open') return this.#commits;
    throw unavailable(this.#state);
  }

  /** Decides and commits what waits, up to a batch, and then tells. */
  #run(): void {
    this.#scheduled = undefined;
    const taken = this.#waiting.splice(0, BATCH_COMMANDS);
    if (this.#waiting.length > 0) this.#scheduled = setImmediate(() => this.#run());
    try {
      const endings = taken.map(({ command }) => this.#decide(command));
      this.#commits.keep();
      taken.forEach((one, index) => tell(one, endings[index]));
    } catch (error) {
      this.#fail(error, taken);
    }
  }

  /** A decision that throws is a bug of its own; when it is the database that fails, nothing can go on. */
  #decide(command: Command): Ending {
    try {
      return { outcome: this.#commits.decide(command) };
    } catch (error) {
      if (isFromDatabase(error)) throw error;
      return { error };
    }
  }

  /** Whether the commit is on the disk is unknown, and after a failed sync the system's own cache cannot be trusted: stop. */
  #fail(error: unknown, taken: readonly Waiting[]): void {
    this.#state = 'failed';
    clearImmediate(this.#scheduled);
    for (const { reject } of [...taken, ...this.#waiting.splice(0)]) reject(unavailable('failed', error));
    this.#onFatal(error);
  }
}

function unavailable(state: 'closed' | 'failed', cause?: unknown): ImError {
  const detail = state === 'failed' ? 'the store failed and must be started anew' : 'the store is closed';
  return new ImError('storeUnavailable', detail, { cause });
}

function isFromDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
