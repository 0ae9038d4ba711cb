import {
  type Command,
  domainRules,
  type Json,
  type LogEvent,
  type Rules,
  type Transaction,
} from '@sterna/core';
import type { Mutant } from './mutant.ts';

/** The domain's rules, deciding with another transaction than they think, or on another command. */
export function mutated(
  change: (tx: Transaction, command: Command) => Partial<Transaction>,
  other: (command: Command) => Command = (command) => command,
): () => Rules {
  return () => ({
    locksOf: (command) => domainRules.locksOf(command),
    decide(tx, command) {
      return domainRules.decide({ ...boundTo(tx), ...change(tx, command) }, other(command));
    },
  });
}

function boundTo(tx: Transaction): Transaction {
  return {
    get: (key) => tx.get(key),
    scan: (range) => tx.scan(range),
    entries: (range) => tx.entries(range),
    messages: (range) => tx.messages(range),
    peek: (key) => tx.peek(key),
    peekScan: (range) => tx.peekScan(range),
    peekMessages: (range) => tx.peekMessages(range),
    set: (key, value) => tx.set(key, value),
    delete: (key) => tx.delete(key),
    append: (log, entry) => tx.append(log, entry),
    amend: (log, pos, event) => tx.amend(log, pos, event),
  };
}

export const record = (value: Json | undefined) => value as { readonly [key: string]: Json } | undefined;
const isSession = (key: string) => key.includes('/session/');
const isTopicOf = (conversationID: string) => conversationID.includes('@TOPIC#_');
export const isMark = (key: string) => key.includes('/conversation/');

/** Bugs in what a command decides. */
export const MUTANTS_OF_RULES: readonly Mutant[] = [
  {
    name: 'dedupe-off',
    story: 'a repeated send is stored again: clients do not repeat themselves',
    caughtBy: ['C3', 'C1', 'C5'],
    needs: { cut: 0.2, storeLost: 0.05 },
    rules: mutated((tx) => ({
      get: (key) => (key.startsWith('d/') ? undefined : tx.get(key)),
      // The engine would refuse the second entry by itself.
      append: (log, { once: _unknown, ...entry }) => tx.append(log, entry),
    })),
  },
  {
    name: 'no-fence',
    story: 'a session that was ended may still write: its node will close its socket soon',
    caughtBy: ['C13'],
    needs: { nodeFreeze: 0.05, busDrop: 0.3 },
    rules: mutated((tx, command) => ({
      get(key) {
        const value = record(tx.get(key));
        if (command.type === 'session.login' || !isSession(key) || value === undefined) return value;
        const { evicted: _forgotten, ...live } = value;
        return live;
      },
    })),
  },
  {
    name: 'everybody-stays',
    story: 'the login policy is read from the wrong place, and lets everybody in',
    caughtBy: ['C13'],
    rules: mutated(
      () => ({}),
      (command) =>
        command.type === 'session.login'
          ? {
              ...command,
              body: { ...command.body, policy: { mode: 'multi', instances: { web: 0, other: 0 } } },
            }
          : command,
    ),
  },
  {
    name: 'wall-clock-time',
    story: 'a message is of the time that the clock shows',
    caughtBy: ['C16', 'C4'],
    needs: { serverClock: 0.1 },
    rules: mutated((tx, command) => ({
      append(log, entry) {
        const nowMs = 'nowMs' in command.body ? command.body.nowMs : undefined;
        const isMessage = entry.event.t === 'message' && nowMs !== undefined;
        tx.append(
          log,
          isMessage ? { ...entry, event: { ...entry.event, timeMs: nowMs } as LogEvent } : entry,
        );
      },
    })),
  },
  {
    name: 'own-messages-unread',
    story: 'unread is what came since the mark, whoever sent it',
    caughtBy: ['C11'],
    rules: mutated((tx, command) => ({
      set(key, value) {
        const before = record(tx.get(key))?.['own'];
        const forgets = command.type === 'message.send' && isMark(key) && before !== undefined;
        tx.set(key, forgets ? { ...record(value), own: before } : value);
      },
    })),
  },
  {
    name: 'mark-goes-back',
    story: 'the newest report of what was read is the right one',
    caughtBy: ['C11'],
    needs: { cut: 0.1, stall: 0.2 },
    busy: { markRead: 300, send: 200 },
    rules: mutated((tx, command) => ({
      get(key) {
        const value = record(tx.get(key));
        const forgets = command.type === 'conversation.read' && isMark(key) && value !== undefined;
        return forgets ? { ...value, readSeq: 0, readCountable: 0, ownAtRead: 0 } : value;
      },
    })),
  },
  {
    name: 'members-cached',
    story: 'who is in a group is remembered: it hardly ever changes',
    caughtBy: ['C14', 'C2'],
    rules() {
      const members = new Map<string, Json>();
      return mutated((tx, command) => ({
        get(key) {
          const value = tx.get(key);
          if (!key.includes('/member/') || command.type !== 'message.send') return value;
          if (value !== undefined) members.set(key, value);
          return value ?? members.get(key);
        },
      }))();
    },
  },
  {
    name: 'voices-cached',
    story: 'whether a member may speak is looked up once: it hardly ever changes',
    caughtBy: ['C14'],
    busy: { muteMember: 20, muteAll: 10 },
    rules() {
      const seen = new Map<string, Json>();
      return mutated((tx, command) => ({
        get(key) {
          const value = tx.get(key);
          const isVoice = command.type === 'message.send' && /^c\/.*\/member\//.test(key);
          if (!isVoice || value === undefined) return value;
          const muteUntilMs = record(seen.get(key))?.['muteUntilMs'] ?? 0;
          if (!seen.has(key)) seen.set(key, value);
          return { ...record(value), muteUntilMs };
        },
      }))();
    },
  },
  {
    name: 'silence-forgotten',
    story: 'what a group was made with is what it is: that is at hand when somebody speaks',
    caughtBy: ['C14'],
    busy: { muteAll: 20 },
    rules: mutated((tx, command) => ({
      get(key) {
        const value = tx.get(key);
        if (command.type !== 'message.send' || !key.endsWith('/group') || value === undefined) return value;
        const { muteAll: _silence, ...group } = record(value) ?? {};
        return group;
      },
    })),
  },
  {
    name: 'topics-cached',
    story: 'what topics there are, and who may speak in them, is kept at hand: it is as it was written',
    caughtBy: ['C14'],
    busy: { createCommunity: 6, createTopic: 20, joinGroup: 10, quitGroup: 15 },
    rules() {
      const written = new Map<string, Json>();
      return mutated((tx, command) => ({
        get(key) {
          const isSend = command.type === 'message.send' && isTopicOf(command.body.request.conversationID);
          return tx.get(key) ?? (isSend ? written.get(key) : undefined);
        },
        set(key, value) {
          if (/^c\/.*\/(topic|member)\//.test(key)) written.set(key, value);
          tx.set(key, value);
        },
      }))();
    },
  },
  {
    name: 'places-not-kept',
    story: 'who is in a topic is who is in its community: where its log stood then is of no use',
    caughtBy: ['C14', 'C11', 'C5'],
    rules: mutated((tx) => ({
      set(key, value) {
        if (!key.includes('/place/')) tx.set(key, value);
      },
    })),
  },
  {
    name: 'blocks-not-asked',
    story: 'who is blocked is hidden where messages are shown',
    caughtBy: ['C14'],
    rules: mutated((tx, command) => ({
      get: (key) => (command.type === 'message.send' && key.includes('/blocked/') ? undefined : tx.get(key)),
    })),
  },
  {
    name: 'friends-not-asked',
    story: 'an application shows only friends: nobody else is written to',
    caughtBy: ['C14'],
    rules: mutated((tx, command) => ({
      get: (key) =>
        tx.get(key) ?? (command.type === 'message.send' && key.includes('/friend/') ? {} : undefined),
    })),
  },
  {
    name: 'friends-kept-by-a-block',
    story: 'who is blocked cannot write: that they are a friend does no harm',
    caughtBy: ['C14'],
    rules: mutated((tx, command) => ({
      delete(key) {
        if (!(command.type === 'blacklist.change' && key.includes('/friend/'))) tx.delete(key);
      },
    })),
  },
  {
    name: 'answers-not-kept',
    story: 'an invitation is answered by a message: whoever reads it knows',
    caughtBy: ['C18'],
    rules: mutated((tx) => ({
      set(key, value) {
        const kept = key.startsWith('i/') ? tx.get(key) : undefined;
        tx.set(key, kept ?? value);
      },
    })),
  },
  {
    name: 'timers-lost',
    story: 'whoever waits for an answer has a timer',
    caughtBy: ['C18'],
    needs: { serverClock: 0, storeRenewed: 0, nodeFreeze: 0, nodeCrash: 0 },
    rules: mutated((tx) => ({ get: (key) => (key.startsWith('t/') ? undefined : tx.get(key)) })),
  },
  {
    name: 'history-for-newcomers',
    story: 'whoever joins sees everything: nothing is marked at the join',
    caughtBy: ['C14', 'C5'],
    rules: mutated((tx) => ({
      set(key, value) {
        const forgets = key.includes('/member/');
        tx.set(key, forgets ? { ...record(value), joinSeq: 0, joinPos: 0 } : value);
      },
    })),
  },
];
