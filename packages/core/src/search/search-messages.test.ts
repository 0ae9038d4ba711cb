import { LIMITS } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { createMemorySearch } from '../testing/memory-search.ts';
import { createTown, textTo } from '../testing/town.ts';
import { createSearchFollower } from './follower.ts';

/** Ben has said so many things to Ann, and the index has them all. */
async function said(count: number) {
  const { ask, deps, clock } = await createTown(['ann', 'ben']);
  for (let n = 1; n <= count; n++) await ask('ben', 'message.send', textTo('ann', `${n}`, 'tea'));
  const failed = (error: unknown): never => {
    throw error;
  };
  const follower = createSearchFollower({ store: deps.store, index: createMemorySearch(), clock, failed });
  await follower.catchUp();
  follower.stop();
  deps.search = follower.caughtUp;
  const asked = { keywords: ['tea'], conversationID: 'C2Cben', limit: 100 };
  return { ask, search: (cursor = '') => ask('ann', 'search.messages', { ...asked, cursor }) };
}

test.each([-1, 0, 1])('of as many messages as are looked at and %i, so many are counted', async (more) => {
  expect(LIMITS.searchHits).toBe(500);
  const { search } = await said(LIMITS.searchHits + more);
  expect((await search()).total).toBe(500 + Math.min(0, more));
});
