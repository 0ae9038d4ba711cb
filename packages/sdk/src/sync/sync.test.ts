import { describe, expect, test } from 'vitest';
import { ImError } from '../errors.ts';
import { createVirtualClock } from '../platform/fake.ts';
import type { Answer, Requests } from '../transport/requests.ts';
import { createSync } from './sync.ts';

const snapshot = (conversationID: string, pos: number) => ({
  conversationID,
  pos,
  seq: pos,
  unread: 0,
  readSeq: 0,
});
const push = (pos: number) => ({ conversationID: 'GROUPg', from: pos, to: pos, events: [] });

/** A device that is logged in, holds no conversation, and whose questions the test answers. */
function loggedIn() {
  const clock = createVirtualClock(0);
  const asked: { name: string; after: number; answer(answer: Answer<unknown>): void }[] = [];
  const requests = {
    call: (name: string, body: { after: number }, answer: (answer: Answer<unknown>) => void) => {
      asked.push({ name, after: body.after, answer });
      return () => undefined;
    },
  } as unknown as Requests;
  const adopted: string[] = [];
  const sync = createSync(
    clock,
    requests,
    {
      reset: () => undefined,
      adopt: ({ conversationID }) => void adopted.push(conversationID),
      event: () => undefined,
      inbox: (event) => {
        if (event.t === 'groupJoined') sync.hold(`GROUP${event.groupID}`, event.pos);
      },
    },
    () => undefined,
  );
  const page = {
    epoch: 'e',
    inbox: { from: 1, to: 0, events: [] },
    inboxMore: false,
    ranges: [],
    behind: [],
  };
  sync.login({ ...page, mode: 'reset', conversations: [] });
  const lost = { isOk: false as const, error: new ImError(2801, 'no answer') };
  const inbox = (joinedAt?: number) => ({
    isOk: true as const,
    reply: {
      inbox: {
        from: 1,
        to: 1,
        events:
          joinedAt === undefined
            ? []
            : [[1, { t: 'groupJoined', groupID: 'g', pos: joinedAt, by: 'a', timeMs: 0 }]],
      },
      more: false,
    },
  });
  return { clock, asked, adopted, sync, page, lost, inbox };
}

describe('a group that the inbox has not named', () => {
  test('begins where the inbox says', () => {
    const { asked, sync, inbox } = loggedIn();
    sync.push(push(5));
    expect(sync.pos('GROUPg')).toBeUndefined();
    asked[0]?.answer(inbox(2));
    expect(sync.pos('GROUPg')).toBe(2);
    expect(sync.isBehind('GROUPg')).toBe(true);
  });

  test('begins with its push where the inbox does not name it', () => {
    const { asked, sync, inbox } = loggedIn();
    sync.push(push(5));
    asked[0]?.answer(inbox());
    expect(sync.pos('GROUPg')).toBe(5);
  });

  test('waits while the inbox cannot be read, and the inbox is read again', () => {
    const { asked, sync, lost, inbox, clock } = loggedIn();
    sync.push(push(5));
    asked[0]?.answer(lost);
    expect(sync.pos('GROUPg')).toBeUndefined();
    expect(sync.cursor()?.conversations).toEqual({});
    clock.runOne(60_000);
    expect(asked.map(({ name }) => name)).toEqual(['inbox.sync', 'inbox.sync']);
    asked[1]?.answer(inbox(2));
    expect(sync.pos('GROUPg')).toBe(2);
  });

  test('of a login after a break waits in the same way, and is taken up then', () => {
    const { asked, adopted, sync, page, lost, inbox, clock } = loggedIn();
    sync.login({ ...page, mode: 'delta', conversations: [snapshot('GROUPg', 5)] });
    asked[0]?.answer(lost);
    expect([sync.pos('GROUPg'), adopted]).toEqual([undefined, []]);
    clock.runOne(60_000);
    asked[1]?.answer(inbox(2));
    expect([sync.pos('GROUPg'), adopted]).toEqual([2, ['GROUPg']]);
  });
});
