import type { Clock } from '@sterna/core';
import { createTokenBuckets } from './token-buckets.ts';

/** A page that is refused connects again and again; its owner needs to be told of it once. */
const SAME_ORIGIN_S = 600;
const ORIGINS = 100;

/** All origins together: strangers can make up as many as they like. */
const LINES_AT_ONCE = 10;
const LINE_S = 60;

/** What of an origin tells it from others; a header may be longer. */
const NAME_LENGTH = 200;

/** Decides whether a refused origin is worth a line of the log. */
export function createOriginWarnings(clock: Pick<Clock, 'monotonicMs'>): (origin: string) => boolean {
  const origins = createTokenBuckets({ perSecond: 1 / SAME_ORIGIN_S, burst: 1, keys: ORIGINS, clock });
  const lines = createTokenBuckets({ perSecond: 1 / LINE_S, burst: LINES_AT_ONCE, keys: 1, clock });
  return (origin) => {
    const name = origin.slice(0, NAME_LENGTH);
    // Who was not told of for want of room is told of when there is some.
    return origins.has(name) && lines.take('all') && origins.take(name);
  };
}
