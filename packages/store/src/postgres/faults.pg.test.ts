import { type Actor, domainRules, type Outcome, type Store } from '@sterna/core';
import {
  createSeededRandom,
  loggedIn,
  play,
  type Script,
  scriptRules,
  sendCommand,
} from '@sterna/core/testing';
import postgres from 'postgres';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPostgresStore } from './postgres-store.ts';
import { layCable } from './testing/cable.ts';
import { freshSchema, TEST_URL } from './testing/fresh-schema.ts';

vi.setConfig({ testTimeout: 60_000 });

const SEED = 20_261_123;
const LOG = 'c/1/p:ann:bob';
const SCOPE = 'c/1/g:a';
const addOne: Script = { exclusive: [SCOPE], steps: [{ do: 'add', key: `${SCOPE}/n`, amount: 1 }] };
const append = (log: string): Script => ({
  exclusive: [log],
  steps: [{ do: 'next', log, text: 'x', isMessage: true }],
});

let ground = freshSchema();
beforeEach(() => {
  ground = freshSchema();
  const { dispose } = ground;
  onTestFinished(dispose);
});

/** A connection of the test's own, in the schema of the test. */
function adminSql() {
  const sql = postgres(TEST_URL, {
    max: 1,
    onnotice: () => undefined,
    connection: { search_path: ground.schema },
  });
  onTestFinished(() => sql.end());
  return sql;
}

async function cable() {
  const laid = await layCable(TEST_URL);
  onTestFinished(laid.close);
  return laid;
}

/** Executes until there is an outcome, as a client does that keeps its clientID. */
async function untilKnown(
  store: Store,
  execute: () => Promise<Outcome>,
): Promise<{ outcome: Outcome; attempts: number }> {
  for (let attempts = 1; attempts < 100; attempts++) {
    try {
      return { outcome: await execute(), attempts };
    } catch (error) {
      expect(error).toMatchObject({ reason: 'storeUnavailable' });
    }
  }
  throw new Error(`never an outcome (epoch ${store.epoch})`);
}

async function expectEach(store: Store, clientIDs: readonly string[]): Promise<void> {
  const messages = await store.messages({ log: LOG, limit: 5_000 });
  const stored = messages.map(({ event }) => event.t === 'message' && event.clientID);
  expect(stored).toHaveLength(clientIDs.length);
  expect(new Set(stored)).toEqual(new Set(clientIDs));
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
}

describe('a connection that is lost', () => {
  test(`at any byte of any answer leaves every message stored once (seed ${SEED})`, async () => {
    const { url, cutAfter, mend } = await cable();
    const direct = await ground.open(domainRules);
    const [ann] = [await loggedIn(direct, 'ann'), await loggedIn(direct, 'bob')];
    const store = await ground.open(domainRules, { url, lanes: 2 });
    const random = createSeededRandom(SEED);
    const clientIDs: string[] = [];
    let repeated = 0;
    let duplicates = 0;
    for (let round = 0; round < 40; round++) {
      cutAfter(1 + random.below(700));
      const sends = Array.from({ length: 1 + random.below(4) }, async (_, index) => {
        const clientID = `${round}-${index}`;
        clientIDs.push(clientID);
        const send = sendCommand(ann, { conversationID: 'C2Cbob', clientID, text: clientID });
        const { outcome, attempts } = await untilKnown(store, () => store.execute(send));
        if (attempts > 1) repeated += 1;
        if (outcome.ok && Object.hasOwn(outcome.reply as object, 'duplicate')) duplicates += 1;
        expect(outcome.ok).toBe(true);
      });
      await Promise.all(sends);
    }
    mend();
    await expectEach(direct, clientIDs);
    // Cuts before and after the commit both have happened, or the test has shown nothing.
    expect(repeated).toBeGreaterThan(duplicates);
    expect(duplicates).toBeGreaterThan(0);
  });

  test('by the server’s doing, idle or busy, is made anew', async () => {
    const store = await ground.open(scriptRules, { lanes: 2, readers: 1 });
    const sql = adminSql();
    await play(store, addOne);
    await store.get([SCOPE]);
    const killAll = () =>
      sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${ground.schema}`;
    await killAll();
    let done = 0;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let round = 0; round < 30; round++) {
        const log = `c/1/g:${writer}`;
        const settled = await Promise.allSettled([play(store, append(log))]);
        done += settled.filter(({ status }) => status === 'fulfilled').length;
        if (round % 7 === writer) await killAll();
      }
    });
    await Promise.all(writers);
    expect(done).toBeGreaterThan(60);
    let stored = 0;
    for (let writer = 0; writer < 4; writer++)
      stored += (await store.entries({ log: `c/1/g:${writer}`, limit: 99 })).length;
    expect(stored).toBeGreaterThanOrEqual(done);
  });

  test('and hangs instead of ending is given up after a while', async () => {
    const { url, hang, mend } = await cable();
    const store = await ground.open(scriptRules, { url, lanes: 1, batchMs: 300 });
    await play(store, addOne);
    hang();
    await expect(play(store, addOne)).rejects.toMatchObject({ reason: 'storeUnavailable' });
    mend();
    await vi.waitFor(async () => expect((await play(store, addOne)).reply).toHaveLength(1), {
      timeout: 10_000,
    });
    const [count] = await store.get([`${SCOPE}/n`]);
    expect([2, 3]).toContain(count);
  });
});

describe('two processes on one database', () => {
  test('take turns on a scope, and neither misses what the other appends', async () => {
    const stores = [await ground.open(scriptRules), await ground.open(scriptRules)] as const;
    const random = createSeededRandom(SEED);
    const seen = new Map<string, number>();
    let { cursor } = await stores[1].changes(undefined);
    let isWriting = true;
    const follow = async () => {
      const answer = await stores[1].changes(cursor);
      cursor = answer.cursor;
      for (const [log, pos] of answer.logs) seen.set(log, Math.max(pos, seen.get(log) ?? 0));
    };
    const reader = (async () => {
      while (isWriting) await follow();
    })();
    const logs = ['c/1/g:0', 'c/1/g:1', 'c/1/g:2'] as const;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let round = 0; round < 40; round++) {
        const store = stores[writer % 2] ?? stores[0];
        await Promise.all([play(store, append(random.pick(logs))), play(store, addOne)]);
      }
    });
    await Promise.all(writers);
    isWriting = false;
    await reader;
    await follow();
    expect(await stores[0].get([`${SCOPE}/n`])).toEqual([240]);
    let total = 0;
    for (const log of logs) {
      const entries = await stores[0].entries({ log, limit: 999 });
      expect(entries.map(({ pos }) => pos)).toEqual(entries.map((__, index) => index + 1));
      expect(seen.get(log)).toBe(entries.length);
      total += entries.length;
    }
    expect(total).toBe(240);
  });

  test('decide a duplicate between them as one would alone', async () => {
    const stores = [await ground.open(domainRules), await ground.open(domainRules)] as const;
    const actors: Actor[] = [await loggedIn(stores[0], 'ann'), await loggedIn(stores[1], 'bob')];
    const [ann] = actors;
    if (ann === undefined) throw new Error('ann is missing');
    const clientIDs = Array.from({ length: 30 }, (_, index) => `m-${index}`);
    const sends = clientIDs.flatMap((clientID) =>
      stores.map((store) =>
        store.execute(sendCommand(ann, { conversationID: 'C2Cbob', clientID, text: clientID })),
      ),
    );
    const outcomes = await Promise.all(sends);
    expect(outcomes.filter((outcome) => outcome.ok && outcome.entries.length === 1)).toHaveLength(30);
    await expectEach(stores[0], clientIDs);
  });

  test('start together on an empty database', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => ground.open(scriptRules)));
    expect(new Set(stores.map(({ epoch }) => epoch)).size).toBe(1);
  });
});

describe('opening', () => {
  test('a server that does not answer is a sentence', async () => {
    const opened = openPostgresStore({ url: 'postgres://root@127.0.0.1:9/test' });
    await expect(opened).rejects.toThrow('PostgreSQL does not answer at 127.0.0.1:9');
  });

  test('data of a newer version is refused', async () => {
    await (await ground.open(scriptRules)).close();
    await adminSql()`INSERT INTO migration (version) VALUES (99)`;
    await expect(ground.open(scriptRules)).rejects.toThrow(
      /written by a newer version \(99, this one knows \d+\)/,
    );
  });

  test('after a restore into another cluster there is a new epoch, and changes do not name the same for ever', async () => {
    const before = await ground.open(scriptRules);
    await play(before, append('c/1/g:0'));
    const { cursor } = await before.changes(undefined);
    await before.close();
    await adminSql()`UPDATE entry SET xid = '9000000000000'`;
    const store = await ground.open(scriptRules, { newEpoch: true });
    expect(store.epoch).not.toBe(before.epoch);
    await expect(store.changes(cursor)).rejects.toMatchObject({ reason: 'reset' });
    const fresh = await store.changes(undefined);
    await play(store, append('c/1/g:1'));
    expect((await store.changes(fresh.cursor)).logs).toEqual([['c/1/g:1', 1]]);
  });
});
