import type { ConversationEvent } from '@sterna/protocol';
import type { EntryNotice, LogEntry } from '@sterna/core';
import { expect, test } from 'vitest';
import { createTopicPushes } from './topic-pushes.ts';
import type { UserHub } from './user-hub.ts';

const square = '@TGS#_town@TOPIC#_square';

const topicMade = (pos: number): LogEntry => ({
  pos,
  event: { t: 'topic', topicID: square, by: 'ann', timeMs: 0, created: true, changes: {} },
});
const topicEnded = (pos: number): LogEntry => ({
  pos,
  event: { t: 'topicsDeleted', topicIDs: [square], by: 'ann', timeMs: 0 },
});

/** What is said in the topic when the community's log is at a position. */
function said(pos: number, at: number): EntryNotice {
  const event: ConversationEvent = {
    ...{ t: 'message', at, seq: pos, id: `m-${pos}`, from: 'ann', timeMs: 0, countable: pos },
    elements: [],
  };
  return { kind: 'entry', pos, event } as unknown as EntryNotice;
}

function setUp() {
  const handed: string[] = [];
  const stood: string[] = [];
  const feed = { pos: 0, offer: () => undefined, catchUp: () => undefined, retry: () => undefined };
  const hub = { userID: 'ben', push: (item: string) => stood.push(item) } as unknown as UserHub;
  const pushes = createTopicPushes({
    seats: () => [{ hub, afterPos: 0, mayKnow: () => true, leftPos: 0 }],
    hand: ({ item }) => handed.push(item),
    feed: () => feed,
    encode: ({ event }) => JSON.stringify(event),
  });
  const advance = (entry: LogEntry): void => {
    feed.pos = entry.pos;
    pushes.advance(entry);
  };
  return { pushes, advance, handed, stood };
}

test('what was said in a topic is handed when the community is as far, and not before', () => {
  const { pushes, advance, handed } = setUp();
  pushes.offer(square, said(1, 1));
  expect(handed).toEqual([]);
  advance(topicMade(1));
  expect(handed).toHaveLength(1);
});

test('what comes late of a topic that was taken away is handed to nobody, and nobody is told where it stands', () => {
  const { pushes, advance, handed, stood } = setUp();
  advance(topicMade(1));
  pushes.offer(square, said(1, 1));
  pushes.offer(square, said(2, 2));
  advance(topicEnded(2));
  pushes.offer(square, said(3, 1));
  pushes.stand(square, 3);
  expect(handed).toHaveLength(1);
  expect(stood).toEqual([]);
});

test('a topic that is made again under the same ID is handed on', () => {
  const { pushes, advance, handed } = setUp();
  for (const entry of [topicMade(1), topicEnded(2), topicMade(3)]) advance(entry);
  pushes.offer(square, said(1, 3));
  expect(handed).toHaveLength(1);
});
