import { expect } from 'vitest';
import type { Store } from '../../ports/store.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { play, scriptRules, scripted, type Step } from '../script-rules.ts';
import type { StoreCase } from './contract-case.ts';

const logOf = (index: number) => `c/1/g:${index}`;
const next = (log: string): Step => ({ do: 'next', log, text: 'x', isMessage: true });

async function grow(store: Store, ...indexes: number[]): Promise<void> {
  const logs = indexes.map(logOf);
  await play(store, { exclusive: [...new Set(logs)], steps: logs.map(next) });
}

/** Everything named since the cursor, newest position each. */
async function follow(store: Store, cursor: string, seen: Map<string, number>): Promise<string> {
  const answer = await store.changes(cursor);
  for (const [log, pos] of answer.logs) seen.set(log, Math.max(pos, seen.get(log) ?? 0));
  return answer.cursor;
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

export const changesCases: StoreCase[] = [
  {
    name: 'changes name the logs that grew since the cursor, with their newest positions',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await grow(store, 1, 2);
      const start = await store.changes(undefined);
      expect(start.logs).toEqual([]);
      await grow(store, 2, 3, 3);
      const second = await store.changes(start.cursor);
      const named = new Map(second.logs);
      expect(named.get(logOf(2))).toBe(2);
      expect(named.get(logOf(3))).toBe(2);
      // The same cursor asks the same question.
      const repeated = new Map((await store.changes(start.cursor)).logs);
      expect([repeated.get(logOf(2)), repeated.get(logOf(3))]).toEqual([2, 2]);
    },
  },
  {
    name: 'changes come to rest: what is quiet is not named for ever',
    async run(ground) {
      const store = await ground.open(scriptRules);
      let { cursor } = await store.changes(undefined);
      await grow(store, 1, 2);
      let named = Infinity;
      for (let poll = 0; poll < 5 && named > 0; poll++) {
        const answer = await store.changes(cursor);
        cursor = answer.cursor;
        named = answer.logs.length;
      }
      expect(named).toBe(0);
    },
  },
  {
    name: 'logs are listed by name, a page at a time, whether or not they are settled',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await grow(store, 3, 1, 2, 11);
      const all = await store.logs({ limit: 100 });
      expect(all).toEqual([logOf(1), logOf(11), logOf(2), logOf(3)]);
      expect(await store.logs({ limit: 2 })).toEqual(all.slice(0, 2));
      expect(await store.logs({ after: logOf(11), limit: 2 })).toEqual(all.slice(2));
      expect(await store.logs({ after: logOf(3), limit: 2 })).toEqual([]);
    },
  },
  {
    name: 'writes that append nothing are no growth',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await grow(store, 1);
      let { cursor } = await store.changes(undefined);
      cursor = (await store.changes(cursor)).cursor;
      await play(store, { exclusive: [logOf(2)], steps: [{ do: 'set', key: `${logOf(2)}/x`, value: 1 }] });
      await store.execute(scripted({ exclusive: [logOf(3)], steps: [next(logOf(3)), { do: 'refuse' }] }));
      expect((await store.changes(cursor)).logs.map(([log]) => log)).not.toContain(logOf(3));
    },
  },
  {
    name: 'changes skip nothing while many commit at once',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const random = createSeededRandom(4);
      const seen = new Map<string, number>();
      let { cursor } = await store.changes(undefined);
      const logs = 30;
      let isWriting = true;
      const writers = Array.from({ length: 8 }, async () => {
        for (let round = 0; round < 25; round++) {
          await Promise.all(
            Array.from({ length: 1 + random.below(5) }, () => grow(store, random.below(logs))),
          );
          await nextTurn();
        }
      });
      const reader = (async () => {
        let polls = 0;
        while (isWriting) {
          cursor = await follow(store, cursor, seen);
          polls += 1;
          await nextTurn();
        }
        return polls;
      })();
      await Promise.all(writers);
      isWriting = false;
      expect(await reader).toBeGreaterThan(2);
      cursor = await follow(store, cursor, seen);
      for (let index = 0; index < logs; index++) {
        const [newest] = await store.entries({ log: logOf(index), limit: 1, newest: true });
        expect([index, seen.get(logOf(index))]).toEqual([index, newest?.pos]);
      }
    },
  },
  {
    name: 'a cursor outlives closing, however much has grown since',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const { cursor } = await store.changes(undefined);
      await grow(store, 1);
      await store.close();
      const reopened = await ground.open(scriptRules);
      await Promise.all(Array.from({ length: 300 }, (_, index) => grow(reopened, 2 + (index % 100))));
      const named = new Map((await reopened.changes(cursor)).logs);
      expect(named.get(logOf(1))).toBe(1);
      expect(named.size).toBe(101);
      expect(named.get(logOf(2))).toBe(3);
    },
  },
  {
    name: 'a cursor that cannot be continued says so',
    async run(ground) {
      const store = await ground.open(scriptRules);
      for (const cursor of ['', 'nonsense', 'another:1', '0:0']) {
        await expect(store.changes(cursor)).rejects.toMatchObject({ reason: 'reset' });
      }
    },
  },
];
