import type { Bus, LogEntry, LogEvent, Outcome, Store } from '@sterna/core';
import type { Mutant } from './mutant.ts';

export function wrapped(store: Store, change: Partial<Store>): Store {
  return {
    get epoch() {
      return store.epoch;
    },
    execute: (command) => store.execute(command),
    get: (keys) => store.get(keys),
    scan: (range) => store.scan(range),
    entries: (range) => store.entries(range),
    messages: (range) => store.messages(range),
    changes: (cursor) => store.changes(cursor),
    logs: (range) => store.logs(range),
    close: () => store.close(),
    ...change,
  };
}

/** Changes what nodes hear of events, by the bus and by reading: the log itself stays right. */
export function hearing(change: (event: LogEvent) => LogEvent): Pick<Mutant, 'bus' | 'store'> {
  return {
    bus: (bus) => ({
      ...bus,
      publish: (subject, notice) =>
        bus.publish(subject, notice.kind === 'entry' ? { ...notice, event: change(notice.event) } : notice),
    }),
    store: (store) =>
      wrapped(store, {
        async entries(range) {
          const entries = await store.entries(range);
          return entries.map((entry) => ({ ...entry, event: change(entry.event) }));
        },
      }),
  };
}

const silent = (bus: Bus): Bus => ({ ...bus, publish: () => undefined });

/** Bugs in what a node does with its store, its bus and its sockets. */
export const MUTANTS_OF_PORTS: readonly Mutant[] = [
  {
    name: 'room-ids-anew',
    story:
      'what a room shows to whoever comes in again may have new IDs: it is shown for the first time there',
    caughtBy: ['C19'],
    needs: { cut: 0.3 },
    item: (item) =>
      item.startsWith('[2,"room"') && item.includes('"isEntry"')
        ? item.replaceAll('"id":"', '"id":"again-')
        : item,
  },
  {
    name: 'ack-before-commit',
    story: 'the commit will work out: the sender need not wait for it',
    caughtBy: ['C1', 'C3'],
    needs: { commitFails: 0.1 },
    store(store, _host, { recorder }) {
      let invented = 0;
      return wrapped(store, {
        async execute(command): Promise<Outcome> {
          try {
            return await store.execute(command);
          } catch (error) {
            if (command.type !== 'message.send') throw error;
            const { clientID } = command.body.request;
            const seq = 1_000 + ++invented;
            const reply = {
              seq,
              pos: seq,
              id: `${recorder.lines.length}-${clientID}`,
              timeMs: command.body.nowMs,
            };
            return { ok: true, reply, entries: [] };
          }
        },
      });
    },
  },
  {
    name: 'no-sync',
    story: 'the last commits before a power cut may be lost: synchronous=NORMAL is what everybody uses',
    caughtBy: ['C1', 'C3', 'C4', 'C5'],
    needs: { nodeCrash: 0.1 },
    // A restored store says so by its epoch; one that has merely lost something does not know.
    store: (store, _host, world) => ({ ...wrapped(store, {}), epoch: world.store.bornAs }),
    crashed: ({ store }) => store.forgetNewest(1 + (store.commits.length % 3)),
  },
  {
    name: 'no-sweep',
    story: 'the bus tells of everything: asking the store again and again is a waste',
    caughtBy: ['C7', 'C10', 'C11', 'C13'],
    needs: { busDrop: 0.3 },
    store: (store) =>
      wrapped(store, {
        async changes(cursor) {
          return { ...(await store.changes(cursor)), logs: [] };
        },
      }),
  },
  {
    name: 'bus-silent',
    story: 'publishing fails, nobody looks, and there is no sweep either',
    caughtBy: ['C7', 'C10', 'C11', 'C13'],
    bus: silent,
    store: (store) => wrapped(store, { changes: async () => ({ cursor: 'somewhere', logs: [] }) }),
  },
  {
    name: 'late-visibility',
    story: 'numbers are drawn before the commit: for a moment a reader sees 8 and not yet 7',
    caughtBy: ['C5', 'C7', 'C9'],
    store: (store, _host, { simulation }) => {
      const bornAt = new Map<string, number>();
      const isYoung = (log: string, { pos }: LogEntry) => {
        const key = `${log} ${pos}`;
        bornAt.set(key, bornAt.get(key) ?? simulation.nowMs);
        return pos % 3 === 0 && simulation.nowMs - (bornAt.get(key) ?? 0) < 300;
      };
      return wrapped(store, {
        entries: async (range) => (await store.entries(range)).filter((entry) => !isYoung(range.log, entry)),
      });
    },
  },
  {
    name: 'page-end-lost',
    story: 'a page that is full ends before its last but one',
    caughtBy: ['C9', 'C7'],
    store: (store) =>
      wrapped(store, {
        async entries(range) {
          const entries = await store.entries(range);
          return entries.length === range.limit && entries.length > 1 ? entries.toSpliced(-2, 1) : entries;
        },
      }),
  },
  {
    name: 'history-off-by-one',
    story: 'the next page begins before the last one ended, so before it less one',
    caughtBy: ['C5'],
    store: (store) =>
      wrapped(store, {
        messages: (range) =>
          store.messages(
            range.newest && range.before !== undefined && range.limit > 2
              ? { ...range, before: range.before - 1 }
              : range,
          ),
      }),
  },
  {
    name: 'push-moves-cursor',
    story: 'whoever is pushed a message has everything before it',
    caughtBy: ['C7', 'C9'],
    needs: { busDrop: 0.2 },
    item: (item) =>
      item.replace(
        /^(\[2,"conversation",\{"conversationID":"[^"]*","from":)\d+(,"to":\d+,"events":\[\[)/,
        '$11$2',
      ),
  },
  {
    name: 'gap-repair-off',
    story: 'asked for what is missing, the server says that nothing is',
    caughtBy: ['C7', 'C9', 'C10'],
    needs: { busDrop: 0.2 },
    item: (item) =>
      item.replace(
        /^(\[0,\d+,\{"range":\{"conversationID":"[^"]*","from":\d+,"to":\d+,"events":)\[.*\](\},"more":)(true|false)\}\]$/,
        '$1[]$2false}]',
      ),
  },
  {
    name: 'push-to-leavers',
    story: 'who left the group is taken off the list at the next login',
    caughtBy: ['C14'],
    ...hearing((event) => {
      if (event.t === 'left' && event.reason !== 'dismissed') return { ...event, userIDs: [] };
      return event.t === 'groupLeft' ? { ...event, t: 'groupJoined' } : event;
    }),
  },
  {
    name: 'kick-not-told',
    story: 'a session that was ended finds out by itself',
    caughtBy: ['C13'],
    ...hearing((event) => (event.t === 'evicted' ? { ...event, sessions: [] } : event)),
  },
  {
    name: 'friends-not-told',
    story: 'who becomes a friend, or ceases to be one, shows at the next login',
    caughtBy: ['C10'],
    ...hearing((event) => (event.t === 'friends' ? { ...event, userIDs: [] } : event)),
  },
  {
    name: 'deletion-not-told',
    story: 'a conversation is deleted where it is deleted',
    caughtBy: ['C10', 'C5', 'C11'],
    ...hearing((event) =>
      event.t === 'conversationDeleted'
        ? { t: 'read', conversationID: event.conversationID, seq: 0, unread: 0 }
        : event,
    ),
  },
  {
    name: 'read-not-told',
    story: 'what I read on one device I have read on one device',
    caughtBy: ['C10', 'C11'],
    ...hearing((event) => (event.t === 'read' ? { ...event, seq: 0 } : event)),
  },
];
