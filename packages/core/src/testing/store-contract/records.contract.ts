import { expect } from 'vitest';
import { STORE_BOUNDS } from '../../ports/store-bounds.ts';
import type { Json, ScanRange, Store } from '../../ports/store.ts';
import { play, scriptRules, scripted } from '../script-rules.ts';
import type { StoreCase } from './contract-case.ts';

const SCOPE = 'u/1/alice';

async function put(store: Store, records: Record<string, Json>, scope = SCOPE): Promise<void> {
  const steps = Object.entries(records).map(([key, value]) => ({ do: 'set' as const, key, value }));
  await play(store, { exclusive: [scope], steps });
}

async function keysOf(store: Store, range: ScanRange): Promise<string[]> {
  return (await store.scan(range)).map(([key]) => key);
}

/** Values that one layer or another is known to bend. */
const AWKWARD: Record<string, Json> = {
  null: null,
  false: false,
  zero: 0,
  empty: '',
  largest: Number.MAX_SAFE_INTEGER,
  smallest: -Number.MAX_SAFE_INTEGER,
  fraction: 0.1,
  huge: 1e300,
  emoji: '👩‍👩‍👧‍👦 🇦🇶',
  nul: 'a\0b',
  highSurrogate: 'a\ud83d',
  lowSurrogate: '\udc00b',
  quotes: `'"\\%_$1`,
  lines: 'a\r\n\u2028b',
  nested: { list: [1, [2, { deep: [] }], null], empty: {} },
  proto: JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as Json,
};

export const recordCases: StoreCase[] = [
  {
    name: 'a record is what was set last, and absent before and after',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const [one, other] = [`${SCOPE}/one`, `${SCOPE}/other`];
      expect(await store.get([one])).toEqual([undefined]);
      await put(store, { [one]: { version: 1 } });
      await put(store, { [one]: { version: 2 } });
      expect(await store.get([other, one, one])).toEqual([undefined, { version: 2 }, { version: 2 }]);
      await play(store, {
        exclusive: [SCOPE],
        steps: [
          { do: 'delete', key: one },
          { do: 'delete', key: other },
        ],
      });
      expect(await store.get([one])).toEqual([undefined]);
      await put(store, { [one]: 3 });
      expect(await store.get([one])).toEqual([3]);
      expect(await store.get([])).toEqual([]);
    },
  },
  {
    name: 'any JSON comes back as it was, before and after reopening',
    async run(ground) {
      const records = Object.fromEntries(
        Object.entries(AWKWARD).map(([name, value]) => [`${SCOPE}/${name}`, value]),
      );
      const store = await ground.open(scriptRules);
      await put(store, records);
      const check = async (opened: Store) => {
        for (const [key, value] of Object.entries(records)) {
          const [found] = await opened.get([key]);
          expect(JSON.stringify(found)).toBe(JSON.stringify(value));
        }
      };
      await check(store);
      await store.close();
      await check(await ground.open(scriptRules));
    },
  },
  {
    name: 'members that are undefined are as good as absent',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await put(store, { [`${SCOPE}/sparse`]: { kept: 1, gone: undefined } });
      await store.close();
      expect(await (await ground.open(scriptRules)).get([`${SCOPE}/sparse`])).toEqual([{ kept: 1 }]);
    },
  },
  {
    name: 'large values are kept whole',
    async run(ground) {
      const value = { text: '界'.repeat(300_000), list: Array.from({ length: 2_000 }, (_, index) => index) };
      const store = await ground.open(scriptRules);
      await put(store, { [`${SCOPE}/large`]: value });
      await store.close();
      expect(await (await ground.open(scriptRules)).get([`${SCOPE}/large`])).toEqual([value]);
    },
  },
  {
    name: 'a scan lists a prefix in order, from either end, after a key, up to a limit',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const prefix = `${SCOPE}/session/`;
      const named = ['a', 'b', 'c', 'd', 'e'].map((name) => `${prefix}${name}`);
      const [a, b, c, d, e] = named as [string, string, string, string, string];
      await put(store, {
        [d]: 4,
        [b]: 2,
        [a]: 1,
        [e]: 5,
        [c]: 3,
        [`${SCOPE}/session`]: 0,
        [`${SCOPE}/sessionx`]: 0,
      });
      expect(await store.scan({ prefix, limit: 9 })).toEqual([
        [a, 1],
        [b, 2],
        [c, 3],
        [d, 4],
        [e, 5],
      ]);
      expect(await keysOf(store, { prefix, limit: 2 })).toEqual([a, b]);
      expect(await keysOf(store, { prefix, limit: 2, reverse: true })).toEqual([e, d]);
      expect(await keysOf(store, { prefix, after: b, limit: 2 })).toEqual([c, d]);
      expect(await keysOf(store, { prefix, after: `${prefix}bb`, limit: 2 })).toEqual([c, d]);
      expect(await keysOf(store, { prefix, after: d, limit: 2, reverse: true })).toEqual([c, b]);
      expect(await keysOf(store, { prefix, after: e, limit: 9 })).toEqual([]);
      expect(await keysOf(store, { prefix, after: a, limit: 9, reverse: true })).toEqual([]);
      expect(await keysOf(store, { prefix, after: SCOPE, limit: 9 })).toEqual(named);
      expect(await keysOf(store, { prefix, after: `${SCOPE}/t`, limit: 9 })).toEqual([]);
      expect(await keysOf(store, { prefix, after: `${SCOPE}/t`, limit: 1, reverse: true })).toEqual([e]);
      expect(await keysOf(store, { prefix, limit: 0 })).toEqual([]);
      expect(await keysOf(store, { prefix: `${prefix}z`, limit: 9 })).toEqual([]);
    },
  },
  {
    name: 'a prefix matches nothing but itself: ids that look alike, wildcards, escapes, the end of Unicode',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const neighbours = [`c/1/a`, `c/1/a%2F`, `c/1/a_`, `c/1/aa`, `c/1/A`];
      for (const scope of neighbours)
        await put(store, { [`${scope}/x`]: scope, [`${scope}/\u{10ffff}`]: scope }, scope);
      for (const scope of neighbours) {
        expect(await store.scan({ prefix: `${scope}/`, limit: 9 })).toEqual([
          [`${scope}/x`, scope],
          [`${scope}/\u{10ffff}`, scope],
        ]);
      }
    },
  },
  {
    name: 'keys are ordered by their bytes in UTF-8',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const names = [
        '\u{1f600}',
        '\uffff',
        '\ue000',
        '\ud7ff',
        'é',
        'e\u0301',
        '~',
        'z',
        'a',
        'Z',
        '9',
        '10',
        ' ',
        'a/',
        'a%',
        'aa',
      ];
      await put(store, Object.fromEntries(names.map((name) => [`${SCOPE}/o/${name}`, name])));
      const sorted = names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      const prefix = `${SCOPE}/o/`;
      expect((await store.scan({ prefix, limit: 99 })).map(([, name]) => name)).toEqual(sorted);
      expect((await store.scan({ prefix, limit: 99, reverse: true })).map(([, name]) => name)).toEqual(
        sorted.toReversed(),
      );
      const after = await store.scan({ prefix, after: `${prefix}\uffff`, limit: 99 });
      expect(after.map(([, name]) => name)).toEqual(['\u{1f600}']);
    },
  },
  {
    name: 'a command sees its own writes in every read',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const key = (name: string) => `${SCOPE}/r/${name}`;
      await put(store, { [key('b')]: 1, [key('d')]: 1, [key('f')]: 1 });
      const range = { prefix: `${SCOPE}/r/` };
      const { reply } = await play(store, {
        exclusive: [SCOPE],
        steps: [
          { do: 'set', key: key('a'), value: 2 },
          { do: 'set', key: key('d'), value: 2 },
          { do: 'delete', key: key('f') },
          { do: 'set', key: key('e'), value: 2 },
          { do: 'delete', key: key('e') },
          { do: 'get', key: key('d') },
          { do: 'get', key: key('f') },
          { do: 'scan', range: { ...range, limit: 9 } },
          { do: 'scan', range: { ...range, limit: 1, reverse: true } },
          { do: 'scan', range: { ...range, limit: 1, after: key('a') } },
          { do: 'peekScan', range: { ...range, limit: 2 } },
          { do: 'peek', key: key('a') },
        ],
      });
      expect(reply.slice(5)).toEqual([
        2,
        null,
        [
          [key('a'), 2],
          [key('b'), 1],
          [key('d'), 2],
        ],
        [[key('d'), 2]],
        [[key('b'), 1]],
        [
          [key('a'), 2],
          [key('b'), 1],
        ],
        2,
      ]);
    },
  },
  {
    name: 'keys that could not be told apart in a database are refused; the longest is not',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const longest = `${SCOPE}/${'x'.repeat(STORE_BOUNDS.keyLength - SCOPE.length - 1)}`;
      await put(store, { [longest]: 1 });
      expect(await store.get([longest])).toEqual([1]);
      for (const key of [`${longest}x`, `${SCOPE}/\ud800`, `${SCOPE}/\udc00`, `${SCOPE}/\0`]) {
        const outcome = await store.execute(
          scripted({ exclusive: [SCOPE], steps: [{ do: 'set', key, value: 1 }] }),
        );
        expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'badParameter' } });
        const read = await store.execute(scripted({ exclusive: [SCOPE], steps: [{ do: 'get', key }] }));
        expect(read).toMatchObject({ ok: false, refusal: { reason: 'badParameter' } });
        await expect(store.get([key])).rejects.toMatchObject({ reason: 'badParameter' });
      }
    },
  },
  {
    name: 'reads are bounded aloud',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const most = STORE_BOUNDS.page;
      expect(await store.scan({ prefix: `${SCOPE}/`, limit: most })).toEqual([]);
      for (const limit of [most + 1, -1, 1.5, Number.NaN]) {
        await expect(store.scan({ prefix: `${SCOPE}/`, limit })).rejects.toMatchObject({
          reason: 'badParameter',
        });
        await expect(store.entries({ log: SCOPE, limit })).rejects.toMatchObject({ reason: 'badParameter' });
        await expect(store.messages({ log: SCOPE, limit })).rejects.toMatchObject({ reason: 'badParameter' });
      }
    },
  },
];
