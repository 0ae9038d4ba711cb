import { expect } from 'vitest';
import type { EntryRange, LogEntry, Store } from '../../ports/store.ts';
import { play, type Step, scriptRules, scripted, textEvent, textOf } from '../script-rules.ts';
import type { StoreCase } from './contract-case.ts';

const LOG = 'c/1/g:team';

const event = (text: string): Step => ({ do: 'next', log: LOG, text, isMessage: false });
const message = (text: string): Step => ({ do: 'next', log: LOG, text, isMessage: true });

/** Seven entries, of which positions 2, 3, 5 and 7 are the messages 1 to 4; written in two commands, so that reads cross them. */
async function fill(store: Store): Promise<void> {
  await play(store, { exclusive: [LOG], steps: [event('1'), message('2'), message('3')] });
  await play(store, { exclusive: [LOG], steps: [event('4'), message('5'), event('6'), message('7')] });
}

const texts = (entries: readonly LogEntry[]) => entries.map((entry) => textOf(entry.event)).join('');

const ENTRY_RANGES: [Omit<EntryRange, 'log'>, string][] = [
  [{ limit: 9 }, '1234567'],
  [{ limit: 3 }, '123'],
  [{ limit: 3, newest: true }, '567'],
  [{ limit: 0 }, ''],
  [{ limit: 0, newest: true }, ''],
  [{ after: 0, limit: 2 }, '12'],
  [{ after: 2, limit: 2 }, '34'],
  [{ after: 2, limit: 2, newest: true }, '67'],
  [{ before: 5, limit: 2 }, '12'],
  [{ before: 5, limit: 2, newest: true }, '34'],
  [{ after: 2, before: 6, limit: 9 }, '345'],
  [{ after: 2, before: 6, limit: 2 }, '34'],
  [{ after: 2, before: 6, limit: 2, newest: true }, '45'],
  [{ after: 2, before: 3, limit: 9 }, ''],
  [{ after: 6, before: 2, limit: 9 }, ''],
  [{ after: 7, limit: 9 }, ''],
  [{ after: 99, limit: 9 }, ''],
  [{ before: 1, limit: 9 }, ''],
  [{ before: 0, limit: 9, newest: true }, ''],
  [{ before: 99, limit: 1, newest: true }, '7'],
];

/** The same bounds over message numbers: 1, 2, 3, 4 are the texts 2, 3, 5, 7. */
const MESSAGE_RANGES: [Omit<EntryRange, 'log'>, string][] = [
  [{ limit: 9 }, '2357'],
  [{ limit: 3 }, '235'],
  [{ limit: 3, newest: true }, '357'],
  [{ limit: 0, newest: true }, ''],
  [{ after: 1, limit: 2 }, '35'],
  [{ after: 1, limit: 2, newest: true }, '57'],
  [{ before: 4, limit: 2 }, '23'],
  [{ before: 4, limit: 2, newest: true }, '35'],
  [{ after: 1, before: 4, limit: 9 }, '35'],
  [{ after: 1, before: 2, limit: 9 }, ''],
  [{ after: 3, before: 2, limit: 9 }, ''],
  [{ after: 4, limit: 9 }, ''],
  [{ before: 1, limit: 9 }, ''],
  [{ after: 0, before: 99, limit: 9 }, '2357'],
];

async function expectRanges(store: Store): Promise<void> {
  for (const [range, expected] of ENTRY_RANGES) {
    expect([range, texts(await store.entries({ log: LOG, ...range }))]).toEqual([range, expected]);
  }
  for (const [range, expected] of MESSAGE_RANGES) {
    expect([range, texts(await store.messages({ log: LOG, ...range }))]).toEqual([range, expected]);
  }
}

export const logCases: StoreCase[] = [
  {
    name: 'a command answers the entries that it appended, in order',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const other = 'c/1/g:other';
      const { entries } = await play(store, {
        exclusive: [LOG, other],
        steps: [event('a'), message('b'), { do: 'next', log: other, text: 'c', isMessage: true }],
      });
      expect(entries).toEqual([
        { log: LOG, pos: 1, event: textEvent('a') },
        { log: LOG, pos: 2, seq: 1, event: textEvent('b') },
        { log: other, pos: 1, seq: 1, event: textEvent('c') },
      ]);
    },
  },
  {
    name: 'entries and messages are read by every bound, before and after reopening',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await fill(store);
      await expectRanges(store);
      await store.close();
      await expectRanges(await ground.open(scriptRules));
    },
  },
  {
    name: 'a read says position, number and event, and a log that has nothing is empty',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await fill(store);
      expect(await store.entries({ log: LOG, after: 3, limit: 2 })).toEqual([
        { pos: 4, event: textEvent('4') },
        { pos: 5, seq: 3, event: textEvent('5') },
      ]);
      expect(await store.messages({ log: LOG, after: 3, limit: 2 })).toEqual([
        { pos: 7, seq: 4, event: textEvent('7') },
      ]);
      expect(await store.entries({ log: 'c/1/g:nobody', limit: 9 })).toEqual([]);
      expect(await store.messages({ log: 'c/1/g:nobody', limit: 9 })).toEqual([]);
    },
  },
  {
    name: 'a decision reads a log by every bound, its own entries with those before',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await play(store, { exclusive: [LOG], steps: [event('1'), message('2'), message('3')] });
      const own = [event('4'), message('5'), event('6'), message('7')];
      const entries = ENTRY_RANGES.map(([range]): Step => ({ do: 'entries', range: { log: LOG, ...range } }));
      const messages = MESSAGE_RANGES.map(
        ([range]): Step => ({ do: 'messages', range: { log: LOG, ...range } }),
      );
      const peeks = MESSAGE_RANGES.map(
        ([range]): Step => ({ do: 'peekMessages', range: { log: LOG, ...range } }),
      );
      const { reply } = await play(store, {
        exclusive: [LOG],
        steps: [...own, ...entries, ...messages, ...peeks],
      });
      const read = reply.slice(own.length).map((list) => texts(list as unknown as LogEntry[]));
      const expected = [...ENTRY_RANGES, ...MESSAGE_RANGES, ...MESSAGE_RANGES].map(([, text]) => text);
      expect(read).toEqual(expected);
    },
  },
  {
    name: 'an entry is amended in place, at once and for good',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await fill(store);
      const { reply } = await play(store, {
        exclusive: [LOG],
        steps: [
          { do: 'amend', log: LOG, pos: 2, text: 'B' },
          message('8'),
          { do: 'amend', log: LOG, pos: 8, text: 'H' },
          { do: 'entries', range: { log: LOG, limit: 9 } },
        ],
      });
      expect(texts(reply[3] as unknown as LogEntry[])).toBe('1B34567H');
      const amends = ['x', 'y', 'G'].map((text): Step => ({ do: 'amend', log: LOG, pos: 7, text }));
      await Promise.all(amends.map((step) => play(store, { exclusive: [LOG], steps: [step] })));
      const check = async (opened: Store) => {
        expect(texts(await opened.entries({ log: LOG, limit: 9 }))).toBe('1B3456GH');
        expect(texts(await opened.messages({ log: LOG, limit: 9 }))).toBe('B35GH');
        expect(await opened.entries({ log: LOG, after: 1, limit: 1 })).toEqual([
          { pos: 2, seq: 1, event: textEvent('B') },
        ]);
      };
      await check(store);
      await store.close();
      await check(await ground.open(scriptRules));
    },
  },
  {
    name: 'amending what is not there is a bug, and keeps nothing',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await fill(store);
      const steps: Step[] = [message('8'), { do: 'amend', log: LOG, pos: 9, text: '?' }];
      await expect(store.execute(scripted({ exclusive: [LOG], steps }))).rejects.toThrow();
      expect(texts(await store.entries({ log: LOG, limit: 9 }))).toBe('1234567');
      await play(store, { exclusive: [LOG], steps: [message('8')] });
    },
  },
  {
    name: 'a position or number that is not the next one is a bug, and keeps nothing',
    async run(ground) {
      const store = await ground.open(scriptRules);
      await fill(store);
      const wrong: Step[] = [
        { do: 'append', log: LOG, pos: 9, text: 'gap' },
        { do: 'append', log: LOG, pos: 7, text: 'double' },
        { do: 'append', log: LOG, pos: 8, seq: 6, text: 'gap in numbers' },
        { do: 'append', log: LOG, pos: 8, seq: 4, text: 'double number' },
        { do: 'append', log: 'c/1/g:team/new', pos: 2, text: 'not the first' },
        { do: 'append', log: 'c/1/g:team/new', pos: 1, seq: 2, text: 'not the first number' },
      ];
      const before: Step = { do: 'set', key: `${LOG}/trace`, value: 1 };
      for (const step of wrong) {
        const outcome = store.execute(scripted({ exclusive: [LOG], steps: [before, step] }));
        await expect(outcome, JSON.stringify(step)).rejects.toThrow();
      }
      expect(await store.get([`${LOG}/trace`])).toEqual([undefined]);
      await store.close();
      const reopened = await ground.open(scriptRules);
      await expect(
        reopened.execute(scripted({ exclusive: [LOG], steps: wrong.slice(0, 1) })),
      ).rejects.toThrow();
      expect(texts(await reopened.entries({ log: LOG, limit: 9 }))).toBe('1234567');
      await play(reopened, {
        exclusive: [LOG],
        steps: [{ do: 'append', log: LOG, pos: 8, seq: 5, text: '8' }],
      });
      expect(texts(await reopened.messages({ log: LOG, limit: 9 }))).toBe('23578');
    },
  },
  {
    name: 'an entry brings a record that says where it is: in its command, in its moment, before and after reopening',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const [first, second] = ['d/1/100-a/ann', 'd/1/200-a/ann'];
      const bring = (once: string): Step => ({ do: 'next', log: LOG, text: once, isMessage: true, once });
      const exclusive = [LOG, first, second];
      const look: Step[] = [first, second].map((key) => ({ do: 'get', key }));
      const [one, other] = await Promise.all([
        play(store, { exclusive, steps: [event('1'), bring(second), ...look] }),
        play(store, { exclusive, steps: [...look, bring(first), ...look] }),
      ]);
      const [atTwo, atThree] = [2, 3].map((pos) => ({ log: LOG, pos }));
      expect(one.reply.slice(2)).toEqual([null, atTwo]);
      expect(other.reply.filter((_, index) => index !== 2)).toEqual([null, atTwo, atThree, atTwo]);
      const check = async (opened: Store) => {
        expect(await opened.get([first, second, 'd/1/150-a/ann'])).toEqual([atThree, atTwo, undefined]);
        const scan = (more: object) => opened.scan({ prefix: 'd/1/', limit: 9, ...more });
        const all = [
          [first, atThree],
          [second, atTwo],
        ];
        expect(await scan({})).toEqual(all);
        expect(await scan({ reverse: true })).toEqual(all.toReversed());
        expect(await scan({ limit: 1 })).toEqual(all.slice(0, 1));
        expect(await scan({ after: first })).toEqual(all.slice(1));
        expect(await scan({ after: second, reverse: true })).toEqual(all.slice(0, 1));
        expect(await opened.scan({ prefix: 'd/2/', limit: 9 })).toEqual([]);
      };
      await check(store);
      await store.close();
      await check(await ground.open(scriptRules));
    },
  },
  {
    name: 'a command that is refused brings no record either',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const once = 'd/1/100-a/ann';
      const bring: Step = { do: 'next', log: LOG, text: 'x', isMessage: true, once };
      const exclusive = [LOG, once];
      const refused = await store.execute(scripted({ exclusive, steps: [bring, { do: 'refuse' }] }));
      expect(refused.ok).toBe(false);
      await expect(store.execute(scripted({ exclusive, steps: [bring, { do: 'throw' }] }))).rejects.toThrow();
      expect(await store.get([once])).toEqual([undefined]);
      await play(store, { exclusive, steps: [bring] });
      expect(await store.get([once])).toEqual([{ log: LOG, pos: 1 }]);
    },
  },
  {
    name: 'events keep every character',
    async run(ground) {
      const store = await ground.open(scriptRules);
      const text = 'a\0b \ud83d \udc00 👩‍👩‍👧‍👦 \u2028 界'.repeat(500);
      await play(store, { exclusive: [LOG], steps: [message(text)] });
      await store.close();
      const [entry] = await (await ground.open(scriptRules)).entries({ log: LOG, limit: 1 });
      expect(entry && textOf(entry.event)).toBe(text);
    },
  },
];
