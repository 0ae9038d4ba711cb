import type { RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import type { MessageDraft } from '../logs/append.ts';
import type { Sent } from '../records.ts';
import { isSameJson } from '../same-json.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** What the sender's request says of a message; the rest is where it lies, and who sent it. */
type Content = Omit<
  MessageDraft,
  'id' | 'clientID' | 'from' | 'nick' | 'avatar' | 'nameCard' | 'version' | 'recalled'
>;

export function contentOf(request: RequestOf<'message.send'>): Content {
  const { priority, cloudCustomData, atUsers, receivers } = request;
  const content: Content = { elements: request.elements };
  if (priority && priority !== 'Normal') content.priority = priority;
  if (cloudCustomData) content.cloudCustomData = cloudCustomData;
  if (atUsers && atUsers.length > 0) content.atUsers = atUsers;
  if (receivers) content.receivers = receivers;
  if (receivers || request.excludedFromUnreadCount) content.uncounted = true;
  if (request.excludedFromLastMessage) content.notLast = true;
  if (request.needReadReceipt) content.needReadReceipt = true;
  if (request.supportsExtensions) content.supportsExtensions = true;
  return content;
}

/** Where the message of an earlier send with the same ID stands, if this one says the same in the same conversation. */
export function repeatedSend(
  tx: Transaction,
  { app, userID }: Actor,
  request: RequestOf<'message.send'>,
  { log, pos }: Sent,
): { seq: number; pos: number; timeMs: number } {
  const isHere = log === conversationLog(app, userID, parseConversationID(request.conversationID));
  // Only then do the command's locks cover the log.
  const [entry] = isHere ? tx.entries({ log, after: pos - 1, limit: 1 }) : [];
  if (entry?.event.t !== 'message' || request.onlineUserOnly || !saysTheSame(contentOf(request), entry.event))
    throw new ImError('clientIDConflict', request.clientID);
  return { seq: entry.event.seq, pos, timeMs: entry.event.timeMs };
}

/** Of a message that was edited or recalled since, nobody knows what it said first: the sender is believed. */
function saysTheSame(content: Content, stored: MessageDraft): boolean {
  if (stored.version !== undefined || stored.recalled !== undefined) return true;
  const said: { [Name in keyof Required<Content>]: Content[Name] | undefined } = {
    elements: stored.elements,
    priority: stored.priority,
    cloudCustomData: stored.cloudCustomData,
    atUsers: stored.atUsers,
    receivers: stored.receivers,
    uncounted: stored.uncounted,
    notLast: stored.notLast,
    needReadReceipt: stored.needReadReceipt,
    supportsExtensions: stored.supportsExtensions,
  };
  return isSameJson(content, said);
}
