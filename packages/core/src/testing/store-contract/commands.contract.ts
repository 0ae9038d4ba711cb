import { expect } from 'vitest';
import type { Json } from '../../ports/store.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { play, played, scriptRules, scripted, type Step, textEvent } from '../script-rules.ts';
import type { StoreCase } from './contract-case.ts';

const user = (index: number) => `u/1/user${index}`;
const conversation = (index: number) => `c/1/g:${index}`;
const add = (key: string, amount = 1): Step => ({ do: 'add', key, amount });

export const commandCases: StoreCase[] = [
  {
    name: 'a refused command leaves nothing, and its neighbours of the same moment are kept',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const scope = conversation(1);
      const log: Step = { do: 'next', log: scope, text: 'kept', isMessage: true };
      await play(store, { exclusive: [scope], steps: [log, { do: 'set', key: `${scope}/old`, value: 1 }] });
      const outcomes = await Promise.all([
        store.execute(scripted({ exclusive: [scope], steps: [add(`${scope}/n`), log] })),
        store.execute(
          scripted({
            exclusive: [scope],
            steps: [
              add(`${scope}/n`),
              { do: 'set', key: `${scope}/new`, value: 1 },
              { do: 'delete', key: `${scope}/old` },
              { do: 'amend', log: scope, pos: 1, text: 'gone' },
              { do: 'next', log: scope, text: 'lost', isMessage: true },
              { do: 'refuse' },
            ],
          }),
        ),
        store.execute(scripted({ exclusive: [scope], steps: [add(`${scope}/n`), log] })),
      ]);
      expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
      expect(outcomes[1]).toEqual({
        ok: false,
        refusal: { reason: 'noPermission', detail: 'as asked', data: { by: 'script' } },
      });
      expect(await store.get([`${scope}/n`, `${scope}/new`, `${scope}/old`])).toEqual([2, undefined, 1]);
      const kept = [1, 2, 3].map((number) => ({ pos: number, seq: number, event: textEvent('kept') }));
      expect(await store.entries({ log: scope, limit: 9 })).toEqual(kept);
    },
  },
  {
    name: 'a decision that throws rejects its own command only, and leaves nothing',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const scope = conversation(1);
      const results = await Promise.allSettled([
        play(store, { exclusive: [scope], steps: [add(`${scope}/n`)] }),
        play(store, { exclusive: [scope], steps: [add(`${scope}/n`), { do: 'throw' }] }),
        play(store, { exclusive: [scope], steps: [add(`${scope}/n`)] }),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await store.get([`${scope}/n`])).toEqual([2]);
    },
  },
  {
    name: 'commands on one scope take effect in the order of the calls',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const scope = conversation(1);
      const count = 300;
      const replies = await Promise.all(
        Array.from({ length: count }, () => play(store, { exclusive: [scope], steps: [add(`${scope}/n`)] })),
      );
      expect(replies.map(({ reply }) => reply[0])).toEqual(
        Array.from({ length: count }, (_, index) => index + 1),
      );
      expect(await store.get([`${scope}/n`])).toEqual([count]);
    },
  },
  {
    name: 'so do commands that share only one of several scopes',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const shared = user(0);
      const random = createSeededRandom(1);
      const replies = await Promise.all(
        Array.from({ length: 200 }, () => {
          const own = conversation(random.below(20));
          return play(store, { exclusive: [own, shared], steps: [add(`${shared}/n`), add(`${own}/n`)] });
        }),
      );
      expect(replies.map(({ reply }) => reply[0])).toEqual(
        Array.from({ length: 200 }, (_, index) => index + 1),
      );
    },
  },
  {
    name: 'a shared lock sees every exclusive one before it and none after',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const owner = user(0);
      const random = createSeededRandom(2);
      let counted = 0;
      const calls = Array.from({ length: 300 }, (_, index) => {
        if (random.chance(0.2)) {
          counted += 1;
          const expected = counted;
          return { expected, done: play(store, { exclusive: [owner], steps: [add(`${owner}/n`)] }) };
        }
        const own = conversation(index);
        const steps: Step[] = [
          { do: 'copy', from: `${owner}/n`, to: `${own}/copy` },
          { do: 'get', key: `${own}/copy` },
        ];
        return { expected: counted, done: play(store, { exclusive: [own], shared: [owner], steps }) };
      });
      for (const { expected, done } of calls) expect((await done).reply.at(-1) ?? 0).toBe(expected);
    },
  },
  {
    name: 'what moves between scopes is neither lost nor doubled',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const accounts = 8;
      const random = createSeededRandom(3);
      const moves = Array.from({ length: 400 }, async () => {
        const from = random.below(accounts);
        const to = (from + 1 + random.below(accounts - 1)) % accounts;
        const amount = 1 + random.below(9);
        const steps = [add(`${user(from)}/n`, -amount), add(`${user(to)}/n`, amount)];
        const refused: Step[] = random.chance(0.2) ? [{ do: 'refuse' }] : [];
        return await store.execute(
          scripted({ exclusive: [user(from), user(to)], steps: [...steps, ...refused] }),
        );
      });
      const outcomes = await Promise.all(moves);
      expect(outcomes.filter((outcome) => !outcome.ok).length).toBeGreaterThan(0);
      const keys = Array.from({ length: accounts }, (_, index) => `${user(index)}/n`);
      const balances = (await store.get(keys)).map(Number);
      expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(0);
      expect(balances.some((balance) => balance !== 0)).toBe(true);
    },
  },
  {
    name: 'many conversations at once each keep their own dense order',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const logs = Array.from({ length: 12 }, (_, index) => conversation(index));
      const sends = Array.from({ length: 25 }, (_, round) =>
        logs.map((log) => ({
          log,
          sent: store.execute(
            scripted({
              exclusive: [log],
              steps: [{ do: 'next', log, text: `${round}`, isMessage: round % 3 !== 0 }],
            }),
          ),
        })),
      ).flat();
      for (const { sent } of sends) played(await sent);
      for (const log of logs) {
        const entries = await store.entries({ log, limit: 99 });
        expect(entries.map(({ pos }) => pos)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
        expect(entries.map(({ event }) => event)).toEqual(
          Array.from({ length: 25 }, (_, round) => textEvent(`${round}`)),
        );
        const messages = await store.messages({ log, limit: 99 });
        expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      }
    },
  },
  {
    name: 'a read sees every command that has resolved',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const readBack = Array.from({ length: 40 }, async (_, index) => {
        const scope = conversation(index);
        const steps: Step[] = [
          { do: 'set', key: `${scope}/x`, value: index },
          { do: 'next', log: scope, text: 'x', isMessage: true },
        ];
        await play(store, { exclusive: [scope], steps });
        const [[value], scanned, entries, messages] = await Promise.all([
          store.get([`${scope}/x`]),
          store.scan({ prefix: `${scope}/x`, limit: 1 }),
          store.entries({ log: scope, limit: 1, newest: true }),
          store.messages({ log: scope, limit: 1, newest: true }),
        ]);
        expect([value, scanned.length, entries.length, messages.length]).toEqual([index, 1, 1, 1]);
      });
      await Promise.all(readBack);
    },
  },
  {
    name: 'a value read is a value of its own: the next write does not change it',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const scope = conversation(1);
      const set = (value: Json) =>
        play(store, { exclusive: [scope], steps: [{ do: 'set', key: `${scope}/x`, value }] });
      await set({ n: 1 });
      const [before] = await store.get([`${scope}/x`]);
      await set({ n: 2 });
      expect(before).toEqual({ n: 1 });
    },
  },
  {
    name: 'closing waits for what was accepted, and then nothing is accepted',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const scope = conversation(1);
      const accepted = Array.from({ length: 50 }, () =>
        play(store, { exclusive: [scope], steps: [add(`${scope}/n`)] }),
      );
      const closed = store.close();
      const refused = store.execute(scripted({ exclusive: [scope], steps: [add(`${scope}/n`)] }));
      await expect(refused).rejects.toMatchObject({ reason: 'storeUnavailable' });
      await closed;
      await Promise.all(accepted);
      const reopened = await ground.open(scriptRules);
      expect(await reopened.get([`${scope}/n`])).toEqual([50]);
    },
  },
  {
    name: 'the epoch outlives closing',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const { epoch } = store;
      expect(epoch).toMatch(/^[0-9a-z]{8,}$/);
      await store.close();
      expect((await ground.open(scriptRules)).epoch).toBe(epoch);
    },
  },
];
