import type { Line, Seen } from './history.ts';
import { GROUP, PAIR } from './story.ts';
import {
  type BadHistory,
  deliveryOf,
  ends,
  finalOf,
  find,
  inMessages,
  markOf,
  replaced,
} from './tampering.ts';

const deletionOf = (lines: Line[]) => find(lines, 'invoke', ({ name }) => name === 'deleteMessages');

/** Puts a message that was sent into what a device has, before what follows it. */
function shownAgain(lines: Line[], body: string, isThere: (line: Line) => boolean): Line[] {
  const [seen] = deliveryOf(lines, 'a2', body).messages;
  const again = seen as Seen;
  return lines.map((line) => {
    if (!isThere(line)) return line;
    const put = (history: readonly Seen[]) => [...history, again].toSorted((a, b) => a.seq - b.seq);
    if (line.op === 'ok') return { ...line, messages: put(line.messages ?? []) };
    if (line.op !== 'final') return line;
    const histories = { ...line.histories, [again.conv]: put(line.histories[again.conv] ?? []) };
    return { ...line, histories };
  });
}

/** A page that a device reads after something happened. */
function pageAfter(lines: Line[], happened: Line, conv: string): Line {
  const rest = lines.slice(lines.indexOf(happened));
  const { call } = find(
    rest,
    'invoke',
    (line) => line.name === 'history' && line.device === 'a3' && line.conv === conv,
  );
  return find(rest, 'ok', (line) => line.call === call);
}

/** What may go wrong with messages that somebody deleted for themselves. */
export const BAD_DELETIONS: readonly BadHistory[] = [
  {
    name: 'the device that deleted a message reads it again',
    check: 'C12',
    tamper: (lines) => {
      const page = pageAfter(lines, deletionOf(lines), PAIR);
      return shownAgain(lines, 'gossip', (line) => line === page);
    },
  },
  {
    name: 'another device of the user has in the end what was deleted',
    check: 'C12',
    tamper: (lines) => shownAgain(lines, 'gossip', (line) => line.op === 'final' && line.device === 'a2'),
  },
  {
    name: 'a fresh device reads what was deleted',
    check: 'C5',
    tamper: (lines) =>
      shownAgain(lines, 'gossip', (line) => line.op === 'final' && line.device === 'ann-fresh'),
  },
  {
    name: 'another device of the user lists what was deleted',
    check: 'C12',
    tamper: (lines) => {
      const gone = lines.findIndex((line) => line.op === 'gone' && line.seqs.length > 0);
      const list = find(lines.slice(gone), 'conversations', (line) => line.device === 'a2');
      const [chatter] = deliveryOf(lines, 'a2', 'chatter').messages;
      const conversations = list.conversations.map((row) =>
        row.conv === PAIR ? { ...row, lastSeq: chatter?.seq ?? 0, lastBody: 'chatter' } : row,
      );
      return replaced(lines, list, { ...list, conversations });
    },
  },
  {
    name: 'what one of two deletes is gone for the other too',
    check: 'C5',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'final' && line.user === 'ben' && seen.body === 'gossip' ? undefined : seen,
      ),
  },
  {
    name: 'a deletion that was acknowledged is not done',
    check: 'C12',
    tamper: (lines) => {
      const mark = markOf(lines, 'ann', PAIR);
      return replaced(lines, mark, { ...mark, deleted: [] });
    },
  },
  {
    name: 'a deletion that was refused is done',
    check: 'C12',
    tamper: (lines) => {
      const { call } = deletionOf(lines);
      return replaced(
        lines,
        find(lines, 'ok', (line) => line.call === call),
        ends(call, 'fail', 10035),
      );
    },
  },
  {
    name: 'something is gone for a user who deleted nothing',
    check: 'C12',
    tamper: (lines) => [...lines, { op: 'gone', user: 'ben', conv: PAIR, pos: 1, seqs: [2], through: 0 }],
  },
  {
    name: 'a history is cleared for a user who did not ask for it',
    check: 'C12',
    tamper: (lines) => [...lines, { op: 'gone', user: 'ben', conv: PAIR, pos: 1, seqs: [], through: 2 }],
  },
  {
    name: 'a page shows what was cleared',
    check: 'C12',
    tamper: (lines) => {
      const clearing = find(lines, 'invoke', ({ name }) => name === 'clearHistory');
      const page = pageAfter(lines, clearing, GROUP);
      return shownAgain(lines, 'sugar', (line) => line === page);
    },
  },
  {
    name: 'a device has in the end what was cleared on another',
    check: 'C12',
    tamper: (lines) => shownAgain(lines, 'sugar', (line) => line.op === 'final' && line.device === 'a2'),
  },
  {
    name: 'a clearing that was acknowledged is not done',
    check: 'C12',
    tamper: (lines) => lines.filter((line) => line.op !== 'gone'),
  },
  {
    name: 'a message that was deleted unread counts as unread',
    check: 'C11',
    tamper: (lines) => {
      const line = finalOf(lines, 'a3');
      const conversations = line.conversations.map((row) =>
        row.conv === PAIR ? { ...row, unread: row.unread + 2 } : row,
      );
      return replaced(lines, line, { ...line, conversations });
    },
  },
];
