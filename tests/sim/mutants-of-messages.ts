import type { LogEntry } from '@sterna/core';
import type { Mutant } from './mutant.ts';
import { hearing, wrapped } from './mutants-of-ports.ts';
import { isMark, mutated, record } from './mutants-of-rules.ts';

/** Bugs in what becomes of messages that are there. */
export const MUTANTS_OF_MESSAGES: readonly Mutant[] = [
  {
    name: 'recall-keeps-words',
    story: 'whoever hears of the recall hides the message: its words may stay in the log',
    caughtBy: ['C12'],
    rules: mutated((tx, command) => ({
      amend(log, pos, event) {
        if (command.type !== 'message.recall') tx.amend(log, pos, event);
      },
    })),
  },
  {
    name: 'recall-not-told',
    story: 'a message that was recalled shows so when it is read again',
    caughtBy: ['C12'],
    ...hearing((event) => {
      if (event.t !== 'recall') return event;
      const { seq, id, by, timeMs } = event;
      return { t: 'edit', seq, id, by, timeMs, version: 0 };
    }),
  },
  {
    name: 'messages-cached',
    story: 'a message that is stored never changes: it need not be read again',
    caughtBy: ['C12'],
    store(store) {
      const known = new Map<string, LogEntry>();
      return wrapped(store, {
        async messages(range) {
          const entries = await store.messages(range);
          return entries.map((entry) => {
            const key = `${range.log} ${entry.pos}`;
            const first = known.get(key) ?? entry;
            known.set(key, first);
            return first;
          });
        },
      });
    },
  },
  {
    name: 'recalled-counts',
    story: 'unread is what came since the mark',
    caughtBy: ['C11', 'C10'],
    rules: mutated((tx, command) => ({
      set(key, value) {
        if (command.type !== 'message.recall' || !key.includes('/recalled/')) tx.set(key, value);
      },
    })),
  },
  {
    name: 'anybody-recalls',
    story: 'the application shows the menu only on what one wrote oneself',
    caughtBy: ['C12'],
    busy: { recall: 60 },
    rules: mutated((tx, command) => ({
      messages(range) {
        const entries = tx.messages(range);
        if (command.type !== 'message.recall') return entries;
        const from = command.body.actor.userID;
        return entries.map((entry) =>
          entry.event.t === 'message' ? { ...entry, event: { ...entry.event, from } } : entry,
        );
      },
    })),
  },
  {
    name: 'edit-not-told',
    story: 'a message that was edited shows so when it is read again',
    caughtBy: ['C12'],
    ...hearing((event) => {
      if (event.t !== 'edit') return event;
      const { elements: _news, ...bare } = event;
      return bare;
    }),
  },
  {
    name: 'versions-not-compared',
    story: 'whoever edits last is right: they make the version after the one that they know',
    caughtBy: ['C12'],
    busy: { edit: 60 },
    rules: mutated((tx, command) => ({
      messages: (range) =>
        tx.messages(range).map((entry) => {
          if (command.type !== 'message.modify' || entry.event.t !== 'message') return entry;
          return { ...entry, event: { ...entry.event, version: command.body.request.version } };
        }),
    })),
  },
  {
    name: 'edits-kept',
    story: 'what was said before is of use to whoever wants to see what changed',
    caughtBy: ['C12'],
    rules: mutated((tx) => ({
      amend(log, pos, event) {
        if (event.t !== 'edit') tx.amend(log, pos, event);
      },
    })),
  },
  {
    name: 'edit-done-again',
    story: 'an edit that comes again is another edit: it is of the newest version now',
    caughtBy: ['C12'],
    needs: { cut: 0.3, storeLost: 0.1 },
    busy: { edit: 60 },
    rules: mutated((tx, command) => ({
      get: (key) => (command.type === 'message.modify' && key.includes('/edit/') ? undefined : tx.get(key)),
    })),
  },
  {
    name: 'message-deletion-not-told',
    story: 'a message is deleted where it is deleted',
    caughtBy: ['C12', 'C5'],
    busy: { deleteMessages: 20 },
    ...hearing((event) =>
      event.t === 'messagesDeleted'
        ? { t: 'read', conversationID: event.conversationID, seq: 0, unread: event.unread }
        : event,
    ),
  },
  {
    name: 'deletion-not-kept',
    story: 'devices remember what was deleted on them',
    caughtBy: ['C12', 'C5'],
    busy: { deleteMessages: 20 },
    rules: mutated((tx, command) => ({
      set(key, value) {
        if (command.type !== 'message.delete' || !key.includes('/deleted/')) tx.set(key, value);
      },
    })),
  },
  {
    name: 'clearing-keeps-history',
    story: 'whoever clears a conversation has done with what was unread in it',
    caughtBy: ['C12', 'C5'],
    busy: { clearHistory: 20 },
    rules: mutated((tx, command) => ({
      set(key, value) {
        const keeps = command.type === 'message.clear' && isMark(key);
        tx.set(key, keeps ? { ...record(value), clearedSeq: 0 } : value);
      },
    })),
  },
];
