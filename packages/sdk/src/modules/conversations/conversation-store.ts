import type { SyncPage } from '@sterna/protocol';
import type { Conversation } from '../../types/conversation.ts';
import type { Message } from '../../types/message.ts';
import type { GroupStore } from '../groups/group-store.ts';
import { communityOf, targetOf, typeOf } from '../messages/message-from.ts';
import { createWindow, type Window } from '../messages/window.ts';
import type { ProfileStore } from '../profiles/profile-store.ts';
import { lastMessageOf, noMessage } from './last-message.ts';
import { remindTypeOf } from './remind-type.ts';

export type Snapshot = SyncPage['conversations'][number];

/** A conversation on this device: what applications see of it, and what the engine must know beside that. */
export interface Held {
  readonly view: Conversation;
  window: Window;
  /** The newest message number that is known: of the log, or of a reply to a message of mine. */
  seq: number;
  /** The newest that the log has come to: messages after it may be held already, and will count when they come. */
  logSeq: number;
  /** I have read up to here, and the server knows it up to there. */
  readSeq: number;
  toldSeq: number;
  peerReadSeq: number;
  /** The unread count has in it what lies at this position or before. */
  countedPos: number;
  /** The group's member count has in it what lies at this position or before. */
  memberPos: number;
  /** When the last message was sent: applications get seconds, and many are sent in one. */
  lastMs: number;
  isHidden: boolean;
  /** Deleted by me at this message: only a later one brings it back. */
  hiddenSeq: number;
}

export interface ConversationStore {
  /** How I call the peer of a conversation, those to come among them. Kept by the domain of friends. */
  readonly remarks: Map<string, string>;
  find(conversationID: string): Held | undefined;
  /** Begins a conversation, hidden, if it is not held. */
  hold(conversationID: string): Held;
  /** The message of this number, if it is held. */
  message(conversationID: string, seq: number): Message | undefined;
  all(): Iterable<Held>;
  /** The first message of all that are held for which this holds. */
  seek(isIt: (message: Message) => boolean): Message | undefined;
  /** What is to be shown: pinned ones first, then the latest first. */
  list(): Conversation[];
  /** What is unread in all that is shown and not muted; notices of the system do not count. */
  totalUnread(): number;
  /** Brings a conversation to a snapshot's state, but for its messages. `isAhead`: its counts hold. */
  adopt(snapshot: Snapshot, isAhead: boolean): Held;
  /** Forgets all but what is local: messages not sent, and read marks not told, if numbers still mean the same. */
  restart(isSameEpoch: boolean): void;
  /** The message becomes the last one, if none that is newer is. It is told when it was sent, of one that was not the last before. */
  show(held: Held, message: Message, timeMs?: number): void;
  /** More of the history may be read from now on than what is held: nothing of that counts as whole any more. */
  reread(held: Held): void;
  /** The conversation is gone for good. */
  drop(conversationID: string): void;
  clear(): void;
}

export interface ConversationStoreParts {
  groups: GroupStore;
  profiles: ProfileStore;
  userID(): string;
  nowMs(): number;
}

export function createConversationStore(parts: ConversationStoreParts): ConversationStore {
  const { groups, profiles } = parts;
  const conversations = new Map<string, Held>();
  const remarks = new Map<string, string>();

  function hold(conversationID: string): Held {
    const known = conversations.get(conversationID);
    if (known) return known;
    const view = newConversation(conversationID, parts);
    view.remark = remarks.get(conversationID) || '';
    const held: Held = {
      view,
      window: createWindow(Infinity),
      seq: 0,
      logSeq: 0,
      readSeq: 0,
      toldSeq: 0,
      peerReadSeq: 0,
      countedPos: 0,
      memberPos: 0,
      lastMs: 0,
      isHidden: true,
      hiddenSeq: 0,
    };
    conversations.set(conversationID, held);
    return held;
  }

  function show(held: Held, message: Message, timeMs = held.lastMs): void {
    const { view } = held;
    if (message.sequence < view.lastMessage.lastSequence) return;
    held.lastMs = timeMs;
    view.lastMessage = lastMessageOf(message);
    if (view.type === 'GROUP') view.groupProfile.lastMessage = view.lastMessage;
  }

  function adopt(snapshot: Snapshot, isAhead: boolean): Held {
    const held = hold(snapshot.conversationID);
    const { view } = held;
    if (snapshot.peer) profiles.adopt(snapshot.peer, parts.nowMs());
    if (snapshot.group) view.subType = groups.adopt(snapshot.group, parts.userID(), held).type;
    view.isPinned = snapshot.isPinned === true;
    view.customData = snapshot.customData || '';
    view.markList = (snapshot.marks || []).map(Number);
    if (snapshot.remindType) view.messageRemindType = remindTypeOf(snapshot.remindType);
    held.toldSeq = Math.max(held.toldSeq, snapshot.readSeq);
    // An older answer that was overtaken says nothing about counts.
    if (isAhead && snapshot.pos >= held.countedPos) {
      // A message or a deletion of mine that is newer has decided already.
      const isNewest = snapshot.seq >= held.seq && (snapshot.seq > held.hiddenSeq || held.hiddenSeq === 0);
      if (isNewest) held.isHidden = snapshot.hidden === true;
      // What I read here and could not tell yet is more than the server knows.
      if (snapshot.readSeq >= held.readSeq) {
        held.readSeq = snapshot.readSeq;
        held.countedPos = snapshot.pos;
        view.unreadCount = snapshot.unread;
      }
    }
    return held;
  }

  return {
    remarks,
    find: (conversationID) => conversations.get(conversationID),
    hold,
    message(conversationID, seq) {
      const held = conversations.get(conversationID);
      return held && held.window.bySeq.get(seq);
    },
    all: () => conversations.values(),
    seek(isIt) {
      for (const { window } of conversations.values()) {
        for (const message of window.bySeq.values()) if (isIt(message)) return message;
        for (const { message } of window.locals) if (isIt(message)) return message;
      }
      return undefined;
    },
    list: () =>
      [...conversations.values()]
        .filter(isListed)
        .sort(inListOrder)
        .map(({ view }) => view),
    totalUnread() {
      let unread = 0;
      for (const held of conversations.values()) {
        const { type, messageRemindType, unreadCount } = held.view;
        if (isListed(held) && type !== '@TIM#SYSTEM' && messageRemindType === 'AcceptAndNotify')
          unread += unreadCount;
      }
      return unread;
    },
    adopt,
    restart(isSameEpoch) {
      for (const [conversationID, held] of conversations) {
        // A live room is in no log: nothing of it begins anew.
        if (held.hiddenSeq === Infinity) continue;
        const { view } = held;
        const { locals, cursors } = held.window;
        held.window = { ...createWindow(Infinity), locals, cursors };
        held.seq = held.logSeq = held.countedPos = held.memberPos = held.hiddenSeq = 0;
        held.isHidden = true;
        view.lastMessage = noMessage();
        view.unreadCount = 0;
        view.groupAtInfoList = [];
        if (!isSameEpoch) held.readSeq = held.toldSeq = held.peerReadSeq = 0;
        if (locals.length === 0 && held.readSeq === held.toldSeq) conversations.delete(conversationID);
      }
    },
    show,
    // Another object, so that a page on its way is not taken for what there is from now on.
    reread: (held) => void (held.window = { ...held.window, floorSeq: Infinity }),
    drop: (conversationID) => void conversations.delete(conversationID),
    clear: () => conversations.clear(),
  };
}

/** Topics have a list of their own. */
const isListed = ({ isHidden, view }: Held): boolean => !isHidden && view.type !== 'TOPIC';

/** What is pinned, then what was last said; a conversation without a message keeps the place that is left to it. */
export function inListOrder(a: Held, b: Held): number {
  return (
    Number(b.view.isPinned) - Number(a.view.isPinned) ||
    b.view.lastMessage.lastTime - a.view.lastMessage.lastTime ||
    b.lastMs - a.lastMs ||
    (a.view.conversationID < b.view.conversationID ? -1 : 1)
  );
}

/** Both profiles are there from the start: old applications read the wrong one without a guard. */
function newConversation(conversationID: string, { groups, profiles }: ConversationStoreParts): Conversation {
  const community = communityOf(conversationID);
  const type = community ? 'TOPIC' : typeOf(conversationID);
  const target = targetOf(conversationID);
  return {
    conversationID,
    type,
    subType: '',
    unreadCount: 0,
    lastMessage: noMessage(),
    groupProfile: groups.of(community || (type === 'GROUP' ? target : '')),
    userProfile: profiles.of(type === 'C2C' ? target : ''),
    groupAtInfoList: [],
    remark: '',
    isPinned: false,
    messageRemindType: 'AcceptAndNotify',
    markList: [],
    customData: '',
    conversationGroupList: [],
    draftText: '',
  };
}
