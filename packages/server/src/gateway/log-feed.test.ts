import type { LogEntry, Store } from '@sterna/core';
import { describe, expect, test } from 'vitest';
import { createLogFeed } from './log-feed.ts';

const entry = (pos: number): LogEntry => ({
  pos,
  event: { t: 'left', userIDs: [], by: 'ann', reason: 'quit', timeMs: 0 },
});

/** A feed of a log that has `here` entries, read from a store that can be told to fail. */
function setUp(here: number) {
  const state = { here, failing: false };
  const applied: number[] = [];
  const store = {
    async entries({ after = 0 }: { after?: number }) {
      if (state.failing) throw new Error('no connection');
      return Array.from({ length: Math.max(0, state.here - after) }, (_, index) => entry(after + index + 1));
    },
  } as unknown as Store;
  const failures: unknown[] = [];
  const feed = createLogFeed({
    store,
    log: 'a log',
    start: 0,
    apply: ({ pos }) => applied.push(pos),
    repaired: () => undefined,
    failed: (error) => failures.push(error),
  });
  return { state, applied, failures, feed };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('log feed', () => {
  test('reads what a notice has overtaken', async () => {
    const { feed, applied } = setUp(3);
    feed.offer(entry(3));
    await settle();
    expect(applied).toEqual([1, 2, 3]);
  });

  test('a reading that failed is made up for, although the log does not grow again', async () => {
    const { feed, applied, failures, state } = setUp(2);
    state.failing = true;
    feed.catchUp(2);
    await settle();
    expect(failures).toHaveLength(1);
    state.failing = false;
    feed.retry();
    await settle();
    expect(applied).toEqual([1, 2]);
  });

  test('an entry that was announced before it could be read is read later', async () => {
    const { feed, applied, state } = setUp(0);
    feed.offer(entry(2));
    await settle();
    expect(applied).toEqual([]);
    state.here = 2;
    feed.retry();
    await settle();
    expect(applied).toEqual([1, 2]);
  });
});
