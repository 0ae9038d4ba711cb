import { isOnceKey, type Json } from '@sterna/core';
import { RecentCache } from '../overlay/recent-cache.ts';
import type { LogState } from '../overlay/tail.ts';

const RECORDS_REMEMBERED = 50_000;
const LOGS_REMEMBERED = 20_000;
const UNSEEN: LogState = { pos: 0, seq: 0 };

/**
 * What batches of this process saw last: possibly outdated, as other processes write too. Only ever used to guess
 * what a decision will read, so that it can be loaded at once; never to decide.
 */
export class Hints {
  readonly #records = new RecentCache<Json | undefined>(RECORDS_REMEMBERED);
  readonly #logs = new RecentCache<LogState>(LOGS_REMEMBERED);

  record(key: string): Json | undefined {
    return this.#records.get(key)?.value;
  }

  logState(log: string): LogState {
    return this.#logs.get(log)?.value ?? UNSEEN;
  }

  noteRecord(key: string, value: Json | undefined): void {
    // A duplicate check is not read again, and absence is what is guessed anyway.
    if (value !== undefined && !isOnceKey(key)) this.#records.set(key, value, 1);
  }

  noteLog(log: string, state: LogState): void {
    this.#logs.set(log, state, 1);
  }
}
