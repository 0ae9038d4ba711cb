import { expect, test } from 'vitest';
import type { IndexStep, MessageQuery, SearchIndex } from '../ports/search.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createMemorySearch } from '../testing/memory-search.ts';
import type { MemoryStore } from '../testing/memory-store.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { createTown, textTo } from '../testing/town.ts';
import { createSearchFollower } from './follower.ts';

const EVERYTHING: MessageQuery = {
  reader: 'ann',
  phrases: [],
  all: false,
  logs: ['c/1/p:ann:ben', 'c/1/g:tea'],
  senders: ['ann', 'ben'],
  types: [],
  afterMs: 0,
  toMs: 1e15,
  limit: 1000,
};

/** Everything that an index finds, with the words that it is found by. */
async function contents(index: SearchIndex, words: Iterable<string>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const word of words) found[word] = await index.messages({ ...EVERYTHING, phrases: [[word]] });
  found['*'] = await index.messages(EVERYTHING);
  for (const kind of ['user', 'group'] as const) {
    const query = { phrases: [], all: false, kind, app: 1, within: [], limit: 100 };
    found[kind] = (await index.named(query)).map(({ id }) => id).sort();
  }
  return found;
}

/** Ends the follower's life in some steps: before it is kept, or after. */
function mortal(index: SearchIndex, dies: () => 'before' | 'after' | undefined): SearchIndex {
  return {
    ...index,
    async apply(step: IndexStep) {
      const death = dies();
      if (death === 'before') throw new Error('died before the step');
      await index.apply(step);
      if (death === 'after') throw new Error('died after the step');
    },
  };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'an index that died often is as one made anew (seed %i)',
  async (seed) => {
    const random = createSeededRandom(seed);
    const clock = createFakeClock();
    const { ask, deps } = await createTown(['ann', 'ben']);
    const { store } = deps;
    const index = createMemorySearch();
    let deaths = 0;
    const dies = (): 'before' | 'after' | undefined => {
      if (!random.chance(0.4)) return undefined;
      deaths += 1;
      return random.pick(['before', 'after'] as const);
    };
    const follow = async (one: SearchIndex): Promise<void> => {
      const follower = createSearchFollower({ store, index: one, clock, failed: () => undefined });
      await follower.catchUp().catch(() => undefined);
      follower.stop();
    };
    await ask('ann', 'group.create', {
      groupID: 'tea',
      type: 'Public',
      name: 'tea',
      members: [{ userID: 'ben' }],
    } as never);
    const words = new Set<string>();
    let sent = 0;
    const newest = new Map<number, number>();
    for (let act = 0; act < 60; act++) {
      const kind = random.pick(['send', 'send', 'recall', 'modify', 'follow', 'rename'] as const);
      const seq = 1 + random.below(Math.max(1, sent));
      const word = `w${act}x`;
      words.add(word);
      const about = { conversationID: 'C2Cben', seq };
      if (kind === 'send') {
        await ask('ann', 'message.send', textTo('ben', word, word));
        sent += 1;
      } else if (kind === 'recall') await ask('ann', 'message.recall', about).catch(() => undefined);
      else if (kind === 'modify') {
        const version = newest.get(seq) ?? 0;
        const elements = [{ type: 'TIMTextElem' as const, payload: { text: word } }];
        const changed = ask('ann', 'message.modify', { ...about, version, elements });
        await changed.then(() => newest.set(seq, version + 1)).catch(() => undefined);
      } else if (kind === 'rename') await ask('ann', 'profile.update', { changes: { nick: word } });
      else await follow(mortal(index, dies));
    }
    await follow(index);
    const fresh = createMemorySearch();
    await follow(fresh);
    expect(await contents(index, words)).toEqual(await contents(fresh, words));
    expect(fresh.size).toBeGreaterThan(5);
    expect(deaths).toBeGreaterThan(0);
  },
);

test('after a restore of the store the index is made anew', async () => {
  const { ask, deps } = await createTown(['ann', 'ben']);
  const store = deps.store as MemoryStore;
  const index = createMemorySearch();
  const follower = createSearchFollower({
    store,
    index,
    clock: createFakeClock(),
    failed: (error) => {
      throw error;
    },
  });
  await ask('ann', 'message.send', textTo('ben', 'kept'));
  const snapshot = store.snapshot();
  await ask('ann', 'message.send', textTo('ben', 'lost'));
  await follower.catchUp();
  expect(index.size).toBe(2);
  store.restore(snapshot);
  await follower.catchUp();
  expect(await index.messages({ ...EVERYTHING, phrases: [['lost']] })).toEqual([]);
  expect(index.size).toBe(1);
  follower.stop();
});

test('whoever searches finds what was just said, and waits for it no longer than two seconds', async () => {
  const { ask, deps } = await createTown(['ann', 'ben']);
  const index = createMemorySearch();
  const clock = createFakeClock();
  let isStuck = false;
  const applying: SearchIndex = {
    ...index,
    apply: (step) => (isStuck ? new Promise(() => undefined) : index.apply(step)),
  };
  const { store } = deps;
  const follower = createSearchFollower({ store, index: applying, clock, failed: () => undefined });
  const { caughtUp } = follower;
  await ask('ann', 'message.send', textTo('ben', 'early'));
  expect(await caughtUp.messages(EVERYTHING)).toHaveLength(1);
  const users = { phrases: [['ann']], all: false, kind: 'user' as const, app: 1, within: [], limit: 9 };
  expect(await caughtUp.named(users)).toHaveLength(1);

  isStuck = true;
  await ask('ann', 'message.send', textTo('ben', 'late'));
  let found: unknown[] | undefined;
  const searching = caughtUp.messages(EVERYTHING).then((messages) => (found = messages));
  await clock.advance(1999);
  expect(found).toBe(undefined);
  await clock.advance(1);
  await searching;
  expect(found).toHaveLength(1);
  follower.stop();
});
