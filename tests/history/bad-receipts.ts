import type { InvokeLine, Line } from './history.ts';
import type { CountedLine, ReadByPeerLine, ReceiptsLine, SeenReceipt } from './reading.ts';
import { CHOIR, GROUP, PAIR } from './story.ts';
import { type BadHistory, ends, find, inMessages, replaced, withEntries } from './tampering.ts';

const SONG = 'id-song';
const QUESTION = 'id-question';

const countedOf = (lines: Line[], conv: string): CountedLine =>
  find(lines, 'counted', (line) => line.conv === conv);
const sendOf = (lines: Line[], conv: string): InvokeLine =>
  find(lines, 'invoke', (line) => line.name === 'sendReceipts' && line.conv === conv);

function receiptsOf(lines: Line[], device: string): ReceiptsLine {
  const found = lines.find((line) => line.op === 'receipts' && line.device === device);
  if (found?.op !== 'receipts') throw new Error('the story has no such line');
  return found;
}

function readByPeerOf(lines: Line[], device: string): ReadByPeerLine {
  const found = lines.find((line) => line.op === 'readByPeer' && line.device === device);
  if (found?.op !== 'readByPeer') throw new Error('the story has no such line');
  return found;
}

/** Counts a receipt otherwise, or not at all. */
const counting =
  (conv: string, change: (line: CountedLine) => CountedLine[]): BadHistory['tamper'] =>
  (lines) => {
    const line = countedOf(lines, conv);
    return replaced(lines, line, ...change(line));
  };

/** Changes what a line says of the song. */
const sung =
  (where: (line: Line) => boolean, change: (receipt: SeenReceipt) => SeenReceipt): BadHistory['tamper'] =>
  (lines) => {
    const each = (receipts: readonly SeenReceipt[]) =>
      receipts.map((receipt) => (receipt.id === SONG ? change(receipt) : receipt));
    return lines.map((line) =>
      'receipts' in line && line.receipts && where(line) ? { ...line, receipts: each(line.receipts) } : line,
    );
  };

/** The answer to a question about the song: the first was given before anybody had read it. */
const answerTo = (lines: Line[], device: string): ((line: Line) => boolean) => {
  const asked = find(
    lines,
    'invoke',
    (line) => line.name === 'receipts' && line.conv === CHOIR && line.device === device,
  );
  return (line) => line.op === 'ok' && line.call === asked.call;
};

/** Says otherwise who is on a list. */
const listed =
  (which: 'readers' | 'nonReaders', users: readonly string[]): BadHistory['tamper'] =>
  (lines) => {
    const { call } = find(lines, 'invoke', ({ name }) => name === which);
    const answer = find(lines, 'ok', (line) => line.call === call);
    return replaced(lines, answer, { ...answer, users });
  };

/** Shows a message otherwise as read by the peer. */
const shown =
  (id: string, peerRead: boolean, where: (line: Line) => boolean): BadHistory['tamper'] =>
  (lines) =>
    inMessages(lines, (seen, line) => {
      if (seen.id !== id || !where(line)) return seen;
      const { peerRead: _was, ...rest } = seen;
      return { ...rest, ...(peerRead && { peerRead }) };
    });

/** What may go wrong with who has read what. */
const BAD: readonly Omit<BadHistory, 'check'>[] = [
  {
    name: 'a receipt is counted twice',
    tamper: counting(CHOIR, (line) => [line, { ...line, read: 2, unread: 0, commit: line.commit + 0.5 }]),
  },
  {
    name: 'a receipt is counted of somebody whom the message was not sent to',
    tamper: counting(PAIR, (line) => [{ ...line, user: 'cas' }]),
  },
  {
    name: 'a receipt is told to somebody who did not send the message',
    tamper: counting(CHOIR, (line) => [{ ...line, to: 'cas' }]),
  },
  {
    name: 'a receipt is counted for a message that asks for none',
    tamper: (lines) =>
      withEntries(lines, CHOIR, (entries) => entries.map(({ wantsReceipt: _asks, ...entry }) => entry)),
  },
  {
    name: 'a receipt is counted of somebody who is not in the group any more',
    tamper: (lines) => {
      const { commit } = countedOf(lines, CHOIR);
      return withEntries(lines, CHOIR, (entries) => [
        ...entries,
        { pos: entries.length + 1, kind: 'left', users: ['ben'], commit: commit - 0.5 },
      ]);
    },
  },
  {
    name: 'a receipt is counted for somebody who has blocked the reader',
    tamper: (lines) => [
      ...lines,
      { t: 0, op: 'block', user: 'ann', other: 'ben', change: 'begin', commit: 1 },
    ],
  },
  {
    name: 'a receipt is counted that nobody sent',
    tamper: (lines) => {
      const send = sendOf(lines, CHOIR);
      return replaced(lines, send, { ...send, ids: [] });
    },
  },
  {
    name: 'a receipt makes the wrong number of readers',
    tamper: counting(CHOIR, (line) => [{ ...line, read: 2, unread: 0 }]),
  },
  {
    name: 'a receipt that was acknowledged is not counted',
    tamper: counting(CHOIR, () => []),
  },
  {
    name: 'a receipt that was refused is counted',
    tamper: (lines) => {
      const { call } = sendOf(lines, CHOIR);
      return replaced(
        lines,
        find(lines, 'ok', (line) => line.call === call),
        ends(call, 'fail', 10007),
      );
    },
  },
  {
    name: 'read and unread are more than the message was sent to',
    tamper: (lines) => sung(answerTo(lines, 'a2'), (one) => ({ ...one, unread: one.unread + 1 }))(lines),
  },
  {
    name: 'a device is told of a reader who has not read it yet',
    tamper: (lines) => sung(answerTo(lines, 'a3'), (one) => ({ ...one, read: 1, unread: 1 }))(lines),
  },
  {
    name: 'a device is told of fewer readers than before',
    tamper: (lines) => sung(answerTo(lines, 'a2'), (one) => ({ ...one, read: 0, unread: 2 }))(lines),
  },
  {
    name: 'a device finds fewer readers in the end than there are',
    tamper: sung(
      (line) => line.op === 'final' && line.device === 'ann-fresh',
      (one) => ({ ...one, read: 0, unread: 2 }),
    ),
  },
  {
    name: 'a reader is told who else has read',
    tamper: (lines) => {
      const told = receiptsOf(lines, 'a2');
      return replaced(lines, told, told, { ...told, device: 'b1', user: 'ben', session: 'b1#1' });
    },
  },
  {
    name: 'a device of the sender never tells of a reader',
    tamper: (lines) => lines.filter((line) => line.op !== 'receipts' || line.device !== 'a2'),
  },
  {
    name: 'a device tells more often of readers than there are',
    tamper: (lines) => {
      const told = receiptsOf(lines, 'a2');
      return replaced(lines, told, told, told);
    },
  },
  { name: 'the list of readers has somebody who has not read', tamper: listed('readers', ['ben', 'cas']) },
  { name: 'the list of readers lacks somebody who has read', tamper: listed('readers', []) },
  { name: 'the list of readers has somebody twice', tamper: listed('readers', ['ben', 'ben']) },
  { name: 'the list of others has somebody who has read', tamper: listed('nonReaders', ['ben', 'cas']) },
  { name: 'the list of others has who sent it', tamper: listed('nonReaders', ['ann', 'cas']) },
  {
    name: 'a message shows as read before the peer has said so',
    tamper: shown(QUESTION, true, (line) => line.op === 'deliver' && line.device === 'a2'),
  },
  {
    name: 'a message of a group shows as read by the peer',
    tamper: shown(SONG, true, (line) => line.op === 'final' && line.device === 'a3'),
  },
  {
    name: 'a message of the peer shows as read by them',
    tamper: shown('id-four', true, (line) => line.op === 'final' && line.device === 'b1'),
  },
  {
    name: 'a message that was read shows as not read again',
    tamper: shown(QUESTION, false, (line) => line.op === 'final' && line.device === 'a3'),
  },
  {
    name: 'a fresh device does not show what the peer has read',
    tamper: shown(QUESTION, false, (line) => line.op === 'final' && line.device === 'ann-fresh'),
  },
  {
    name: 'a device is told that the peer has read what they have not',
    tamper: (lines) => {
      const told = readByPeerOf(lines, 'a2');
      const messages = told.messages.map((seen) => ({ ...seen, conv: GROUP }));
      return replaced(lines, told, { ...told, messages });
    },
  },
  {
    name: 'a device is told twice that the peer has read something',
    tamper: (lines) => {
      const told = readByPeerOf(lines, 'a2');
      return replaced(lines, told, told, told);
    },
  },
];

export const BAD_RECEIPTS: readonly BadHistory[] = BAD.map((bad) => ({ ...bad, check: 'C20' }));
