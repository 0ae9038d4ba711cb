import { describe, expect, test } from 'vitest';
import type { Json } from '../ports/store.ts';
import type { Rules } from '../transaction/rules.ts';
import { createFakeClock } from './fake-clock.ts';
import {
  type CommitFate,
  createMemoryStore,
  type MemoryStoreOptions,
  type StoreSnapshot,
} from './memory-store.ts';
import { play, scriptRules, scripted, type Step } from './script-rules.ts';
import { createSeededRandom } from './seeded-random.ts';
import { storeContract } from './store-contract/index.ts';

function open(options: Partial<MemoryStoreOptions> = {}) {
  return createMemoryStore({
    clock: createFakeClock(),
    random: createSeededRandom(7),
    rules: scriptRules,
    ...options,
  });
}

storeContract('in memory', async () => {
  let from: StoreSnapshot | undefined;
  return {
    async open(rules) {
      const store = open({ rules, ...(from !== undefined && { from }) });
      const close = store.close.bind(store);
      store.close = async () => {
        await close();
        from = store.snapshot();
      };
      return store;
    },
    dispose: async () => undefined,
  };
});

const KEY = 'c/1/g:a/n';
const add: Step = { do: 'add', key: KEY, amount: 1 };
const addOne = { exclusive: ['c/1/g:a'], steps: [add] };

describe('locks', () => {
  const mine = 'u/1/ann/conversation/C2Cbob';
  const log = 'c/1/p:ann:bob';

  test.each<[string, { exclusive?: string[]; shared?: string[]; step: Step }]>([
    ['a write without a lock', { step: { do: 'set', key: KEY, value: 1 } }],
    ['a write under a shared lock', { shared: ['c/1/g:a'], step: { do: 'set', key: KEY, value: 1 } }],
    [
      'a delete under the lock of another scope',
      { exclusive: ['c/1/g:ab'], step: { do: 'delete', key: KEY } },
    ],
    ['a read without a lock', { step: { do: 'get', key: KEY } }],
    ['a scan without a lock', { step: { do: 'scan', range: { prefix: 'c/1/g:a/', limit: 1 } } }],
    [
      'a scan wider than the lock',
      { exclusive: ['c/1/g:a'], step: { do: 'scan', range: { prefix: 'c/1/g:a', limit: 1 } } },
    ],
    ['an append without a lock', { step: { do: 'append', log: 'c/1/g:a', pos: 1, text: '' } }],
    [
      'an append to a log in a shared scope',
      { shared: ['u/1/ann'], step: { do: 'append', log: 'u/1/ann/system', pos: 1, text: '' } },
    ],
    ['reading entries without a lock', { step: { do: 'entries', range: { log, limit: 1 } } }],
    [
      'a duplicate check of another sender',
      { exclusive: ['d/1/ann/x'], step: { do: 'get', key: 'd/1/ann/y' } },
    ],
    [
      "a user's side of a conversation under the user's shared lock",
      { shared: ['u/1/ann'], step: { do: 'get', key: mine } },
    ],
    ["… and under the conversation's alone", { exclusive: [log], step: { do: 'set', key: mine, value: 1 } }],
    [
      '… and written under both shared',
      { shared: [log, 'u/1/ann'], step: { do: 'set', key: mine, value: 1 } },
    ],
    [
      '… and under another conversation',
      { exclusive: ['c/1/p:ann:cat'], shared: ['u/1/ann'], step: { do: 'set', key: mine, value: 1 } },
    ],
  ])('%s is caught', async (_, { exclusive = [], shared = [], step }) => {
    await expect(open().execute(scripted({ exclusive, shared, steps: [step] }))).rejects.toThrow(
      /lock|wider/,
    );
  });

  test.each<[string, { exclusive?: string[]; shared?: string[]; step: Step }]>([
    ['a read under a shared lock', { shared: ['c/1/g:a'], step: { do: 'get', key: KEY } }],
    ['a peek without any', { step: { do: 'peek', key: KEY } }],
    [
      "a user's side under the user's lock",
      { exclusive: ['u/1/ann'], step: { do: 'set', key: mine, value: 1 } },
    ],
    [
      "… and under the conversation's with the user's shared",
      { exclusive: [log], shared: ['u/1/ann'], step: { do: 'set', key: mine, value: 1 } },
    ],
    ['… and read under both shared', { shared: [log, 'u/1/ann'], step: { do: 'get', key: mine } }],
  ])('%s is allowed', async (_, { exclusive = [], shared = [], step }) => {
    expect((await open().execute(scripted({ exclusive, shared, steps: [step] }))).ok).toBe(true);
  });
});

describe('strictness', () => {
  test('a decision that keeps something outside is caught', async () => {
    let calls = 0;
    const impure: Rules = {
      ...scriptRules,
      decide(tx, command) {
        calls += 1;
        tx.set(KEY, calls);
        return scriptRules.decide(tx, command);
      },
    };
    await expect(
      open({ rules: impure }).execute(scripted({ exclusive: ['c/1/g:a'], steps: [] })),
    ).rejects.toThrow(/second time/);
  });

  test('a record cannot be changed after it was stored, neither what was given nor what is read', async () => {
    const store = open();
    const value = { list: [1] };
    await play(store, { exclusive: ['c/1/g:a'], steps: [{ do: 'set', key: KEY, value }] });
    expect(() => value.list.push(2)).toThrow(TypeError);
    const [read] = (await store.get([KEY])) as [{ list: Json[] }];
    expect(() => read.list.push(2)).toThrow(TypeError);
  });

  test.each([Number.NaN, Infinity, new Date(0), new Map(), () => 1, 1n, [undefined]])(
    '%s is no JSON',
    async (value) => {
      const steps = [{ do: 'set', key: KEY, value: value as unknown as Json } as const];
      await expect(open().execute(scripted({ exclusive: ['c/1/g:a'], steps }))).rejects.toThrow(/JSON/);
    },
  );
});

describe('the fate of commits', () => {
  const fated = (...fates: CommitFate[]) => {
    const clock = createFakeClock();
    const commits: number[] = [];
    const store = open({
      clock,
      fate(commands) {
        commits.push(commands.length);
        return fates.shift() ?? { end: 'ok' };
      },
    });
    return { clock, commits, store };
  };

  test('what is called in one turn is one commit', async () => {
    const { store, commits } = fated();
    await Promise.all([play(store, addOne), play(store, addOne), play(store, addOne)]);
    await play(store, addOne);
    expect(commits).toEqual([3, 1]);
  });

  test.each(['fail', 'lost'] as const)('%s keeps nothing and rejects', async (end) => {
    const { store } = fated({ end });
    await expect(play(store, addOne)).rejects.toMatchObject({ reason: 'storeUnavailable' });
    expect(await store.get([KEY])).toEqual([undefined]);
    expect((await play(store, addOne)).reply).toEqual([1]);
  });

  test('unknown keeps everything and rejects', async () => {
    const { store } = fated({ end: 'unknown' });
    await expect(play(store, addOne)).rejects.toMatchObject({ reason: 'storeUnavailable' });
    expect(await store.get([KEY])).toEqual([1]);
  });

  test('delays: nothing is visible before, nobody hears until after', async () => {
    const { store, clock } = fated({ end: 'ok', beforeMs: 10, afterMs: 5 });
    let isTold = false;
    const told = play(store, addOne).then(() => (isTold = true));
    await clock.advance(9);
    expect(await store.get([KEY])).toEqual([undefined]);
    await clock.advance(1);
    expect([await store.get([KEY]), isTold]).toEqual([[1], false]);
    await clock.advance(5);
    expect(await told).toBe(true);
  });

  test('a crash keeps what was committed, forgets the rest, and tells nobody', async () => {
    const { store, clock, commits } = fated({ end: 'ok', afterMs: 5 }, { end: 'ok', beforeMs: 5 });
    let heard = 0;
    const listen = (outcome: Promise<unknown>) =>
      void outcome.then(
        () => (heard += 1),
        () => (heard += 1),
      );
    listen(play(store, addOne));
    await clock.advance(1);
    listen(play(store, addOne));
    store.crash();
    await clock.advance(100);
    expect([heard, await store.get([KEY])]).toEqual([0, [1]]);

    const again = play(store, addOne);
    await clock.advance(3);
    store.crash();
    await clock.advance(100);
    listen(again);
    expect((await play(store, addOne)).reply).toEqual([2]);
    expect([heard, commits]).toEqual([0, [1, 1, 1]]);
  });

  test('a restore goes back, under another epoch, and old cursors say so', async () => {
    const { store } = fated();
    await play(store, addOne);
    const snapshot = store.snapshot();
    const { cursor } = await store.changes(undefined);
    await play(store, addOne);
    store.restore(snapshot);
    expect(await store.get([KEY])).toEqual([1]);
    expect(store.epoch).not.toBe(snapshot.epoch);
    await expect(store.changes(cursor)).rejects.toMatchObject({ reason: 'reset' });
  });
});
