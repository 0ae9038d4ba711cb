import { ImError } from '@sterna/core';
import type { Sql } from 'postgres';
import type { Ending } from '../ending.ts';
import { type BatchOptions, BatchRun, type Passenger } from './batch-run.ts';
import { connectTo, type ConnectOptions } from './connect.ts';

export interface LaneOptions extends ConnectOptions, BatchOptions {
  /** A batch that takes longer is given up. */
  batchMs: number;
}

/**
 * One connection after another, and batches on it one after the other. It is never shared and never reserved:
 * the driver's own transactions throw outside of any promise when their connection is lost.
 */
export class Lane {
  readonly #options: LaneOptions;
  #sql: Sql;
  #batches = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#sql = connectTo(options, 1);
  }

  /** Rejects where the batch failed as a whole: what became of it is then unknown. */
  async run(passengers: readonly Passenger[]): Promise<Ending[]> {
    this.#batches += 1;
    const late = Promise.withResolvers<never>();
    const { batchMs } = this.#options;
    const timer = setTimeout(
      () => late.reject(new Error(`no answer from PostgreSQL for ${batchMs} ms`)),
      batchMs,
    );
    try {
      const batch = new BatchRun(this.#sql, passengers, `${this.#batches}`, this.#options);
      return await Promise.race([batch.run(), late.promise]);
    } catch (error) {
      this.#startOver();
      throw new ImError('storeUnavailable', 'the transaction was cut off', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** After a failure nobody knows what the connection is in the middle of: it is cut, and the server takes back what it had begun. */
  #startOver(): void {
    const lost = this.#sql;
    this.#sql = connectTo(this.#options, 1);
    void lost.end({ timeout: 0 });
  }

  close(): Promise<void> {
    return this.#sql.end({ timeout: CLOSE_S });
  }
}

/** Seconds for what is under way to end by itself. */
const CLOSE_S = 5;
