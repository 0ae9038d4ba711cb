import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { CoreDeps } from '../deps.ts';
import { noHooks } from '../ports/hooks.ts';
import { createFakeClock, createMemoryStore, createSeededRandom, loggedIn } from '../testing/index.ts';
import { loginSync } from '../sync/login-sync.ts';
import { emptyRooms, nobodyPresent } from '../testing/town.ts';
import { useCases } from '../use-cases.ts';

async function town(): Promise<{ deps: CoreDeps; actors: Record<'ann' | 'bob', Actor> }> {
  const clock = createFakeClock();
  const random = createSeededRandom(1);
  const store = createMemoryStore({ clock, random });
  const deps: CoreDeps = {
    store,
    clock,
    random,
    bus: { publish: () => undefined, subscribe: async () => () => undefined, close: async () => undefined },
    hooks: noHooks,
    presence: nobodyPresent,
    rooms: emptyRooms,
    settings: () => ({
      loginPolicy: { mode: 'multi', instances: { web: 0, other: 0 } },
      profileCustomFields: [],
      recallWindowMs: 120_000,
    }),
  };
  return {
    deps,
    actors: { ann: await loggedIn(store, 'ann', 'web'), bob: await loggedIn(store, 'bob', 'web') },
  };
}

const text = (clientID: string, words: string) => ({
  conversationID: 'GROUPtea',
  clientID,
  elements: [{ type: 'TIMTextElem' as const, payload: { text: words } }],
});

describe('snapshotOf', () => {
  test('a conversation that was deleted stays hidden from a former member, whatever is said in the group since', async () => {
    const { deps, actors } = await town();
    const { ann, bob } = actors;
    const group = { type: 'Public' as const, name: 'tea', groupID: 'tea', members: [{ userID: 'bob' }] };
    await useCases['group.create'](deps, ann, group);
    await useCases['message.send'](deps, ann, text('1', 'milk?'));
    await useCases['group.quit'](deps, bob, { groupID: 'tea' });
    await useCases['conversation.delete'](deps, bob, { conversationIDs: ['GROUPtea'], clearHistory: true });
    await useCases['message.send'](deps, ann, text('2', 'bob is gone'));

    const { conversation } = await useCases['conversation.get'](deps, bob, { conversationID: 'GROUPtea' });
    expect(conversation.hidden).toBe(true);
    expect(conversation.last).toBeUndefined();
  });

  test('a Work group in which nobody spoke stays hidden from who left it, whatever is said since', async () => {
    const { deps, actors } = await town();
    const { ann, bob } = actors;
    const group = { type: 'Private' as const, name: 'tea', groupID: 'tea', members: [{ userID: 'bob' }] };
    await useCases['group.create'](deps, ann, group);
    await useCases['group.quit'](deps, bob, { groupID: 'tea' });
    await useCases['message.send'](deps, ann, text('1', 'bob is gone'));

    const { conversation } = await useCases['conversation.get'](deps, bob, { conversationID: 'GROUPtea' });
    expect(conversation.hidden).toBe(true);
  });

  test('a Work group that was left stays in the list when its history is cleared', async () => {
    const { deps, actors } = await town();
    const { ann, bob } = actors;
    const group = { type: 'Private' as const, name: 'tea', groupID: 'tea', members: [{ userID: 'bob' }] };
    await useCases['group.create'](deps, ann, group);
    await useCases['message.send'](deps, ann, text('1', 'milk?'));
    await useCases['group.quit'](deps, bob, { groupID: 'tea' });
    await useCases['message.clear'](deps, bob, { conversationID: 'GROUPtea' });

    const { conversation } = await useCases['conversation.get'](deps, bob, { conversationID: 'GROUPtea' });
    expect([conversation.hidden, conversation.last]).toEqual([undefined, undefined]);
  });

  test('its unread count is as of its position: a recall that comes while it is made is not taken off before it is told', async () => {
    const { deps, actors } = await town();
    const { ann, bob } = actors;
    const group = { type: 'Public' as const, name: 'tea', groupID: 'tea', members: [{ userID: 'bob' }] };
    await useCases['group.create'](deps, ann, group);
    for (const id of ['1', '2', '3']) await useCases['message.send'](deps, ann, text(id, id));
    const seq = 2;
    const recall = () => useCases['message.recall'](deps, ann, { conversationID: 'GROUPtea', seq });
    let recalled: ReturnType<typeof recall> | undefined;
    // The head is read; what is recalled is looked up after.
    const slow = {
      ...deps.store,
      get epoch() {
        return deps.store.epoch;
      },
      scan: async (range: Parameters<typeof deps.store.scan>[0]) => {
        await (recalled ??= recall());
        return deps.store.scan(range);
      },
    };
    const ask = (store: typeof deps.store) =>
      useCases['conversation.get']({ ...deps, store }, bob, { conversationID: 'GROUPtea' });
    const before = (await ask(slow)).conversation;
    expect(recalled).toBeDefined();
    const after = (await ask(deps.store)).conversation;
    expect([after.pos - before.pos, before.unread - after.unread]).toEqual([1, 1]);
  });

  test('what is handed over at a login is what counts as unread: no tips, nothing that was recalled', async () => {
    const { deps, actors } = await town();
    const { ann, bob } = actors;
    const group = { type: 'Public' as const, name: 'tea', groupID: 'tea', members: [{ userID: 'bob' }] };
    await useCases['group.create'](deps, ann, group);
    await useCases['message.send'](deps, ann, text('1', 'milk?'));
    await useCases['message.send'](deps, ann, text('2', 'slip'));
    await useCases['message.recall'](deps, ann, { conversationID: 'GROUPtea', seq: 3 });

    const { conversations } = await loginSync(deps, bob.app, bob.userID, undefined);
    const tea = conversations.find(({ conversationID }) => conversationID === 'GROUPtea');
    expect(tea).toMatchObject({ unread: 1, seq: 3 });
    expect(tea?.backlog?.map(({ seq }) => seq)).toEqual([2]);
  });
});
