import type { ChangedLine, Line, Seen } from './history.ts';
import { PAIR } from './story.ts';
import { ackOf, type BadHistory, ends, find, inMessages, replaced, withEntries } from './tampering.ts';

const DRAFT = 'id-draft';

const toldOf = (lines: Line[], device: string, version: number): ChangedLine =>
  find(
    lines,
    'edited',
    (line) =>
      line.device === device && line.messages.some((seen) => seen.id === DRAFT && seen.version === version),
  );

const toldOtherwise =
  (change: Partial<Seen>): BadHistory['tamper'] =>
  (lines) => {
    const told = toldOf(lines, 'a2', 2);
    return replaced(lines, told, {
      ...told,
      messages: told.messages.map((seen) => ({ ...seen, ...change })),
    });
  };

/** Shows an older version where the newest is shown. */
const shownBefore =
  (where: (line: Line) => boolean): BadHistory['tamper'] =>
  (lines) =>
    inMessages(lines, (seen, line) =>
      seen.id === DRAFT && seen.version === 2 && where(line)
        ? { ...seen, body: 'second draft', version: 1 }
        : seen,
    );

/** What may go wrong with messages that were edited. */
export const BAD_EDITS: readonly BadHistory[] = [
  {
    name: 'an edit makes a version that there is already',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) => (entry.kind === 'edit' ? { ...entry, version: 1 } : entry)),
      ),
  },
  {
    name: 'the log keeps the words of an older version',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map(({ left, ...entry }) => (left && entry.kind !== 'edit' ? { ...entry, left } : entry)),
      ),
  },
  {
    name: 'a message is stored in an older version',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.kind === 'message' && entry.id === DRAFT
            ? { ...entry, left: { body: 'second draft', version: 1 } }
            : entry,
        ),
      ),
  },
  {
    name: 'a page shows an older version, after the newer was told',
    check: 'C12',
    tamper: shownBefore((line) => line.op === 'ok'),
  },
  {
    name: 'a device has an older version in the end',
    check: 'C12',
    tamper: shownBefore((line) => line.op === 'final' && line.device === 'b1'),
  },
  {
    name: 'a fresh device reads an older version',
    check: 'C12',
    tamper: shownBefore((line) => line.op === 'final' && line.device === 'ben-fresh'),
  },
  {
    name: 'a version has other words for one device than for others',
    check: 'C12',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'final' && line.device === 'b1' && seen.id === DRAFT ? { ...seen, body: 'fourth' } : seen,
      ),
  },
  {
    name: 'a message is shown in a version that there is not',
    check: 'C12',
    tamper: (lines) =>
      inMessages(lines, (seen, line) =>
        line.op === 'final' && seen.body === 'six' ? { ...seen, version: 1 } : seen,
      ),
  },
  {
    name: 'a list shows the words of an older version',
    check: 'C12',
    tamper: (lines) => {
      const list = find(
        lines,
        'conversations',
        (line) => line.device === 'a2' && line.conversations.some(({ lastBody }) => lastBody === 'drawing'),
      );
      const conversations = list.conversations.map((row) =>
        row.lastBody === 'drawing' ? { ...row, lastBody: 'sketch' } : row,
      );
      return replaced(lines, list, { ...list, conversations });
    },
  },
  {
    name: 'a device that shows a message is never told of its newest version',
    check: 'C12',
    tamper: (lines) => replaced(lines, toldOf(lines, 'a2', 2)),
  },
  {
    name: 'a device is told of a version twice',
    check: 'C12',
    tamper: (lines) => {
      const told = toldOf(lines, 'a2', 2);
      return replaced(lines, told, told, told);
    },
  },
  {
    name: 'a device is told of versions in the wrong order',
    check: 'C12',
    tamper: (lines) => {
      const [one, two] = [toldOf(lines, 'a2', 1), toldOf(lines, 'a2', 2)];
      return replaced(replaced(lines, one), two, two, one);
    },
  },
  {
    name: 'a device is told of other words than a version has',
    check: 'C12',
    tamper: toldOtherwise({ body: 'fourth' }),
  },
  {
    name: 'a device is told of a version that there is not',
    check: 'C12',
    tamper: toldOtherwise({ version: 9 }),
  },
  {
    name: 'an edit that was acknowledged is not in the log',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) => entries.filter(({ body }) => body !== 'third draft')),
  },
  {
    name: 'an edit is done twice',
    check: 'C12',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.body === 'second draft' ? { ...entry, body: 'third draft', from: 'ann' } : entry,
        ),
      ),
  },
  {
    name: 'an edit that was refused stands',
    check: 'C12',
    tamper: (lines) => {
      const { call } = find(lines, 'invoke', ({ body }) => body === 'third draft');
      return replaced(
        lines,
        find(lines, 'ok', (line) => line.call === call),
        ends(call, 'fail', 2480),
      );
    },
  },
  {
    name: 'the answer to a send that is repeated after a fresh start says what was before it',
    check: 'C12',
    tamper: (lines) => {
      const draft = ackOf(lines, 'draft');
      const ben = { t: 0, device: 'b9', user: 'ben', session: 'b9#1' };
      const start = { ...ben, op: 'wire', what: 'session', epoch: 9, mode: 'reset' } as const;
      const place = { conv: PAIR, pos: 99, seq: 99, backlog: [] };
      const snapshot = { ...ben, op: 'wire', what: 'snapshot', why: 'reset', ...place } as const;
      const again = {
        ...ben,
        op: 'invoke',
        call: 999,
        name: 'send',
        conv: PAIR,
        body: 'draft',
        again: true,
      } as const;
      return [...lines, start, snapshot, again, { ...draft, call: 999 }];
    },
  },
];
