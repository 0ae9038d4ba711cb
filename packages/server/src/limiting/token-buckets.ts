import type { Clock } from '@sterna/core';

/** Token buckets by key: `burst` at once, `perSecond` in the long run. At most `keys` of them are kept. */
export interface TokenBuckets {
  /** Takes a token if there is one. */
  take(key: string): boolean;
  /** Whether a token is there, without taking it. */
  has(key: string): boolean;
  /** How many keys are being kept. */
  readonly size: number;
}

interface Bucket {
  tokens: number;
  filledMs: number;
}

/** Time is monotonic: a step of the wall clock frees nobody. */
export function createTokenBuckets(options: {
  perSecond: number;
  burst: number;
  keys: number;
  clock: Pick<Clock, 'monotonicMs'>;
}): TokenBuckets {
  const { perSecond, burst, keys, clock } = options;
  // In the order of their last use, so the first is the one that is missed least.
  const buckets = new Map<string, Bucket>();

  function fill(key: string): Bucket {
    const nowMs = clock.monotonicMs();
    const bucket = buckets.get(key) ?? { tokens: burst, filledMs: nowMs };
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.filledMs) * perSecond) / 1000);
    bucket.filledMs = nowMs;
    return bucket;
  }

  return {
    take(key) {
      const bucket = fill(key);
      const isTaken = bucket.tokens >= 1;
      if (isTaken) bucket.tokens -= 1;
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > keys) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      return isTaken;
    },
    has: (key) => !buckets.has(key) || fill(key).tokens >= 1,
    get size() {
      return buckets.size;
    },
  };
}
