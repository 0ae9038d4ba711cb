import type { Seen } from './history.ts';
import { GROUP, PAIR, TOPIC } from './story.ts';
import {
  ackOf,
  type BadHistory,
  deliveryOf,
  ends,
  finalOf,
  find,
  markOf,
  replaced,
  withEntries,
} from './tampering.ts';

/** What may go wrong with what is derived: agreement, unread counts, sessions, membership, time, and that all ends well. */
export const BAD_STATES: readonly BadHistory[] = [
  {
    name: 'a device shows another unread count than a fresh one',
    check: 'C10',
    tamper: (lines) => {
      const line = finalOf(lines, 'a2');
      const conversations = line.conversations.map((row) => ({ ...row, lastBody: 'something else' }));
      return replaced(lines, line, { ...line, conversations });
    },
  },
  {
    name: 'a device misses a friend in the end',
    check: 'C10',
    tamper: (lines) => {
      const line = finalOf(lines, 'ben-fresh');
      return replaced(lines, line, { ...line, friends: ['ann'] });
    },
  },
  {
    name: 'a device does not know whom it has blocked',
    check: 'C10',
    tamper: (lines) => {
      const line = finalOf(lines, 'ben-fresh');
      return replaced(lines, line, { ...line, blocked: ['ann'] });
    },
  },
  {
    name: 'a device misses a group in the end',
    check: 'C10',
    tamper: (lines) => {
      const line = finalOf(lines, 'b1');
      return replaced(lines, line, { ...line, groups: [] });
    },
  },
  {
    name: 'an unread count that all devices agree on is wrong',
    check: 'C11',
    tamper: (lines) =>
      lines.map((line) =>
        line.op === 'final' && line.user === 'ann'
          ? { ...line, conversations: line.conversations.map((row) => ({ ...row, unread: row.unread + 1 })) }
          : line,
      ),
  },
  {
    name: 'an unread count is negative for a moment',
    check: 'C11',
    tamper: (lines) => {
      const list = find(
        lines,
        'conversations',
        (line) => line.device === 'b1' && line.conversations.length > 0,
      );
      return replaced(lines, list, {
        ...list,
        conversations: list.conversations.map((row) => ({ ...row, unread: -1 })),
      });
    },
  },
  {
    name: 'a read mark goes back',
    check: 'C11',
    tamper: (lines) => {
      const mark = markOf(lines, 'ben', PAIR);
      return replaced(lines, mark, { ...mark, readSeq: 1 });
    },
  },
  {
    name: 'both of two rivals live on',
    check: 'C13',
    tamper: (lines) => {
      const live = find(lines, 'live', (line) => line.user === 'ann');
      return replaced(lines, live, { ...live, epochs: [1, 2, 3] });
    },
  },
  {
    name: 'neither of two rivals lives on',
    check: 'C13',
    tamper: (lines) => {
      const live = find(lines, 'live', (line) => line.user === 'ann');
      return replaced(lines, live, { ...live, epochs: [2] });
    },
  },
  {
    name: 'a kicked session is told twice',
    check: 'C13',
    tamper: (lines) => {
      const kick = find(lines, 'state', (line) => line.state === 'kicked');
      return replaced(lines, kick, kick, kick);
    },
  },
  {
    name: 'a kicked session is told a wrong reason',
    check: 'C13',
    tamper: (lines) => {
      const kick = find(lines, 'state', (line) => line.state === 'kicked');
      return replaced(lines, kick, { ...kick, type: 'multipleDevice' });
    },
  },
  {
    name: 'a session that nothing ended is told that it was kicked',
    check: 'C13',
    tamper: (lines) => {
      const where = { device: 'b1', user: 'ben', session: 'b1#1' };
      const heal = find(lines, 'heal', () => true);
      return replaced(
        lines,
        heal,
        { t: heal.t, op: 'state', state: 'kicked', type: 'multipleAccount', ...where },
        heal,
      );
    },
  },
  {
    name: 'a kicked session connects again by itself',
    check: 'C13',
    tamper: (lines) => {
      const kick = find(lines, 'state', (line) => line.state === 'kicked');
      const where = { device: 'a1', user: 'ann', session: 'a1#1' };
      return replaced(lines, kick, kick, { t: kick.t, op: 'wire', what: 'login', resume: true, ...where });
    },
  },
  {
    name: 'what a kicked session sent is stored after its end',
    check: 'C13',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) => (entry.body === 'five' ? { ...entry, commit: 1_000 } : entry)),
      ),
  },
  {
    name: 'somebody is handed what was said while out of the group',
    check: 'C14',
    tamper: (lines) => {
      const delivery = deliveryOf(lines, 'a2', 'without ben');
      return replaced(lines, delivery, delivery, { ...delivery, device: 'b1', user: 'ben', session: 'b1#1' });
    },
  },
  {
    name: 'somebody reads what was said while out of the group',
    check: 'C14',
    tamper: (lines) => {
      const [secret] = deliveryOf(lines, 'a2', 'without ben').messages;
      const fresh = finalOf(lines, 'ben-fresh');
      const history = [...(fresh.histories[GROUP] ?? []), secret as Seen].sort((a, b) => a.seq - b.seq);
      return replaced(lines, fresh, { ...fresh, histories: { ...fresh.histories, [GROUP]: history } });
    },
  },
  {
    name: 'somebody speaks in a group without being in it',
    check: 'C14',
    tamper: (lines) =>
      withEntries(lines, GROUP, (entries) =>
        entries.map((entry) => (entry.body === 'without ben' ? { ...entry, from: 'ben' } : entry)),
      ),
  },
  {
    name: 'somebody is handed what was said in a topic after leaving its community',
    check: 'C14',
    tamper: (lines) => {
      const delivery = deliveryOf(lines, 'a2', 'after ben');
      return replaced(lines, delivery, delivery, { ...delivery, device: 'b1', user: 'ben', session: 'b1#1' });
    },
  },
  {
    name: 'somebody reads what was said in a topic after leaving its community',
    check: 'C14',
    tamper: (lines) => {
      const [secret] = deliveryOf(lines, 'a2', 'after ben').messages;
      const fresh = finalOf(lines, 'ben-fresh');
      const history = [...(fresh.histories[TOPIC] ?? []), secret as Seen];
      return replaced(lines, fresh, { ...fresh, histories: { ...fresh.histories, [TOPIC]: history } });
    },
  },
  {
    name: 'somebody speaks in a topic after leaving its community',
    check: 'C14',
    tamper: (lines) =>
      withEntries(lines, TOPIC, (entries) =>
        entries.map((entry) => (entry.body === 'after ben' ? { ...entry, from: 'ben' } : entry)),
      ),
  },
  {
    name: 'a message of somebody blocked is stored',
    check: 'C14',
    tamper: (lines) => {
      const { entries } = find(lines, 'log', (line) => line.conv === PAIR);
      const { commit = 0 } = entries.find((entry) => entry.body === 'four') ?? {};
      const block = { t: 0, op: 'block', user: 'ann', other: 'ben' } as const;
      // Let in again later: what lies between is the finding.
      return [
        ...lines,
        { ...block, change: 'end', commit: commit + 0.5 },
        { ...block, change: 'begin', commit: commit - 0.5 },
      ];
    },
  },
  {
    name: 'a stranger writes where only friends may',
    check: 'C14',
    tamper: (lines) => {
      const { entries } = find(lines, 'log', (line) => line.conv === PAIR);
      const { commit = 0 } = entries.find((entry) => entry.body === 'four') ?? {};
      const friend = { t: 0, op: 'friend', change: 'begin', commit: 0 } as const;
      return [
        ...lines.map((line) => (line.op === 'meta' ? { ...line, friendsOnly: true as const } : line)),
        { ...friend, user: 'ann', other: 'ben' },
        { ...friend, user: 'ben', other: 'ann' },
        // Taken out by the other one, and back later: what lies between is the finding.
        { ...friend, user: 'ann', other: 'ben', change: 'end', commit: commit - 0.5 },
        { ...friend, user: 'ann', other: 'ben', commit: commit + 0.5 },
      ];
    },
  },
  {
    name: 'a friend stays one after a block',
    check: 'C14',
    tamper: (lines) => [
      ...lines,
      { t: 0, op: 'friend', user: 'ben', other: 'cas', change: 'begin', commit: 1 },
      { t: 0, op: 'block', user: 'cas', other: 'ben', change: 'begin', commit: 2 },
      { t: 0, op: 'block', user: 'cas', other: 'ben', change: 'end', commit: 3 },
    ],
  },
  {
    name: 'somebody blocked becomes a friend',
    check: 'C14',
    tamper: (lines) => [
      ...lines,
      { t: 0, op: 'block', user: 'cas', other: 'ben', change: 'begin', commit: 1 },
      { t: 0, op: 'friend', user: 'ben', other: 'cas', change: 'begin', commit: 2 },
    ],
  },
  {
    name: 'a device misses a wish to be friends in the end',
    check: 'C10',
    tamper: (lines) => {
      const line = finalOf(lines, 'ben-fresh');
      return replaced(lines, line, { ...line, applications: ['in ann'] });
    },
  },
  {
    name: 'time runs backwards along the order',
    check: 'C16',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.body === 'three' ? { ...entry, timeMs: (entry.timeMs ?? 0) - 50 } : entry,
        ),
      ),
  },
  {
    name: 'a call never ends',
    check: 'C17',
    tamper: (lines) => {
      const read = find(lines, 'invoke', (line) => line.name === 'markRead');
      return lines.filter((line) => !('call' in line) || line.op === 'invoke' || line.call !== read.call);
    },
  },
  {
    name: 'a call ends long after its time',
    check: 'C17',
    tamper: (lines) => {
      const ack = ackOf(lines, 'six');
      return replaced(lines, ack, { ...ack, t: ack.t + 61_000 });
    },
  },
  {
    name: 'a send comes to nothing although all faults are over',
    check: 'C17',
    tamper: (lines) => {
      const ack = ackOf(lines, 'six');
      return replaced(lines, ack, { t: ack.t, op: 'info', call: ack.call, code: 2801 });
    },
  },
  {
    name: 'a device is not ready in the end',
    check: 'C17',
    tamper: (lines) => {
      const heal = find(lines, 'heal', () => true);
      const where = { device: 'a2', user: 'ann', session: 'a2#2' };
      return replaced(lines, heal, heal, { t: heal.t, op: 'state', state: 'notReady', ...where });
    },
  },
  {
    name: 'nobody reads anything in the end',
    check: 'unknown',
    tamper: (lines) => lines.filter((line) => line.op !== 'final'),
  },
  {
    name: 'nothing is acknowledged at all',
    check: 'unknown',
    tamper: (lines) =>
      lines.map((line) => (line.op === 'ok' && line.message ? ends(line.call, 'info', 2801) : line)),
  },
];
