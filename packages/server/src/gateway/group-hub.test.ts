import type { LogEntry } from '@sterna/core';
import { createFakeClock } from '@sterna/core/testing';
import { describe, expect, test } from 'vitest';
import { createGroupHub } from './group-hub.ts';
import type { UserHub } from './user-hub.ts';

const left = (pos: number, userID: string): LogEntry => ({
  pos,
  event: { t: 'left', userIDs: [userID], by: userID, reason: 'quit', timeMs: 0 },
});
const renamed = (pos: number): LogEntry => ({
  pos,
  event: { t: 'group', by: 'ann', timeMs: 0, changes: { name: 'tea' } },
});

/** A hub whose feed is moved by the test, and a member who notes which positions are pushed. */
function setUp() {
  let apply: (entry: LogEntry) => void = () => undefined;
  const hub = createGroupHub({
    clock: createFakeClock(),
    groupID: 'tea',
    encode: ({ event }) => JSON.stringify(event),
    feed: (made) => {
      apply = made.apply;
      return { pos: 0, offer: () => undefined, catchUp: () => undefined, retry: () => undefined };
    },
  });
  const pushed: number[] = [];
  const ben = {
    userID: 'ben',
    push: (item: string) => {
      const [, , { from, to }] = JSON.parse(item) as [number, string, { from: number; to: number }];
      if (from <= to) pushed.push(from);
    },
  } as unknown as UserHub;
  return { hub, ben, pushed, apply: (entry: LogEntry) => apply(entry) };
}

describe('group hub', () => {
  test('a member is shown what comes after joining, until the leaving', () => {
    const { hub, ben, pushed, apply } = setUp();
    hub.reserve(ben);
    hub.seat(ben, { joinPos: 4, mayKnow: () => true });
    for (const pos of [4, 5, 6]) apply(renamed(pos));
    apply(left(7, 'ben'));
    apply(renamed(8));
    expect(pushed).toEqual([5, 6, 7]);
    expect(hub.members).toBe(0);
  });

  test('who has come back keeps the new seat when the feed comes to the old leaving', () => {
    const { hub, ben, pushed, apply } = setUp();
    hub.reserve(ben);
    hub.seat(ben, { joinPos: 6, mayKnow: () => true });
    apply(left(5, 'ben'));
    apply(renamed(7));
    expect(pushed).toEqual([7]);
  });

  test('the same while the seat is only reserved', () => {
    const { hub, ben, pushed, apply } = setUp();
    hub.reserve(ben);
    apply(left(5, 'ben'));
    hub.seat(ben, { joinPos: 6, mayKnow: () => true });
    apply(renamed(7));
    expect(pushed).toEqual([7]);
  });

  test('the hub of an earlier connection gives up its own seat only', () => {
    const { hub, ben, pushed, apply } = setUp();
    hub.reserve(ben);
    hub.seat(ben, { joinPos: 4, mayKnow: () => true });
    const earlier = { ...ben };
    hub.unseat(earlier);
    hub.seat(earlier, { joinPos: 4, mayKnow: () => true });
    apply(renamed(5));
    expect(pushed).toEqual([5]);
    hub.unseat(ben);
    expect(hub.members).toBe(0);
  });

  test('who left after joining, before the seat was ready, gets none', () => {
    const { hub, ben, pushed, apply } = setUp();
    hub.reserve(ben);
    apply(left(5, 'ben'));
    hub.seat(ben, { joinPos: 4, mayKnow: () => true });
    apply(renamed(6));
    expect(pushed).toEqual([]);
    expect(hub.members).toBe(0);
  });
});
