import { LIMITS, type SimplifiedMessage, utf8Bytes } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createTown, textTo } from '../testing/town.ts';

/** Bounds that many calls meet together, and times. */

const at = { conversationID: 'C2Cben', seq: 1 };
const codeOf = (asked: Promise<unknown>): Promise<number> =>
  asked.then(
    () => 0,
    (error: { code: number }) => error.code,
  );

describe('the time in which a message may be recalled', () => {
  test.each([
    [-1, 0],
    [0, 0],
    [1, 20016],
  ])('ends after two minutes: %i ms', async (more, code) => {
    expect(LIMITS.recallWindowMs).toBe(120_000);
    const { ask, clock } = await createTown(['ann', 'ben'], {
      settings: { recallWindowMs: LIMITS.recallWindowMs },
    });
    const send = { ...textTo('ben', '1') };
    await ask('ann', 'message.send', send);
    await clock.advance(LIMITS.recallWindowMs + more);
    expect(await codeOf(ask('ann', 'message.recall', at))).toBe(code);
  });
});

test('extensions of one message: 300, deleted ones aside', async () => {
  expect(LIMITS.extensionsOfMessage).toBe(300);
  const { ask } = await createTown(['ann', 'ben']);
  await ask('ann', 'message.send', { ...textTo('ben', '1'), supportsExtensions: true });
  const set = async (from: number, count: number): Promise<number[]> => {
    const extensions = Array.from({ length: count }, (_, n) => ({
      key: `${from + n}`,
      value: '',
      revision: 0,
    }));
    return (await ask('ann', 'message.setExtensions', { ...at, extensions })).results.map(({ code }) => code);
  };
  for (let from = 0; from < 280; from += LIMITS.extensionsSet) await set(from, LIMITS.extensionsSet);
  expect(await set(280, 19)).toEqual(Array.from({ length: 19 }, () => 0));
  expect(await set(299, 2)).toEqual([0, 23002]);
  await ask('ann', 'message.deleteExtensions', { ...at, keys: ['7'] });
  expect(await set(300, 2)).toEqual([0, 23002]);
});

test('users who react in one way: 100; readers on a page: 100', async () => {
  expect([LIMITS.reactionUsers, LIMITS.readMembersPage]).toEqual([100, 100]);
  const names = Array.from({ length: LIMITS.reactionUsers + 1 }, (_, n) => `user-${n}`);
  const { ask } = await createTown(['ann', ...names]);
  const members = names.map((userID) => ({ userID }));
  await ask('ann', 'group.create', { type: 'Public', name: 'tea', groupID: 'tea', members });
  const inTea = { conversationID: 'GROUPtea' };
  const { seq } = await ask('ann', 'message.send', { ...textTo('', '1'), ...inTea, needReadReceipt: true });
  const codes: number[] = [];
  for (const name of names)
    codes.push(await codeOf(ask(name, 'message.addReaction', { ...inTea, seq, reactionID: 'x' })));
  expect(codes).toEqual([...Array.from({ length: LIMITS.reactionUsers }, () => 0), 23006]);
  for (const name of names) await ask(name, 'receipt.send', { ...inTea, seqs: [seq] });
  const page = (limit: number) => ask('ann', 'receipt.members', { ...inTea, seq, read: true, limit });
  const first = await page(LIMITS.readMembersPage);
  expect(first.userIDs).toHaveLength(LIMITS.readMembersPage);
  expect(first.next).toBeDefined();
});

describe('a list of merged messages that is kept apart', () => {
  const said = (text: string): SimplifiedMessage => ({
    ID: 'id',
    from: 'ann',
    nick: '',
    avatar: '',
    time: 1,
    messageBody: [{ type: 'TIMTextElem', payload: { text } }],
  });
  const bytesOf = (messages: readonly SimplifiedMessage[]): number => utf8Bytes(JSON.stringify(messages));
  /** So many bytes, as few characters as can be. */
  const ofBytes = (bytes: number): SimplifiedMessage => {
    const room = bytes - bytesOf([said('')]);
    return said('海'.repeat(Math.floor(room / 3)) + 'x'.repeat(room % 3));
  };

  test.each([
    [-1, 0],
    [0, 0],
    [1, 80002],
  ])('has 1 MiB: %i bytes', async (more, code) => {
    expect(LIMITS.mergerBytes).toBe(1024 * 1024);
    const { ask } = await createTown(['ann', 'ben']);
    const part = 32 * 1024;
    const parts = LIMITS.mergerBytes / part;
    let key: string | undefined;
    for (let after = 0; after < parts - 1; after++) {
      const messages = [ofBytes(part)];
      expect(bytesOf(messages)).toBe(part);
      ({ key } = await ask('ann', 'merger.keep', { ...(key !== undefined && { key }), after, messages }));
    }
    const last = { key, after: parts - 1, messages: [ofBytes(part + more)] };
    expect(await codeOf(ask('ann', 'merger.keep', last))).toBe(code);
  });
});
