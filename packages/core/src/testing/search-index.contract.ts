import { expect } from 'vitest';
import type { IndexStep, MessageDocument, MessageQuery, SearchIndex } from '../ports/search.ts';
import { phraseOf, wordsOf } from '../search/words.ts';
import { createMemorySearch } from './memory-search.ts';
import { createSeededRandom } from './seeded-random.ts';

const NOTHING: IndexStep = { put: [], drop: [], putNamed: [], dropNamed: [], followed: [] };

const saying = (
  log: string,
  seq: number,
  text: string,
  more: Partial<MessageDocument> = {},
): MessageDocument => ({
  log,
  seq,
  timeMs: 1000 * seq,
  from: 'ann',
  type: 'TIMTextElem',
  words: wordsOf(text),
  ...more,
});

const asking = (keyword: string, more: Partial<MessageQuery> = {}): MessageQuery => ({
  phrases: keyword === '' ? [] : [phraseOf(keyword)],
  all: false,
  reader: 'zoe',
  logs: ['a'],
  senders: [],
  types: [],
  afterMs: 0,
  toMs: 1e12,
  limit: 100,
  ...more,
});

const places = async (index: SearchIndex, query: MessageQuery): Promise<string[]> =>
  (await index.messages(query)).map(({ log, seq }) => `${log}${seq}`);

/** What an index of any kind does. `reopen` gives the same index as a later process would find it. */
export interface SearchGround {
  index: SearchIndex;
  reopen(): Promise<SearchIndex>;
}

export const searchIndexCases: { name: string; run(ground: SearchGround): Promise<void> }[] = [
  {
    name: 'finds words by their beginnings, dense scripts by any two characters, the newest first',
    async run({ index }) {
      const put = [
        saying('a', 1, '我在北京工作'),
        saying('a', 2, 'Hello World'),
        saying('a', 3, '东京和北京'),
        saying('b', 4, '北京'),
      ];
      await index.apply({ ...NOTHING, put });
      expect(await places(index, asking('北京'))).toEqual(['a3', 'a1']);
      expect(await places(index, asking('北京', { logs: ['b', 'a', 'c'] }))).toEqual(['b4', 'a3', 'a1']);
      expect(await places(index, asking('hello wor'))).toEqual(['a2']);
      expect(await places(index, asking('world hello'))).toEqual([]);
      expect(await places(index, asking('北京', { limit: 1 }))).toEqual(['a3']);
      expect(await places(index, asking('北京', { logs: [] }))).toEqual([]);
    },
  },
  {
    name: 'any or all of several keywords, senders, types, times',
    async run({ index }) {
      const put = [
        saying('a', 1, 'tea and cake', { from: 'b/e:n' }),
        saying('a', 2, 'tea'),
        saying('a', 3, '', { type: 'TIMImageElem' }),
      ];
      await index.apply({ ...NOTHING, put });
      const both = { phrases: [['tea'], ['cake']] };
      expect(await places(index, asking('', both))).toEqual(['a2', 'a1']);
      expect(await places(index, asking('', { ...both, all: true }))).toEqual(['a1']);
      expect(await places(index, asking('', { senders: ['b/e:n', 'cai'] }))).toEqual(['a1']);
      expect(await places(index, asking('tea', { senders: ['ann'] }))).toEqual(['a2']);
      expect(await places(index, asking('', { types: ['TIMImageElem'] }))).toEqual(['a3']);
      expect(await places(index, asking('tea', { toMs: 1000 }))).toEqual(['a1']);
      expect(await places(index, asking('tea', { afterMs: 1000 }))).toEqual(['a2']);
      expect(await places(index, asking('tea', { afterMs: 1999, toMs: 2000 }))).toEqual(['a2']);
    },
  },
  {
    name: 'what is meant for some is found by them alone, also when it is put anew',
    async run({ index, reopen }) {
      const readers = ['ann', 'b/e:n'];
      const put = [
        saying('a', 1, 'tea', { readers }),
        saying('a', 2, 'tea'),
        saying('a', 3, 'tea', { readers }),
      ];
      await index.apply({ ...NOTHING, put });
      await index.apply({ ...NOTHING, put: [saying('a', 3, 'tea and cake', { readers })] });
      const check = async (one: SearchIndex): Promise<void> => {
        for (const reader of readers)
          expect(await places(one, asking('tea', { reader }))).toEqual(['a3', 'a2', 'a1']);
        expect(await places(one, asking('tea'))).toEqual(['a2']);
        expect(await places(one, asking('cake'))).toEqual([]);
      };
      await check(index);
      await check(await reopen());
    },
  },
  {
    name: 'what is dropped or put anew is not found by what it said, and a step counts once',
    async run({ index }) {
      await index.apply({ ...NOTHING, put: [saying('a', 1, 'secret'), saying('a', 2, 'first')] });
      const change = { ...NOTHING, drop: [{ log: 'a', seq: 1 }], put: [saying('a', 2, 'second')] };
      await index.apply(change);
      await index.apply(change);
      expect(await places(index, asking('secret'))).toEqual([]);
      expect(await places(index, asking('first'))).toEqual([]);
      expect(await places(index, asking('second'))).toEqual(['a2']);
      const same = Array.from({ length: 50 }, (_, at) => saying('c', at + 1, 'same', { timeMs: 77 }));
      await index.apply({ ...NOTHING, put: same });
      expect(await places(index, asking('same', { logs: ['c'] }))).toHaveLength(50);
    },
  },
  {
    name: 'keeps with each step how far it has come, over a restart',
    async run({ index, reopen }) {
      expect(await index.place()).toBe(undefined);
      await index.apply({ ...NOTHING, put: [saying('a', 1, 'tea')], followed: [['a', 7]], place: 'here' });
      const later = await reopen();
      expect(await later.place()).toBe('here');
      expect(await later.followed(['a', 'b'])).toEqual([7, 0]);
      expect(await places(later, asking('tea'))).toEqual(['a1']);
      await later.reset();
      expect(await later.place()).toBe(undefined);
      expect(await later.followed(['a'])).toEqual([0]);
      expect(await places(later, asking('tea'))).toEqual([]);
    },
  },
  {
    name: 'many messages of some conversations: in whole, a few, and up to some time, as the model finds them',
    async run({ index }) {
      const model = createMemorySearch();
      const random = createSeededRandom(11);
      // Hours pass between some neighbours, and nothing between others.
      let timeMs = 1e9;
      const said = (log: string, seq: number): MessageDocument => {
        timeMs += random.pick([1, 1, 1, 1, 4_000_000]);
        const from = random.pick(['ann', 'ben', 'cai']);
        return saying(log, seq, random.pick(['tea', 'cake', 'tea cake', 'cake tea']), { from, timeMs });
      };
      const step = async (change: Partial<IndexStep>): Promise<void> => {
        for (const each of [index, model]) await each.apply({ ...NOTHING, ...change });
      };
      const ahead = new Map([
        ['a', 0],
        ['b', 0],
      ]);
      for (let round = 0; round < 30; round++) {
        const log = random.pick(['a', 'b']);
        const end = ahead.get(log) ?? 0;
        const count = random.pick([1, 1, 30, 150]);
        await step({ put: Array.from({ length: count }, (_, at) => said(log, end + at + 1)) });
        ahead.set(log, end + count);
        const old = 1 + random.below(end + count);
        await step(random.chance(0.5) ? { drop: [{ log, seq: old }] } : { put: [said(log, old)] });
        const asked = asking(random.pick(['tea', 'cake tea', 'tea cake']), {
          logs: random.pick([['a'], ['a', 'b']]),
          senders: random.pick([[], ['ann', 'cai']]),
          toMs: random.pick([1e12, timeMs - random.below(20_000_000)]),
          afterMs: random.pick([0, timeMs - random.below(20_000_000)]),
          limit: random.pick([3, 70, 10_000]),
        });
        const expected = await places(model, asked);
        expect(await places(index, asked)).toEqual(expected);
      }
      expect(model.size).toBeGreaterThan(300);
    },
  },
  {
    name: 'users, groups and members by what they are called',
    async run({ index }) {
      const user = (id: string, nick: string, app = 1) => ({
        kind: 'user' as const,
        app,
        within: '',
        id,
        words: wordsOf(`${id} ${nick}`),
      });
      const member = (within: string, id: string, card: string) => ({
        kind: 'member' as const,
        app: 1,
        within,
        id,
        words: wordsOf(`${id} ${card}`),
      });
      const group = { kind: 'group' as const, app: 1, within: '', id: 'g', words: wordsOf('g 北京同乡') };
      const putNamed = [user('ann', '安娜'), user('ben', 'Ann too'), user('zoe', 'ann', 2), group];
      putNamed.push(member('g', 'ben', 'the cook') as never, member('h', 'ben', '') as never);
      await index.apply({ ...NOTHING, putNamed });
      const query = { all: false, app: 1, within: [], limit: 10 };
      const ids = async (kind: 'user' | 'group' | 'member', keyword: string, within: string[] = []) =>
        (await index.named({ ...query, kind, within, phrases: keyword ? [phraseOf(keyword)] : [] }))
          .map(({ id, within: place }) => id + place)
          .sort();
      expect(await ids('user', 'ann')).toEqual(['ann', 'ben']);
      expect(await ids('user', '安娜')).toEqual(['ann']);
      expect(await ids('user', '')).toEqual(['ann', 'ben']);
      expect(await ids('group', '同乡')).toEqual(['g']);
      expect(await ids('member', 'cook', ['g', 'h'])).toEqual(['beng']);
      expect(await ids('member', 'ann', ['g', 'h'])).toEqual(['beng', 'benh']);
      expect(await ids('member', 'ann', ['h'])).toEqual(['benh']);
      await index.apply({
        ...NOTHING,
        putNamed: [user('ann', 'Bella')],
        dropNamed: [member('h', 'ben', '')],
      });
      expect(await ids('user', '安娜')).toEqual([]);
      expect(await ids('user', 'bell')).toEqual(['ann']);
      expect(await ids('member', 'ben', ['g', 'h'])).toEqual(['beng']);
    },
  },
  {
    name: 'answers as the model in memory does, whatever comes',
    async run({ index }) {
      const model = createMemorySearch();
      const random = createSeededRandom(7);
      const alphabet = ['北', '京', '上', '海', 'tea ', 'team ', ' the', 'é', '1', ' '] as const;
      const text = () => Array.from({ length: random.below(8) }, () => random.pick(alphabet)).join('');
      for (let round = 0; round < 60; round++) {
        const log = random.pick(['a', 'b', 'c']);
        const put = Array.from({ length: random.below(5) }, () =>
          saying(log, 1 + random.below(40), text(), { from: random.pick(['ann', 'ben']) }),
        );
        const unique = [...new Map(put.map((one) => [one.seq, one])).values()];
        const drop = unique.length > 0 ? [] : [{ log, seq: 1 + random.below(40) }];
        for (const each of [index, model]) await each.apply({ ...NOTHING, put: unique, drop });
        const words = [phraseOf(text()), phraseOf(text())].filter(({ length }) => length > 0);
        const query = asking('', { phrases: words, all: random.chance(0.5), logs: ['a', 'b'] });
        expect((await places(index, query)).sort()).toEqual((await places(model, query)).sort());
      }
    },
  },
];
