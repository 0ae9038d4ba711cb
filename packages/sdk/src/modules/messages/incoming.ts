import type { MessageEvent } from '@sterna/protocol';
import type { Message } from '../../types/message.ts';
import type { Held, Snapshot } from '../conversations/conversation-store.ts';
import { noMessage } from '../conversations/last-message.ts';
import { readByPeer } from '../conversations/peer-read.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { forgetMention, noteMention } from './at-info.ts';
import { describe, markRecalled, messageFrom, renew, type WireMessage } from './message-from.ts';
import { createWindow, isGone, noteNews, trim } from './window.ts';

/** Messages that this instance sent itself: the application knows them and is not told again. */
export interface SentHere {
  /** The log has a message that left here: its event came before its reply, or instead of it. */
  confirm(held: Held, event: MessageEvent): Message | undefined;
  /** A page or a snapshot has it: it is stored, though its place in the log is still to come. */
  find(held: Held, event: MessageEvent): Message | undefined;
  has(message: Message): boolean;
}

/** There is a message of this number. */
export function known(held: Held, seq: number): void {
  const { view } = held;
  held.seq = Math.max(held.seq, seq);
  if (view.type === 'GROUP')
    view.groupProfile.nextMessageSeq = Math.max(view.groupProfile.nextMessageSeq, seq + 1);
}

/** Finds the message that an event is about, or makes it: what is held stays the same object. */
export function messageOf(
  { outlet, session }: EngineContext,
  held: Held,
  event: MessageEvent,
  find: SentHere['find'],
): Message {
  const { window, view } = held;
  const shown = find(held, event) || window.bySeq.get(event.seq);
  const message = shown || messageFrom(view.conversationID, event, session().userID);
  if (shown) {
    // The events of its recall and its change, which are still to come, find nothing to tell.
    if (event.recalled && !shown.isRevoked) outlet.add('onMessageRevoked', shown);
    if (renew(shown, event)) outlet.add('onMessageModified', shown);
    describe(shown, event);
  }
  window.bySeq.set(event.seq, message);
  if (event.uncounted) window.uncounted.add(event.seq);
  noteKnown(held, message);
  return message;
}

/** The message as the list holds it, or, of one that the list does not reach, as it would. */
export function messageAt(
  { conversations, session }: EngineContext,
  conversationID: string,
  event: MessageEvent,
): Message {
  const held = conversations.find(conversationID);
  const shown = conversations.message(conversationID, event.seq);
  const message = shown || messageFrom(conversationID, event, session().userID);
  if (shown) renew(shown, event);
  else if (held) noteKnown(held, message);
  return message;
}

/** What came before it: a newer state of it, and whether it is before the mark up to which I, or the peer, have read. */
export function noteKnown({ view, window, readSeq, peerReadSeq }: Held, message: Message): void {
  describe(message, window.news.get(message.sequence) || {});
  if (message.flow === 'in') {
    message.isRead = message.sequence <= readSeq;
    // Read later than the message was written, the profile is the newer word.
    const { nick, avatar, lastUpdatedTime } = view.userProfile;
    if (lastUpdatedTime > message.time * 1000) Object.assign(message, { nick, avatar });
  } else message.isPeerRead = message.sequence <= peerReadSeq;
}

/** The hooks by which messages and recalls of the logs reach the conversations and the application. */
export function createIncoming(
  context: EngineContext,
  sentHere: SentHere,
): Required<Pick<EngineModule, 'onEvent' | 'onReset' | 'onSnapshot' | 'onPush'>> {
  const { conversations, outlet, session, wantConversation } = context;
  const me = (): string => session().userID;

  /** What others say where I do not want to hear of it is in the list and the history alone. */
  function hear({ view }: Held, message: Message): void {
    if (view.messageRemindType !== 'Discard' || message.flow !== 'in')
      outlet.add('onMessageReceived', message);
  }

  function received(conversationID: string, event: MessageEvent, pos: number): void {
    const isNew = conversations.find(conversationID) === undefined;
    const held = conversations.hold(conversationID);
    const { view } = held;
    if (isNew) wantConversation(conversationID);
    known(held, event.seq);
    held.logSeq = event.seq;
    // Deleted by me before it came.
    if (isGone(held.window, event.seq)) {
      // Whether the conversation is in the list all the same, the server knows.
      if (held.isHidden) wantConversation(conversationID);
      return;
    }
    // Of a topic not all that may be read is brought: what was said while one was out is in the history alone.
    if (held.window.floorSeq === Infinity && view.type !== 'TOPIC') held.window.floorSeq = event.seq;
    const message = messageOf(context, held, event, sentHere.confirm);
    // It came with its recall, which is still to come: that will find nothing to take away. A snapshot may have counted it.
    if (event.recalled && pos > held.countedPos) held.window.uncounted.add(event.seq);
    const counts = message.flow === 'in' && !event.uncounted && !event.recalled && event.seq > held.readSeq;
    if (counts && pos > held.countedPos) view.unreadCount += 1;
    noteMention(held, message, me());
    if (!event.notLast) conversations.show(held, message, event.timeMs);
    if (event.seq > held.hiddenSeq && !isQuietGroup(held, event)) held.isHidden = false;
    if (!sentHere.has(message)) hear(held, message);
    trim(held.window);
    outlet.conversationsChanged();
    if (view.type === 'GROUP') outlet.groupsChanged();
  }

  function adopt(snapshot: Snapshot, isAhead: boolean): Held {
    const held = conversations.adopt(snapshot, isAhead);
    readByPeer(context, held, snapshot.peerReadSeq || 0);
    if (snapshot.group) outlet.groupsChanged();
    // Deleted by me after the snapshot was made.
    if (snapshot.last && !isGone(held.window, snapshot.last.seq))
      conversations.show(held, messageOf(context, held, snapshot.last, sentHere.find), snapshot.last.timeMs);
    // What stands in the place of one that was deleted goes too: there was none before it.
    else if (isAhead && !held.view.lastMessage.lastSequence) held.view.lastMessage = noMessage();
    return held;
  }

  /** The conversation's log is read from the snapshot on: what is unread before it is told from its backlog. */
  function begin(snapshot: Snapshot, isTold: (event: MessageEvent) => boolean): void {
    const held = conversations.hold(snapshot.conversationID);
    const { locals, cursors } = held.window;
    held.window = { ...createWindow(snapshot.seq + 1), locals, cursors };
    held.seq = held.logSeq = snapshot.seq;
    adopt(snapshot, true);
    for (const event of snapshot.backlog || []) {
      // Held in any case: after the next fresh start this is how it is known to have been told.
      const message = messageOf(context, held, event, sentHere.find);
      noteMention(held, message, me());
      // Read after the last message was, it may be newer.
      if (!event.notLast) conversations.show(held, message, event.timeMs);
      if (!isTold(event)) hear(held, message);
    }
  }

  return {
    onEvent: {
      message: received,
      recall(conversationID, event, pos) {
        const held = conversations.hold(conversationID);
        const { view } = held;
        const { bySeq, uncounted } = held.window;
        const shown = bySeq.get(event.seq);
        const counted =
          event.counted && event.from !== me() && event.seq > held.readSeq && !uncounted.has(event.seq);
        if (counted && pos > held.countedPos) {
          view.unreadCount = Math.max(0, view.unreadCount - 1);
          // One that is not held may have been deleted by me before, and was not counted: the server knows.
          if (!shown) wantConversation(conversationID);
        }
        uncounted.add(event.seq);
        forgetMention(view, event.seq);
        outlet.conversationsChanged();
        // It came with its recall, or the recall is this device's own: the application knows. One that it asks for is none yet.
        const isKnown = shown && (event.by === me() ? shown.isRevoked : shown.revoker);
        if (!shown) noteNews(held.window, event.seq, { recalled: event });
        const message = shown || messageFrom(conversationID, { ...event, elements: [] }, me());
        markRecalled(message, event.by, event.reason);
        if (view.lastMessage.lastSequence === event.seq) conversations.show(held, message);
        if (!isKnown) outlet.add('onMessageRevoked', message);
      },
    },

    onReset(snapshots, isSameEpoch) {
      // What the log had come to was told: known by its number, or after a restore, which may number anew, by its ID.
      const told = new Map(
        [...conversations.all()].map(({ view, logSeq, window }) => [view.conversationID, { logSeq, window }]),
      );
      conversations.restart(isSameEpoch);
      for (const snapshot of snapshots) {
        const before = told.get(snapshot.conversationID);
        const ids = isSameEpoch || !before ? new Set() : toldIDs(before);
        begin(
          snapshot,
          ({ seq, id }) => before !== undefined && (isSameEpoch ? seq <= before.logSeq : ids.has(id)),
        );
      }
      outlet.conversationsChanged();
    },

    onSnapshot(snapshot, kind) {
      if (kind === 'start') begin(snapshot, () => false);
      else adopt(snapshot, kind === 'ahead');
      outlet.conversationsChanged();
    },

    onPush: {
      transient({ conversationID, message }) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: an online-only message has a stored one's fields but for its place
        outlet.add('onMessageReceived', messageFrom(conversationID, message as WireMessage, me()));
      },
    },
  };
}

/** A message beyond the log may be held too: as the last one of a list, or because a reply was quicker. */
function toldIDs({ logSeq, window }: Pick<Held, 'logSeq' | 'window'>): Set<string> {
  const ids = new Set<string>();
  for (const [seq, { ID }] of window.bySeq) if (seq <= logSeq) ids.add(ID);
  return ids;
}

/**
 * A Work group does not show itself to its members, but for the owner, before somebody has spoken, and a community with topics
 * to nobody: a tip is not speaking.
 */
function isQuietGroup({ isHidden, view }: Held, { countable, uncounted }: MessageEvent): boolean {
  const { groupProfile } = view;
  return (
    isHidden &&
    view.type === 'GROUP' &&
    (groupProfile.isSupportTopic ||
      (groupProfile.type === 'Private' && groupProfile.selfInfo.role !== 'Owner')) &&
    uncounted === true &&
    countable === 0
  );
}
