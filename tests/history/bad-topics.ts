import type { LogEntry } from './history.ts';
import { TOPIC, TOWN } from './story.ts';
import { type BadHistory, finalOf, replaced, withEntries } from './tampering.ts';

const change =
  (what: (entry: LogEntry) => LogEntry): BadHistory['tamper'] =>
  (lines) =>
    withEntries(lines, TOWN, (entries) => entries.map(what));

/** What may go wrong with the topics of a community. */
export const BAD_TOPICS: readonly BadHistory[] = [
  {
    name: 'something is said in a topic before it is made',
    check: 'C14',
    tamper: (lines) =>
      withEntries(lines, TOPIC, (entries) =>
        entries.map((entry) => (entry.body === 'market' ? { ...entry, after: 1 } : entry)),
      ),
  },
  {
    name: 'a topic that was taken away is still read',
    check: 'C14',
    tamper: change((entry) =>
      entry.topicIDs === undefined ? entry : { ...entry, topicIDs: [TOPIC.slice('topic:'.length)] },
    ),
  },
  {
    name: 'a topic that was taken away is still there for everybody',
    check: 'C14',
    tamper: (lines) =>
      lines.map((line) =>
        line.op === 'final' && line.user === 'ann'
          ? {
              ...line,
              topics: [...line.topics, { topicID: '@TGS#_town@TOPIC#_square-cellar', name: 'cellar' }],
            }
          : line,
      ),
  },
  {
    name: 'a new name of a topic is told to nobody',
    check: 'C14',
    tamper: change((entry) =>
      entry.topic?.name === 'square' ? { ...entry, topic: { ...entry.topic, name: 'market place' } } : entry,
    ),
  },
  {
    name: 'a device has other topics than a fresh one',
    check: 'C10',
    tamper: (lines) => {
      const line = finalOf(lines, 'a2');
      return replaced(lines, line, { ...line, topics: [] });
    },
  },
  {
    name: 'an unread count of a topic that all devices agree on is wrong',
    check: 'C11',
    tamper: (lines) =>
      lines.map((line) =>
        line.op === 'final' && line.user === 'ann'
          ? {
              ...line,
              conversations: line.conversations.map((row) =>
                row.conv === TOPIC ? { ...row, unread: row.unread + 1 } : row,
              ),
            }
          : line,
      ),
  },
];
