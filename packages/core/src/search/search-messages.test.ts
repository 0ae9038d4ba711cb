import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createMemorySearch } from '../testing/memory-search.ts';
import { createTown, textTo } from '../testing/town.ts';
import { createSearchFollower } from './follower.ts';

/** Ben has said so many things to Ann, and the index has them all; it hears of more when it is told to. */
async function said(count: number) {
  const { ask, deps, clock } = await createTown(['ann', 'ben', 'cai']);
  const { store } = deps;
  let messagesRead = 0;
  deps.store = Object.assign(Object.create(store) as typeof store, {
    messages(range: Parameters<typeof store.messages>[0]) {
      messagesRead += 1;
      return store.messages(range);
    },
  });
  for (let n = 1; n <= count; n++) await ask('ben', 'message.send', textTo('ann', `${n}`, 'tea'));
  const index = createMemorySearch();
  const failed = (error: unknown): never => {
    throw error;
  };
  const follower = createSearchFollower({ store, index, clock, failed });
  await follower.catchUp();
  follower.stop();
  deps.search = index;
  const asked = { keywords: ['tea'], conversationID: 'C2Cben', limit: 100 };
  return {
    ask,
    catchUp: () => {
      const again = createSearchFollower({ store, index, clock, failed });
      return again.catchUp().finally(again.stop);
    },
    search: (cursor = '') => ask('ann', 'search.messages', { ...asked, cursor }),
    reads: () => messagesRead,
  };
}

describe('what is found', () => {
  test('is counted in whole, and reached page by page; only what is shown is read', async () => {
    const { search, reads } = await said(700);
    const seqs: number[] = [];
    let cursor = '';
    do {
      const before = reads();
      const page = await search(cursor);
      expect(reads() - before).toBeLessThanOrEqual(100);
      expect(page).toMatchObject({ total: 700, results: [{ conversationID: 'C2Cben', count: 700 }] });
      seqs.push(...(page.results[0]?.messages ?? []).map(({ seq }) => seq));
      ({ cursor } = page);
    } while (cursor !== '');
    expect(seqs).toEqual(Array.from({ length: 700 }, (_, n) => 700 - n));
  });

  test('in a busy conversation does not hide others, nor what was deleted or cleared there counts', async () => {
    const { ask, search, catchUp } = await said(600);
    await ask('ann', 'message.delete', { conversationID: 'C2Cben', seqs: [7, 8, 600] });
    const other = await ask('ann', 'message.send', textTo('cai', 'x', 'tea for cai'));
    for (let n = 0; n < 600; n++) await ask('ben', 'message.send', textTo('ann', `more ${n}`, 'tea'));
    await catchUp();
    const all = { keywords: ['tea'], limit: 10 };
    expect(await ask('ann', 'search.messages', all)).toMatchObject({
      total: 2,
      results: [
        { conversationID: 'C2Cben', count: 1197, messages: [] },
        { conversationID: 'C2Ccai', count: 1, messages: [{ seq: other.seq }] },
      ],
    });
    await ask('ann', 'message.clear', { conversationID: 'C2Cben' });
    expect((await search()).total).toBe(0);
    expect(await ask('ann', 'search.messages', all)).toMatchObject({ total: 1 });
  });

  test('by an index that has not heard of it yet, and was recalled or changed, is not shown', async () => {
    const { ask, search } = await said(3);
    await ask('ben', 'message.recall', { conversationID: 'C2Cann', seq: 3 });
    const elements = [{ type: 'TIMTextElem' as const, payload: { text: 'coffee' } }];
    await ask('ben', 'message.modify', { conversationID: 'C2Cann', seq: 2, version: 0, elements });
    expect(await search()).toMatchObject({ total: 1, results: [{ count: 1, messages: [{ seq: 1 }] }] });
    await ask('ben', 'message.recall', { conversationID: 'C2Cann', seq: 1 });
    expect(await search()).toEqual({ total: 0, results: [], cursor: '' });
  });
});

test.each([-1, 0, 1])('of as many messages as are looked at and %i, so many are counted', async (more) => {
  const before = LIMITS.searchHits;
  expect(before).toBe(5000);
  Object.assign(LIMITS, { searchHits: 60 });
  try {
    const { search } = await said(LIMITS.searchHits + more);
    expect((await search()).total).toBe(60 + Math.min(0, more));
  } finally {
    Object.assign(LIMITS, { searchHits: before });
  }
});
