import type { ChatSDK } from '@sterna/sdk';
import { expect, test } from 'vitest';
import { history, logIn, settle } from './talk.ts';
import { createWorld } from './world.ts';

type HoppingOptions = Parameters<ChatSDK['getMessageListHopping']>[0];
type Hop = Awaited<ReturnType<ChatSDK['getMessageListHopping']>>;

/** Ben has said so many things to Ann, as fast as they go: many within one second. */
async function talkative(count: number) {
  const world = createWorld(1);
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  const texts = Array.from({ length: count }, (_, n) => `${n}`);
  const sent = texts.map((text) =>
    ben.tim.sendMessage(ben.tim.createTextMessage({ to: 'ann', conversationType: 'C2C', payload: { text } })),
  );
  await settle(world, Promise.all(sent));
  const conversationID = 'C2Cben';
  /** All that is read from a time on, page by page, as an application goes on. */
  async function hop(direction: 0 | 1, from: number, count = 7): Promise<string[]> {
    const read: string[] = [];
    let time = from;
    for (let pages = 0; pages < 60; pages++) {
      const options: HoppingOptions = { conversationID, direction, count, ...(time > 0 && { time }) };
      const { data }: Hop = await settle(world, ann.tim.getMessageListHopping(options));
      const page = data.messageList.map(({ payload }) => (payload as { text: string }).text);
      if (direction === 0) read.unshift(...page);
      else read.push(...page);
      if (data.isCompleted) return read;
      time = data.nextMessageTime ?? 0;
    }
    throw new Error('it goes round and round');
  }
  const page = await history(world, ann, conversationID);
  const [oldest, newest] = [page[0]?.time ?? 0, page.at(-1)?.time ?? 0];
  return { world, ann, texts, hop, oldest, newest };
}

test('a second may hold more messages than a page: each is read, once, in both directions', async () => {
  const { texts, hop, oldest, newest } = await talkative(40);
  expect(newest - oldest).toBeLessThan(2);
  expect(await hop(0, newest)).toEqual(texts);
  expect(await hop(1, oldest)).toEqual(texts);
  expect(await hop(0, 0)).toEqual(texts);
});

test('a run of messages that were deleted, longer than a page, is passed over', async () => {
  const { world, ann, texts, hop, newest } = await talkative(40);
  const page = await history(world, ann, 'C2Cben');
  await settle(world, ann.tim.deleteMessage(page.slice(3)));
  expect(await hop(0, newest)).toEqual(texts.slice(0, 28));
  expect(await hop(0, newest, 1)).toEqual(texts.slice(0, 28));
});
