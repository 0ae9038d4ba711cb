import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { Clock, Log, Random } from '../../ports.ts';

/** The clock of this machine. Its timers do not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Random bytes are drawn in bulk: a system call for each id would cost more than the id. */
const POOL_BYTES = 4096;

/** A source of unpredictable bytes. */
export function createSystemRandom(): Random {
  let pool = Buffer.alloc(0);
  return {
    bytes: (count) => {
      if (pool.byteLength < count) pool = randomBytes(Math.max(POOL_BYTES, count));
      const bytes = pool.subarray(0, count);
      pool = pool.subarray(count);
      return bytes;
    },
  };
}

/** One line of JSON for each event on the standard error, where a service manager expects it. */
export const lineLog: Log = {
  warn: (event, fields) => {
    const readable = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? describe(value) : value]),
    );
    console.error(JSON.stringify({ level: 'warn', event, ...readable }));
  },
};

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? ` (${describe(error.cause)})` : '';
  return `${error.name}: ${error.message}${cause}`;
}
