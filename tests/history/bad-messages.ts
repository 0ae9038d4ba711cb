import type { Line, Seen } from './history.ts';
import { GROUP, PAIR } from './story.ts';
import {
  ackOf,
  type BadHistory,
  deliveryOf,
  ends,
  find,
  inMessages,
  invokeOf,
  neverStored,
  replaced,
  withEntries,
} from './tampering.ts';

/** What may go wrong with messages: their keeping, their order, their way to applications. */
export const BAD_MESSAGES: readonly BadHistory[] = [
  {
    name: 'an acknowledged message is not in the log',
    check: 'C1',
    tamper: (lines) => neverStored(lines, PAIR, 'two'),
  },
  {
    name: 'an acknowledged message is stored at another place than was said',
    check: 'C1',
    tamper: (lines) => {
      const ack = ackOf(lines, 'three');
      return replaced(lines, ack, { ...ack, message: { ...(ack.message as Seen), seq: 9 } });
    },
  },
  {
    name: 'a fresh reader does not find an acknowledged message',
    check: 'C1',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'final' && line.device === 'ben-fresh' && seen.body === 'one' ? undefined : seen,
      ),
  },
  {
    name: 'a refused message is stored',
    check: 'C2',
    tamper: (lines) => {
      const ack = ackOf(lines, 'two');
      return replaced(lines, ack, ends(ack.call, 'fail', 10007));
    },
  },
  {
    name: 'a refused message is handed to somebody',
    check: 'C2',
    tamper: (lines) => {
      const delivery = deliveryOf(lines, 'a1', 'milk');
      const [seen] = delivery.messages;
      return replaced(lines, delivery, { ...delivery, messages: [{ ...(seen as Seen), body: 'refused' }] });
    },
  },
  {
    name: 'a message is stored twice',
    check: 'C3',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) => {
        const five = entries.find((entry) => entry.body === 'five');
        return [
          ...entries,
          { ...five, pos: entries.length + 1, seq: entries.length + 1, kind: 'message' as const },
        ];
      }),
  },
  {
    name: 'a message is read under two IDs',
    check: 'C3',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'ok' && seen.body === 'three' ? { ...seen, id: 'another' } : seen,
      ),
  },
  {
    name: 'two readers find different messages in one place',
    check: 'C4',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'deliver' && line.device === 'b1' && seen.body === 'two'
          ? { ...seen, body: 'two, forged' }
          : seen,
      ),
  },
  {
    name: 'a message comes with another time than it was stored with',
    check: 'C4',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'deliver' && seen.body === 'two' ? { ...seen, timeS: seen.timeS + 5 } : seen,
      ),
  },
  {
    name: 'the log skips a number',
    check: 'C5',
    tamper: (lines) =>
      withEntries(lines, GROUP, (entries) =>
        entries.map((entry) => (entry.body === 'seven' ? { ...entry, seq: (entry.seq ?? 0) + 1 } : entry)),
      ),
  },
  {
    name: 'a page leaves one out',
    check: 'C5',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'ok' && seen.conv === PAIR && seen.seq === 4 ? undefined : seen,
      ),
  },
  {
    name: 'between two pages one is left out',
    check: 'C5',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'ok' && seen.conv === PAIR && seen.seq === 2 ? undefined : seen,
      ),
  },
  {
    name: 'a page is in the wrong order',
    check: 'C5',
    tamper: (lines) =>
      lines.map((line) =>
        line.op === 'ok' && line.messages ? { ...line, messages: line.messages.toReversed() } : line,
      ),
  },
  {
    name: 'a complete history is not complete',
    check: 'C5',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'final' && seen.conv === GROUP && seen.body === 'seven' ? undefined : seen,
      ),
  },
  {
    name: 'a later message stands before one that was acknowledged',
    check: 'C6',
    tamper: (lines) => {
      const [four, ack] = [invokeOf(lines, 'four'), ackOf(lines, 'four')];
      const rest = lines.filter((line) => line !== four && line !== ack);
      return [...rest, { ...four, t: 90_000 }, { ...ack, t: 90_001 }];
    },
  },
  {
    name: 'two sends of a device change places',
    check: 'C6',
    tamper: (lines) => {
      const [one, two] = [invokeOf(lines, 'one'), invokeOf(lines, 'two')];
      const rest = lines.filter((line) => line !== one && line !== two);
      const place = rest.indexOf(ackOf(lines, 'one'));
      return [...rest.slice(0, place), { ...two, t: one.t }, { ...one, t: one.t }, ...rest.slice(place)];
    },
  },
  {
    name: 'a message is handed over twice',
    check: 'C7',
    tamper: (lines) => {
      const delivery = deliveryOf(lines, 'b1', 'two');
      return replaced(lines, delivery, delivery, delivery);
    },
  },
  {
    name: 'messages are handed over in the wrong order',
    check: 'C7',
    tamper: (lines) => {
      const [two, three] = [deliveryOf(lines, 'b1', 'two'), deliveryOf(lines, 'b1', 'three')];
      const rest = lines.filter((line) => line !== two);
      return replaced(rest, three, three, two);
    },
  },
  {
    name: 'a device is handed what it sent itself',
    check: 'C7',
    tamper: (lines) => {
      const delivery = deliveryOf(lines, 'a2', 'one');
      return replaced(lines, delivery, delivery, { ...delivery, device: 'a1', session: 'a1#1' });
    },
  },
  {
    name: 'a message is never handed over, though the next one is',
    check: 'C7',
    tamper: (lines) => {
      const delivery = deliveryOf(lines, 'b1', 'two');
      return replaced(lines, delivery);
    },
  },
  {
    name: 'the last message is never handed over',
    check: 'C7',
    tamper: (lines) => replaced(lines, deliveryOf(lines, 'a2', 'six')),
  },
  {
    name: 'another device of the sender is not told',
    check: 'C7',
    tamper: (lines) => replaced(lines, deliveryOf(lines, 'a2', 'seven')),
  },
  {
    name: 'the newest page ends before what was known',
    check: 'C8',
    tamper: (lines) => {
      const page = find(lines, 'invoke', (line) => line.newest === true);
      return inMessages(lines, (seen, line) =>
        line.op === 'ok' && line.call === page.call && seen.seq === 5 ? undefined : seen,
      );
    },
  },
  {
    name: 'the list goes back to an older message',
    check: 'C8',
    tamper: (lines) => {
      const row = { conv: PAIR, unread: 0, lastSeq: 1, lastBody: 'one' };
      const where = { device: 'b1', user: 'ben', session: 'b1#1' };
      const heal = find(lines, 'heal', () => true);
      return replaced(lines, heal, heal, { t: heal.t, op: 'conversations', ...where, conversations: [row] });
    },
  },
  {
    name: 'a device claims more than it was told',
    check: 'C9',
    tamper: (lines) => {
      const where = { device: 'b1', user: 'ben', session: 'b1#1', op: 'wire' as const };
      const six = lines.findIndex((line) => line.op === 'invoke' && line.body === 'six');
      return [
        ...lines.slice(0, six),
        { t: 0, ...where, what: 'claim', conv: PAIR, pos: 99 },
        ...lines.slice(six),
      ];
    },
  },
  {
    name: 'a push that overtook another moves the cursor over it',
    check: 'C9',
    tamper: (lines) =>
      lines.filter(
        (line) =>
          !(
            line.op === 'wire' &&
            line.what === 'range' &&
            line.device === 'b1' &&
            line.conv === PAIR &&
            line.from === 3
          ),
      ),
  },
  {
    name: 'a range says that it is all, and leaves a message out',
    check: 'C9',
    tamper: (lines) => {
      const range = find(
        lines,
        'wire',
        (line) => line.what === 'range' && line.device === 'b1' && line.conv === PAIR,
      );
      return replaced(lines, range, { ...range, seqs: [] } as Line);
    },
  },
];
