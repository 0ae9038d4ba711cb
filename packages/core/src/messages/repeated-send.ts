import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { given } from '../given.ts';
import { keys } from '../keys.ts';
import type { MessageDraft } from '../logs/append.ts';
import { load, type Sent } from '../records.ts';
import { isSameJson } from '../same-json.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { messageAsTold } from './audience.ts';

type NotContent =
  | 'id'
  | 'clientID'
  | 'from'
  | 'nick'
  | 'avatar'
  | 'nameCard'
  | 'readers'
  | 'version'
  | 'recalled'
  | 'offlinePushInfo';

/** What the sender's request says of a message; the rest is where it lies, and who sent it. */
type Content = { [Name in Exclude<keyof MessageDraft, NotContent>]-?: MessageDraft[Name] | undefined };

/** The message that a request asks for. Assigned and not spread: it is made for every message, and most have none of these. */
export function draftOf(request: RequestOf<'message.send'>, id: string, from: string): MessageDraft {
  const { clientID, elements, priority, cloudCustomData, atUsers, receivers } = request;
  const draft: MessageDraft = { id, clientID, from, elements };
  if (priority && priority !== 'Normal') draft.priority = priority;
  if (cloudCustomData) draft.cloudCustomData = cloudCustomData;
  if (atUsers && atUsers.length > 0) draft.atUsers = atUsers;
  if (receivers) draft.receivers = receivers;
  if (receivers || request.excludedFromUnreadCount) draft.uncounted = true;
  if (request.excludedFromLastMessage) draft.notLast = true;
  if (request.needReadReceipt) draft.needReadReceipt = true;
  if (request.supportsExtensions) draft.supportsExtensions = true;
  return draft;
}

/** Where a message stands, as whom its sender appears on it, and what became of it since it was sent. */
type Standing = Pick<
  ReplyOf<'message.send'>,
  | 'seq'
  | 'pos'
  | 'timeMs'
  | 'nick'
  | 'avatar'
  | 'nameCard'
  | 'version'
  | 'elements'
  | 'cloudCustomData'
  | 'recalled'
  | 'deleted'
>;

/** How the message of an earlier send with the same ID stands, if this one says the same in the same conversation. */
export function repeatedSend(
  tx: Transaction,
  { app, userID }: Actor,
  request: RequestOf<'message.send'>,
  { log, pos }: Sent,
): Standing {
  const isHere = log === conversationLog(app, userID, parseConversationID(request.conversationID));
  // Only then do the command's locks cover the log.
  const [entry] = isHere ? tx.entries({ log, after: pos - 1, limit: 1 }) : [];
  const stored = entry?.event.t === 'message' && !request.onlineUserOnly ? entry.event : undefined;
  if (stored === undefined || !saysTheSame(draftOf(request, stored.id, userID), messageAsTold(stored)))
    throw new ImError('clientIDConflict', request.clientID);
  const { seq, timeMs, nick, avatar, nameCard, version, elements, cloudCustomData, recalled } = stored;
  const isEdited = version !== undefined && recalled === undefined;
  return {
    seq,
    pos,
    timeMs,
    ...given({ nick, avatar, nameCard, version, recalled }),
    ...(isEdited && { elements, ...given({ cloudCustomData }) }),
    ...(isGoneFor(tx, { app, userID }, request.conversationID, seq) && { deleted: true as const }),
  };
}

function isGoneFor(
  tx: Transaction,
  { app, userID }: Pick<Actor, 'app' | 'userID'>,
  conversationID: string,
  seq: number,
): boolean {
  const { clearedSeq = 0, hasDeletions } = load.userConversation(tx, app, userID, conversationID) ?? {};
  if (seq <= clearedSeq) return true;
  return hasDeletions === true && tx.get(keys.deletion(app, userID, conversationID, seq)) !== undefined;
}

/** Of a message that was edited or recalled since, nobody knows what it said first: the sender is believed. */
function saysTheSame(draft: MessageDraft, stored: MessageDraft): boolean {
  if (stored.version !== undefined || stored.recalled !== undefined) return true;
  return isSameJson(contentOf(draft), contentOf(stored));
}

function contentOf(draft: MessageDraft): Content {
  return {
    elements: draft.elements,
    priority: draft.priority,
    cloudCustomData: draft.cloudCustomData,
    atUsers: draft.atUsers,
    receivers: draft.receivers,
    uncounted: draft.uncounted,
    notLast: draft.notLast,
    needReadReceipt: draft.needReadReceipt,
    supportsExtensions: draft.supportsExtensions,
  };
}
