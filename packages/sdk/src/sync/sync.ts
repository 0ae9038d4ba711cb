import type { ConversationEvent, ConversationRange, Cursor, InboxEvent, SyncPage } from '@sterna/protocol';
import { communityOf } from '../modules/messages/message-from.ts';
import { CONVERSATIONS_LISTED, CURSOR_BYTES, ORPHAN_RANGES } from '../limits.ts';
import type { Platform } from '../platform/platform.ts';
import type { Requests } from '../transport/requests.ts';
import { createLog, type FedLog, type Log } from './log.ts';
import { createPuller } from './puller.ts';
import type { Range } from './tape.ts';

type Snapshot = SyncPage['conversations'][number];

/**
 * How a snapshot stands to what is applied here. `start`: the log is read from it on, and what is unread before is in it alone.
 * `ahead`: it has all that is applied, so its counts hold. `behind`: events applied here are newer.
 */
export type SnapshotKind = 'start' | 'ahead' | 'behind';

/** What the logs are applied to. Every event comes once, in the order of its log. */
export interface SyncTarget {
  /** Start anew from these: what was held before cannot be continued. */
  reset(snapshots: readonly Snapshot[], sameEpoch: boolean): void;
  adopt(snapshot: Snapshot, kind: SnapshotKind): void;
  event(conversationID: string, pos: number, event: ConversationEvent): void;
  inbox(event: InboxEvent): void;
}

export interface Sync {
  /** Applies the answer to a login: a fresh start, or what was missed. */
  login(page: SyncPage): void;
  push(range: ConversationRange): void;
  pushInbox(range: Range<InboxEvent>): void;
  /** This position is applied: its reply said what its event would. */
  cover(conversationID: string, pos: number): void;
  /** The log of this conversation is mine after `pos`. */
  hold(conversationID: string, pos: number): void;
  /** How far the conversation is applied; nothing when it is not held. */
  pos(conversationID: string): number | undefined;
  /** Takes in a conversation as the server has it; one that is not held is read from where it became mine. */
  takeUp(snapshot: Snapshot): void;
  /** The log is to be read up to `pos`, which is there but may never be pushed. */
  reach(conversationID: string, pos: number): void;
  /** Something of the conversation is known to be missing. */
  isBehind(conversationID: string): boolean;
  /** Resolves when nothing of the conversation is known to be missing, or cannot be had now. */
  settled(conversationID: string): Promise<void>;
  /** Reads the inbox without waiting for its push: what my own request caused is applied then. */
  refresh(): Promise<void>;
  /** Resolves when nothing is being read. */
  caughtUp(): Promise<void>;
  /** Where this device stands; nothing when it must start anew. */
  cursor(): Cursor | undefined;
  /** Every conversation that existed at login is held. */
  isWhole(): boolean;
  /** Goes on from where an earlier life of this device stood. */
  restore(cursor: Cursor, isWhole: boolean): void;
  clear(): void;
}

/** Keeps the logs without a gap: applies what is next, holds back what came early, reads what is missing. */
export function createSync(
  platform: Pick<Platform, 'setTimer'>,
  requests: Requests,
  target: SyncTarget,
  restart: () => void,
): Sync {
  const logs = new Map<string, FedLog<ConversationEvent>>();
  /** Of groups that the inbox has not yet named: where my part of their logs begins is told there alone. */
  let orphans: ConversationRange[] = [];
  let unplaced: Snapshot[] = [];
  let epoch: string | undefined;
  let lastEpoch: string | undefined;
  /** Every conversation that existed at login is held, so one that is not began since. */
  let isComplete = false;
  let inbox = openInbox(0);
  const puller = createPuller(platform, () => {
    epoch = undefined;
    restart();
  });

  function openInbox(pos: number): FedLog<InboxEvent> {
    const log = createLog<InboxEvent>(
      pos,
      (_pos, event) => target.inbox(event),
      (after, answer) =>
        requests.call('inbox.sync', { epoch: epoch || '', after }, (it) => {
          if (!it.isOk) return answer(it);
          answer({ isOk: true, reply: { range: it.reply.inbox, more: it.reply.more } });
          if (!log.isBehind() && !it.reply.more) placeRest();
        }),
    );
    return log;
  }

  function open(conversationID: string, pos: number): FedLog<ConversationEvent> {
    const log = createLog<ConversationEvent>(
      pos,
      (at, event) => target.event(conversationID, at, event),
      (after, answer) =>
        requests.call('conversation.sync', { epoch: epoch || '', conversationID, after }, answer),
    );
    logs.set(conversationID, log);
    return log;
  }

  function feed<Event>(log: FedLog<Event>, range: Range<Event>): void {
    log.feed(range);
    puller.later(log);
  }

  /** A push of a conversation that is not held. */
  function pushUnknown(range: ConversationRange): void {
    const { conversationID } = range;
    if (!isComplete) return feed(open(conversationID, before(range)), range);
    if (!isGroup(conversationID)) return feed(open(conversationID, 0), range);
    orphans.push(range);
    if (orphans.length > ORPHAN_RANGES) orphans.shift();
    void refresh();
  }

  /** The inbox is read to its end and did not name these: the server shows what is mine, so it begins with what came. */
  function placeRest(): void {
    for (const snapshot of unplaced.splice(0)) {
      if (!logs.has(snapshot.conversationID)) hold(snapshot.conversationID, snapshot.pos);
      takeUp(snapshot);
    }
    for (const range of [...orphans])
      if (!logs.has(range.conversationID)) hold(range.conversationID, before(range));
  }

  function hold(conversationID: string, pos: number): void {
    const held = logs.get(conversationID);
    if (held) {
      held.reach(pos);
      return puller.later(held);
    }
    const log = open(conversationID, pos);
    const mine = orphans.filter((range) => range.conversationID === conversationID);
    orphans = orphans.filter((range) => range.conversationID !== conversationID);
    for (const range of mine) feed(log, range);
  }

  function refresh(): Promise<void> {
    inbox.want();
    return puller.pull(inbox);
  }

  function restore({ epoch: at, inbox: pos, conversations }: Cursor, isWhole: boolean): void {
    clear();
    epoch = lastEpoch = at;
    isComplete = isWhole;
    inbox = openInbox(pos);
    for (const each of Object.entries(conversations).reverse()) open(...each);
  }

  function goOn(page: SyncPage): void {
    inbox.feed(page.inbox);
    if (page.inboxMore) inbox.want();
    void puller.pull(inbox);
    for (const snapshot of page.conversations) takeUp(snapshot);
    for (const range of page.ranges) push(range);
    for (const { conversationID, pos } of page.behind) {
      const log = logs.get(conversationID);
      if (log) log.reach(pos);
    }
    for (const log of logs.values()) void puller.pull(log);
  }

  /** A conversation that the cursor did not name: it began meanwhile, or it did not fit. */
  function takeUp(snapshot: Snapshot): void {
    const { conversationID, pos } = snapshot;
    const held = logs.get(conversationID);
    if (!held && isComplete && isGroup(conversationID)) {
      unplaced.push(snapshot);
      void refresh();
      return;
    }
    const log = held || open(conversationID, isComplete ? 0 : pos);
    log.reach(pos);
    const isNew = !held && !isComplete;
    target.adopt(snapshot, isNew ? 'start' : pos < log.pos() ? 'behind' : 'ahead');
    void puller.pull(log);
  }

  function push(range: ConversationRange): void {
    const { conversationID } = range;
    const log = logs.get(conversationID);
    if (!log) return pushUnknown(range);
    logs.delete(conversationID);
    logs.set(conversationID, log);
    feed(log, range);
  }

  function clear(): void {
    puller.clear();
    logs.clear();
    orphans = [];
    unplaced = [];
    epoch = undefined;
    isComplete = false;
  }

  return {
    login(page) {
      if (page.mode !== 'reset') return goOn(page);
      const isSameEpoch = page.epoch === lastEpoch;
      restore(cursorOf(page), page.conversations.length < CONVERSATIONS_LISTED);
      target.reset(page.conversations, isSameEpoch);
    },
    ...{ push, hold, takeUp, refresh, restore },
    pushInbox: (range) => feed(inbox, range),
    cover: (conversationID, pos) => push({ conversationID, from: pos, to: pos, events: [] }),
    pos: (conversationID) => logs.get(conversationID)?.pos(),
    reach: (conversationID, pos) => logs.has(conversationID) && hold(conversationID, pos),
    isBehind: (conversationID) => logs.get(conversationID)?.isBehind() === true,
    settled: (conversationID) => puller.pull(logs.get(conversationID)),
    caughtUp: () => puller.idle(),
    cursor: () => (epoch ? { epoch, inbox: inbox.pos(), conversations: positions(logs) } : undefined),
    isWhole: () => isComplete,
    clear() {
      clear();
      lastEpoch = undefined;
      inbox = openInbox(0);
    },
  };
}

/** Where a fresh start stands. The page names the most recently active first, as a cursor does. */
function cursorOf({ epoch, inbox, conversations }: SyncPage): Cursor {
  const positions: Cursor['conversations'] = {};
  for (const { conversationID, pos } of conversations) positions[conversationID] = pos;
  return { epoch, inbox: inbox.to, conversations: positions };
}

/** Where a log stands that begins with this range. A range of no positions says that there is one at `to`. */
function before({ from, to }: Range<unknown>): number {
  return Math.min(from, to) - 1;
}

/** A topic is mine by its community: of its log the server shows what is, from the beginning. */
function isGroup(conversationID: string): boolean {
  return conversationID.startsWith('GROUP') && !communityOf(conversationID);
}

/** The most recently active ones, which stand last; what does not fit into a login comes back as a snapshot. */
function positions(logs: ReadonlyMap<string, Log>): Record<string, number> {
  const held: Record<string, number> = {};
  let bytes = 0;
  for (const [conversationID, log] of [...logs].reverse().slice(0, CONVERSATIONS_LISTED)) {
    bytes += conversationID.length + 24;
    if (bytes > CURSOR_BYTES) break;
    held[conversationID] = log.pos();
  }
  return held;
}
