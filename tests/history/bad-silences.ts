import type { Line, LogEntry } from './history.ts';
import { GROUP, TOWN } from './story.ts';
import { type BadHistory, withEntries } from './tampering.ts';

type Rights = NonNullable<LogEntry['rights']>;

const EVER_MS = Number.MAX_SAFE_INTEGER;
const isBackIn = ({ kind, pos }: LogEntry): boolean => kind === 'joined' && pos > 1;

/** Ann's group in which Ben is silenced while he is out, then all are, and he may speak again as an admin: all of which he is given. */
export function withSilences(lines: Line[], given: { voice: boolean; role: boolean }): Line[] {
  const rightsAt = (entry: LogEntry): Rights | undefined => {
    if (entry.kind === 'left') return { userID: 'ben', mutedUntilMs: EVER_MS };
    if (entry.body === 'without ben') return { muteAll: true };
    if (isBackIn(entry) && given.voice) return { userID: 'ben', mutedUntilMs: 0 };
    if (entry.body === 'ben is back' && given.role) return { userID: 'ben', role: 'Admin' };
    return undefined;
  };
  return withEntries(lines, GROUP, (entries) =>
    entries.map((entry) => {
      const rights = rightsAt(entry);
      return { ...entry, ...(entry.kind === 'joined' && { by: 'ann' }), ...(rights && { rights }) };
    }),
  );
}

/** What may go wrong with who may speak. */
export const BAD_SILENCES: readonly BadHistory[] = [
  {
    name: 'somebody speaks who was silenced before they left and came back',
    check: 'C14',
    tamper: (lines) => withSilences(lines, { voice: false, role: true }),
  },
  {
    name: 'an ordinary member speaks while all are silenced',
    check: 'C14',
    tamper: (lines) => withSilences(lines, { voice: true, role: false }),
  },
  {
    name: 'somebody speaks in a topic who is silenced in its community',
    check: 'C14',
    tamper: (lines) =>
      withEntries(lines, TOWN, (entries) =>
        entries.map((entry) =>
          entry.kind === 'topic' ? { ...entry, rights: { userID: 'ann', mutedUntilMs: EVER_MS } } : entry,
        ),
      ),
  },
];
