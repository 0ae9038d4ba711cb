import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { isBlockedBy } from '../blacklist/blocked.ts';
import { ImError } from '../errors.ts';
import {
  c2cLog,
  conversationLog,
  type ConversationRef,
  parseConversationID,
  writeLocks,
} from '../conversations/conversation-id.ts';
import { loadMine } from '../conversations/load-mine.ts';
import { NEW_USER_CONVERSATION } from '../conversations/user-conversation.ts';
import { requireFriends } from '../friends/require-friends.ts';
import { given } from '../given.ts';
import { requireSpeaker } from '../groups/require-member.ts';
import { keys } from '../keys.ts';
import { appendMessage } from '../logs/append.ts';
import { shownTo } from '../logs/shown-to.ts';
import { decode, load, toJson, type UserConversation } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import { recordSignal, signalLocks } from '../signaling/record-signal.ts';
import { requireWellFormed, signalOf } from '../signaling/signal.ts';
import { tinyIDOf } from '../tiny-id.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { isCounted } from './audience.ts';
import { requireMergers, useMergers, withMergers } from './merger-uses.ts';
import { requirePushSize, requireSize } from './message-size.ts';
import { draftOf, repeatedSend } from './repeated-send.ts';

export interface SendBody {
  actor: Actor;
  request: RequestOf<'message.send'>;
  nowMs: number;
  /** The lists kept apart that can be opened from it. */
  mergers?: readonly string[];
  /** See `AppSettings.hidesBlocks`. */
  hidesBlocks?: boolean;
  /** See `AppSettings.friendsOnly`. */
  friendsOnly?: boolean;
}

export interface SendReply extends ReplyOf<'message.send'> {
  /** The receiver has blocked the sender, who is not to know: it is for who is online, and of them for the sender's devices alone. */
  isSwallowed?: true;
  /** Said in a live room: nothing was stored, the room's nodes carry it. */
  isLive?: true;
}

/** Appends one message to a one-to-one or group conversation, once for each (sender, clientID), for ever. */
export const sendMessage: Decision<SendBody, SendReply> = {
  locks({ actor, request, nowMs, mergers = [] }) {
    const ref = parseConversationID(request.conversationID);
    const signal = signalOf(request.elements);
    const steps = signal === undefined ? [] : signalLocks(actor, signal, nowMs);
    const sent = keys.sent(actor.app, actor.userID, request.clientID);
    const locks = writeLocks(actor.app, actor.userID, ref, { exclusive: [sent, ...steps] });
    return withMergers(actor.app, locks, mergers);
  },

  decide(tx, body) {
    const { actor, request, nowMs, mergers = [] } = body;
    requireSession(tx, actor);
    const { app, userID } = actor;
    const id = `${tinyIDOf(userID)}-${request.clientID}`;
    const ref = parseConversationID(request.conversationID);

    const sentKey = keys.sent(app, userID, request.clientID);
    const earlier = decode.sent(tx.get(sentKey));
    if (earlier !== undefined) return { ...repeatedSend(tx, actor, request, earlier), id, duplicate: true };

    requireSize(request.elements);
    requirePushSize(request.offlinePushInfo);
    requireMergers(tx, app, request.elements, mergers);
    const { log, author, others, keptFrom, isLive } = requireRights(tx, body, ref);
    const before = load.head(tx, log);
    const isSwallowed = keptFrom === undefined ? undefined : (true as const);
    takeStep(tx, body, { log, ref, seq: isLive ? 0 : before.seq + 1, isSwallowed });
    if (request.onlineUserOnly || isLive)
      return { seq: 0, pos: 0, timeMs: nowMs, id, ...author, ...given({ isSwallowed, isLive }) };
    const draft = Object.assign(draftOf(request, id, userID), author);
    if (request.offlinePushInfo) draft.offlinePushInfo = request.offlinePushInfo;
    if (request.needReadReceipt && others !== undefined) draft.readers = request.receivers?.length ?? others;
    const { head, event } = appendMessage(tx, log, before, { draft, nowMs, once: sentKey, keptFrom });
    useMergers(tx, { app, log, seq: head.seq }, mergers);
    countOwn(tx, actor, request.conversationID, isCounted(event));
    const opens = ref.kind === 'c2c' && !isSwallowed && shownTo(before, ref.peer).seq === 0;
    if (opens) openForPeer(tx, app, ref.peer, userID);
    return { seq: head.seq, pos: head.pos, timeMs: head.timeMs, id, ...author };
  },
};

/** A message may be a step of signaling: then it is sent only if the step may be taken. */
function takeStep(
  tx: Transaction,
  { actor, request, nowMs }: SendBody,
  at: { log: string; ref: ConversationRef; seq: number; isSwallowed: true | undefined },
): void {
  const signal = signalOf(request.elements);
  if (signal === undefined) return requireWellFormed(request.elements);
  const { log, ref, isSwallowed } = at;
  const seq = request.onlineUserOnly ? 0 : at.seq;
  recordSignal(tx, { actor, request, nowMs, signal, log, ref, seq, ...(isSwallowed && { isHidden: true }) });
}

/** How the sender appears on the message: as of now, so that later renames do not rewrite history. */
interface Author {
  nick?: string;
  avatar?: string;
  nameCard?: string;
}

/** Checks every right to send in the transaction that appends. */
function requireRights(
  tx: Transaction,
  body: SendBody,
  ref: ConversationRef,
): { log: string; author: Author; others?: number; keptFrom?: string } & Pick<SendReply, 'isLive'> {
  const { app, userID } = body.actor;
  const { nick, avatar } = load.profile(tx, app, userID);
  const author: Author = { ...(nick && { nick }), ...(avatar && { avatar }) };
  switch (ref.kind) {
    case 'system':
      throw new ImError('conversationTypeInvalid', 'the system conversation is receive-only');
    case 'c2c':
      requireAudience(body, false);
      return { log: c2cLog(app, userID, ref.peer), author, ...reachPeer(tx, body, ref.peer) };
    case 'group': {
      const log = conversationLog(app, userID, ref);
      const { member, kind, others } = requireSpeaker(tx, log, { userID, topicID: ref.topicID }, body.nowMs);
      requireAudience(body, kind.targeted);
      const { nameCard } = member;
      return {
        log,
        author: { ...author, ...(nameCard && { nameCard }) },
        others,
        ...(!kind.stored && { isLive: true as const }),
      };
    }
  }
}

/** Where all are spoken to, a message that names some of them reaches nobody rather than everybody. */
function requireAudience({ request: { receivers } }: SendBody, isTargeted: boolean): void {
  if (receivers !== undefined && !isTargeted)
    throw new ImError('badParameter', 'messages for some members alone are not for this conversation');
}

/** Takes the inviter's step in an invitation of which the invitee is not told. */
function isOfHidden(tx: Transaction, app: number, elements: SendBody['request']['elements']): boolean {
  const signal = signalOf(elements);
  if (signal === undefined) return false;
  return decode.invitation(tx.get(keys.invitation(app, signal.inviteID)))?.isHidden === true;
}

function reachPeer(
  tx: Transaction,
  { actor: { app, userID }, request, hidesBlocks, friendsOnly }: SendBody,
  peer: string,
): { keptFrom?: string } {
  if (peer === userID) throw new ImError('accountNotFound', 'a message cannot be sent to oneself');
  if (load.account(tx, app, peer) === undefined) throw new ImError('accountNotFound', peer);
  if (isBlockedBy(tx, app, peer, userID)) {
    if (hidesBlocks) return { keptFrom: peer };
    throw new ImError('blacklisted');
  }
  // Let in again, the peer does not hear of the end of what they never heard of.
  if (isOfHidden(tx, app, request.elements)) return { keptFrom: peer };
  if (friendsOnly) requireFriends(tx, app, userID, peer);
  return {};
}

/** A message of one's own is no unread one: it is counted apart, so that unread stays a difference of counts. */
export function countOwn(
  tx: Transaction,
  user: { app: number; userID: string },
  conversationID: string,
  counts: boolean,
): void {
  const mine = loadMine(tx, user, conversationID);
  if (mine !== undefined && !counts) return;
  const state: UserConversation = mine ?? NEW_USER_CONVERSATION;
  const key = keys.userConversation(user.app, user.userID, conversationID);
  tx.set(key, toJson({ ...state, own: state.own + (counts ? 1 : 0) }));
}

/** The first message makes the conversation exist for the peer too. */
function openForPeer(tx: Transaction, app: number, peer: string, userID: string): void {
  const key = keys.userConversation(app, peer, `C2C${userID}`);
  if (tx.get(key) === undefined) tx.set(key, toJson(NEW_USER_CONVERSATION));
}
