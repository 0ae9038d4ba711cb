import { GROUP, PAIR } from './story.ts';
import { type BadHistory, find, replaced, withEntries } from './tampering.ts';

const call = { inviteID: 'call', users: ['ben'], timeoutS: 30 };

/** What may go wrong with invitations. */
export const BAD_INVITATIONS: readonly BadHistory[] = [
  {
    name: 'an invitation that was accepted is cancelled too',
    check: 'C18',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.body === 'six' ? { ...entry, from: 'ann', step: { ...call, actionType: 2 } } : entry,
        ),
      ),
  },
  {
    name: 'an invitation is accepted by somebody else',
    check: 'C18',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) => (entry.body === 'accept' ? { ...entry, from: 'ann' } : entry)),
      ),
  },
  {
    name: 'an answer comes before its invitation',
    check: 'C18',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.body === 'call' ? { ...entry, body: 'x', step: { ...call, actionType: 3 } } : entry,
        ),
      ),
  },
  {
    name: 'an invitation times out early',
    check: 'C18',
    tamper: (lines) =>
      withEntries(lines, GROUP, (entries) =>
        entries.map((entry) =>
          entry.step?.actionType === 5 ? { ...entry, timeMs: (entry.timeMs ?? 0) - 9_000 } : entry,
        ),
      ),
  },
  {
    name: 'an invitation is accepted after its time',
    check: 'C18',
    tamper: (lines) =>
      withEntries(lines, PAIR, (entries) =>
        entries.map((entry) =>
          entry.body === 'accept' ? { ...entry, timeMs: (entry.timeMs ?? 0) + 30_000 } : entry,
        ),
      ),
  },
  {
    name: 'an invitation never times out',
    check: 'C18',
    tamper: (lines) =>
      withEntries(lines, GROUP, (entries) =>
        entries.map(({ step, ...entry }) =>
          step?.actionType === 5 || step === undefined ? entry : { ...entry, step },
        ),
      ),
  },
  {
    name: 'a device is told of another end than the log has',
    check: 'C18',
    tamper: (lines) => {
      const ring = find(lines, 'ring', (line) => line.device === 'a3' && line.actionType === 3);
      return replaced(lines, ring, { ...ring, actionType: 4 });
    },
  },
  {
    name: 'a device is told of an end twice',
    check: 'C18',
    tamper: (lines) => {
      const ring = find(lines, 'ring', (line) => line.device === 'a3' && line.actionType === 3);
      return replaced(lines, ring, ring, ring);
    },
  },
  {
    name: 'a device rings on after the time is over',
    check: 'C18',
    tamper: (lines) => {
      const ring = find(lines, 'ring', (line) => line.device === 'b1' && line.actionType === 5);
      return replaced(lines, ring);
    },
  },
];
