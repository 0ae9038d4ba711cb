import type { Json, Outcome } from '@sterna/core';
import type { Mutant } from './mutant.ts';
import { hearing, wrapped } from './mutants-of-ports.ts';
import { isMark, mutated, record } from './mutants-of-rules.ts';

/** Bugs in what is told of who has read what. */
export const MUTANTS_OF_READING: readonly Mutant[] = [
  {
    name: 'receipts-counted-again',
    story: 'an application sends one receipt for each message',
    caughtBy: ['C20'],
    busy: { sendReceipts: 80 },
    rules: mutated((tx, command) => ({
      get: (key) => (command.type === 'receipt.send' && key.includes('/receipt/') ? undefined : tx.get(key)),
    })),
  },
  {
    name: 'receipts-reach-blockers',
    story: 'who is blocked may say that they read what was said before',
    caughtBy: ['C20'],
    busy: { block: 40, sendReceipts: 80 },
    rules: mutated((tx, command) => ({
      get: (key) => (command.type === 'receipt.send' && key.includes('/blocked/') ? undefined : tx.get(key)),
    })),
  },
  {
    name: 'readers-of-now',
    story: 'who is in the group is who has to read what is said in it',
    caughtBy: ['C20'],
    busy: { sendReceipts: 80, addMembers: 20, quitGroup: 10 },
    rules: mutated((tx, command) => ({
      messages: (range) =>
        tx.messages(range).map((entry) => {
          const members = record(tx.get(`${range.log}/group`))?.['memberCount'];
          if (command.type !== 'receipt.send' || entry.event.t !== 'message') return entry;
          return typeof members === 'number'
            ? { ...entry, event: { ...entry.event, readers: members - 1 } }
            : entry;
        }),
    })),
  },
  {
    name: 'receipts-not-told',
    story: 'an application asks who has read what it shows',
    caughtBy: ['C20'],
    busy: { sendReceipts: 40 },
    ...hearing((event) => (event.t === 'receipts' ? { ...event, receipts: [] } : event)),
  },
  {
    name: 'receipt-before-commit',
    story: 'a receipt is of no weight: nobody need wait for it',
    caughtBy: ['C20'],
    needs: { commitFails: 0.3 },
    busy: { sendReceipts: 80 },
    store: (store) =>
      wrapped(store, {
        async execute(command): Promise<Outcome> {
          try {
            return await store.execute(command);
          } catch (error) {
            if (command.type !== 'receipt.send') throw error;
            return { ok: true, reply: {}, entries: [] };
          }
        },
      }),
  },
  {
    name: 'counts-kept',
    story: 'how many have read a message is looked up once',
    caughtBy: ['C20'],
    busy: { sendReceipts: 40, receipts: 40 },
    store(store) {
      const known = new Map<string, Json | undefined>();
      return wrapped(store, {
        async get(keys) {
          const values = await store.get(keys);
          return values.map((value, index) => {
            const key = keys[index] ?? '';
            if (!key.includes('/receipts/')) return value;
            if (!known.has(key)) known.set(key, value);
            return known.get(key);
          });
        },
      });
    },
  },
  {
    name: 'peer-reading-not-told',
    story: 'how far the peer has come shows when the conversation is read again',
    caughtBy: ['C20'],
    busy: { markRead: 40 },
    ...hearing((event) => (event.t === 'peerRead' ? { ...event, seq: 0 } : event)),
  },
  {
    name: 'cleared-is-read',
    story: 'whoever throws away what they have not read has read it',
    caughtBy: ['C20'],
    busy: { clearHistory: 30, deleteConversation: 30 },
    rules: mutated((tx) => ({
      set(key, value) {
        const { seenSeq: _less, ...rest } = (isMark(key) && record(value)) || {};
        tx.set(key, isMark(key) ? rest : value);
      },
    })),
  },
];
