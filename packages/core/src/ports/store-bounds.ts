import { ImError } from '../errors.ts';

/** Bounds that every engine keeps. */
export const STORE_BOUNDS = {
  /** UTF-16 units of a key or a log's name: at worst 2,400 bytes of UTF-8, below what a PostgreSQL index row holds. */
  keyLength: 800,
  /** Rows of one read: about 10 ms of decoding, so that no read holds up the event loop. */
  page: 5_000,
} as const;

/** Keys and log names are text that every engine stores as it is: no NUL, no half of a surrogate pair. Values may hold both. */
export function requireKey(key: string): void {
  if (key.length > 0 && key.length <= STORE_BOUNDS.keyLength && key.isWellFormed() && !key.includes('\0'))
    return;
  throw new ImError('badParameter', `not a key that a store can hold (${key.length} characters)`);
}

/** Reads are bounded, and a bound that would be cut silently is refused aloud. */
export function requireLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 0 && limit <= STORE_BOUNDS.page) return;
  throw new ImError('badParameter', `a read takes 0..${STORE_BOUNDS.page} rows, not ${limit}`);
}
