import type { Line, LogEntry } from './history.ts';
import { type BadHistory, find, inMessages, replaced, withEntries } from './tampering.ts';

const PAIR = 'c2c:ann:ben';

/** What Ben said to Ann in the story is kept from her, whom he does not know to have blocked him. */
function keepFromAnn(lines: Line[], bodies: readonly string[]): Line[] {
  const kept = withEntries(lines, PAIR, (entries) =>
    entries.map((entry): LogEntry => (bodies.includes(entry.body ?? '') ? { ...entry, alone: true } : entry)),
  );
  const { entries } = find(lines, 'log', (line) => line.conv === PAIR);
  const block = { t: 0, op: 'block', user: 'ann', other: 'ben' } as const;
  return entries.reduce<Line[]>(
    (all, { body = '', commit = 0 }) =>
      bodies.includes(body)
        ? [
            ...all,
            { ...block, change: 'begin', commit: commit - 0.5 },
            { ...block, change: 'end', commit: commit + 0.5 },
          ]
        : all,
    kept,
  );
}

const unseenByAnn = (lines: Line[], body: string): Line[] =>
  inMessages(lines, (seen, line) =>
    'user' in line && line.user === 'ann' && seen.body === body ? undefined : seen,
  );

export const BAD_BLOCKS: readonly BadHistory[] = [
  {
    name: "what is its sender's alone is handed to who has blocked them",
    check: 'C14',
    tamper: (lines) => keepFromAnn(lines, ['four']),
  },
  {
    name: "what is its sender's alone is the last of the list of who has blocked them",
    check: 'C14',
    tamper: (lines) => {
      const { entries } = find(lines, 'log', (line) => line.conv === PAIR);
      const lastSeq = entries.find(({ body }) => body === 'four')?.seq ?? 0;
      const list = find(
        lines,
        'conversations',
        (line) => line.user === 'ann' && line.conversations.some(({ conv }) => conv === PAIR),
      );
      const conversations = list.conversations.map((row) => (row.conv === PAIR ? { ...row, lastSeq } : row));
      const shown = replaced(lines, list, { ...list, conversations });
      return unseenByAnn(keepFromAnn(shown, ['four']), 'four');
    },
  },
  {
    name: 'a message is kept from somebody who has blocked nobody',
    check: 'C14',
    tamper: (lines) =>
      unseenByAnn(keepFromAnn(lines, ['four']), 'four')
        .filter(({ op }) => op !== 'block' && op !== 'conversations')
        .map((line) => (line.op === 'final' && line.user === 'ann' ? { ...line, conversations: [] } : line)),
  },
];
