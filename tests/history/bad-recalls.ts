import type { ChangedLine, Line, Seen } from './history.ts';
import { PAIR } from './story.ts';
import { type BadHistory, ends, finalOf, find, inMessages, replaced, withEntries } from './tampering.ts';

const SLIP = 'id-slip';

const toldOf = (lines: Line[], device: string): ChangedLine =>
  find(lines, 'recalled', (line) => line.device === device && line.op === 'recalled');

/** Shows the words where a line shows that they were recalled. */
const shownAgain = (where: (line: Line) => boolean): BadHistory['tamper'] => {
  return (lines) =>
    inMessages(lines, (seen, line) => {
      if (seen.id !== SLIP || !seen.recalled || !where(line)) return seen;
      const { recalled: _gone, ...rest } = seen;
      return { ...rest, body: 'slip' };
    });
};

/** What may go wrong with messages that were recalled. */
export const BAD_RECALLS: readonly BadHistory[] = [
  {
    name: 'the store keeps what was recalled',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.id === SLIP && entry.left ? { ...entry, left: { body: 'slip' } } : entry,
        ),
      ),
  },
  {
    name: 'a page shows what was recalled, after the recall was told',
    check: 'C12',
    tamper: shownAgain((line) => line.op === 'ok'),
  },
  {
    name: 'a device has in the end what was recalled',
    check: 'C12',
    tamper: shownAgain((line) => line.op === 'final' && line.device === 'a3'),
  },
  {
    name: 'a fresh device reads what was recalled',
    check: 'C12',
    tamper: shownAgain((line) => line.op === 'final' && line.device === 'ann-fresh'),
  },
  {
    name: 'a device does not show as recalled what a fresh one does',
    check: 'C10',
    tamper: shownAgain((line) => line.op === 'final' && line.device === 'a3'),
  },
  {
    name: 'a list shows the words of a last message that was recalled',
    check: 'C12',
    tamper: (lines) => {
      const told = lines.indexOf(toldOf(lines, 'a3'));
      const list = find(
        lines.slice(told),
        'conversations',
        (line) => line.device === 'a3' && line.conversations.some(({ lastBody }) => lastBody === ''),
      );
      const conversations = list.conversations.map((row) =>
        row.lastBody === '' ? { ...row, lastBody: 'slip' } : row,
      );
      return replaced(lines, list, { ...list, conversations });
    },
  },
  {
    name: 'a device that was handed a message is never told of its recall',
    check: 'C12',
    tamper: (lines) => replaced(lines, toldOf(lines, 'a3')),
  },
  {
    name: 'a device is told of a recall twice',
    check: 'C12',
    tamper: (lines) => {
      const told = toldOf(lines, 'a3');
      return replaced(lines, told, told, told);
    },
  },
  {
    name: 'a device is told of a recall that there was not',
    check: 'C12',
    tamper: (lines) => {
      const told = toldOf(lines, 'a3');
      const [seen] = told.messages;
      return replaced(lines, told, told, { ...told, messages: [{ ...(seen as Seen), id: 'id-six' }] });
    },
  },
  {
    name: 'a device is told what was recalled',
    check: 'C12',
    tamper: (lines) => {
      const told = toldOf(lines, 'a3');
      const [seen] = told.messages;
      return replaced(lines, told, { ...told, messages: [{ ...(seen as Seen), body: 'slip' }] });
    },
  },
  {
    name: 'a message that nobody recalled is shown as recalled',
    check: 'C12',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'final' && seen.body === 'six' ? { ...seen, body: '', recalled: true } : seen,
      ),
  },
  {
    name: 'a recall that was acknowledged is not in the log',
    check: 'C12',
    tamper: (lines) => withEntries(lines, PAIR, (entries) => entries.filter(({ kind }) => kind !== 'recall')),
  },
  {
    name: 'a recall that was refused is in the log',
    check: 'C12',
    tamper: (lines) => {
      const { call } = find(lines, 'invoke', ({ name }) => name === 'recall');
      return replaced(
        lines,
        find(lines, 'ok', (line) => line.call === call),
        ends(call, 'fail', 10031),
      );
    },
  },
  {
    name: 'somebody recalls what another said',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) => (entry.kind === 'recall' ? { ...entry, from: 'ann' } : entry)),
      ),
  },
  {
    name: 'a message that was recalled counts as unread',
    check: 'C11',
    tamper: (lines) => {
      const line = finalOf(lines, 'a3');
      const conversations = line.conversations.map((row) =>
        row.conv === PAIR ? { ...row, unread: row.unread + 1 } : row,
      );
      return replaced(lines, line, { ...line, conversations });
    },
  },
];
