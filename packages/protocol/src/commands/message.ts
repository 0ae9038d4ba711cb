import * as v from 'valibot';
import { clientID, conversationID, count, text, timeMs, userID } from '../ids.ts';
import { messageElement, storedElement } from '../elements.ts';
import { messageEvent, recallMark } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

/**
 * Appends one message. Repeating a `clientID` with the same content returns the first reply, for ever, with what became of the
 * message since: sends are safe to retry. The same `clientID` with other content is refused with `clientIDConflict`.
 */
export const sendMessage = command('message.send', {
  request: v.object({
    conversationID,
    clientID,
    elements: v.pipe(v.array(messageElement), v.minLength(1), v.maxLength(LIMITS.elements)),
    priority: v.optional(v.picklist(['High', 'Normal', 'Low', 'Lowest'])),
    cloudCustomData: v.optional(text(LIMITS.cloudCustomDataBytes)),
    atUsers: v.optional(v.pipe(v.array(text(LIMITS.userIDBytes)), v.maxLength(LIMITS.atUsers))),
    receivers: v.optional(v.pipe(v.array(userID), v.minLength(1), v.maxLength(LIMITS.receivers))),
    onlineUserOnly: v.optional(v.literal(true)),
    excludedFromUnreadCount: v.optional(v.literal(true)),
    excludedFromLastMessage: v.optional(v.literal(true)),
    excludedFromContentModeration: v.optional(v.literal(true)),
    needReadReceipt: v.optional(v.literal(true)),
    supportsExtensions: v.optional(v.literal(true)),
    offlinePushInfo: v.optional(v.record(v.string(), v.unknown())),
  }),
  reply: v.object({
    /** 0 for an online-only message: it has no place in the order. */
    seq: count,
    pos: count,
    id: v.string(),
    timeMs,
    /** The message was stored by an earlier attempt. */
    duplicate: v.optional(v.literal(true)),
    /** What is stored, where that is not what was sent: a rule of the app changed it, or, with a `version`, somebody since. */
    elements: v.optional(v.array(storedElement)),
    /** What became of the message since an earlier attempt. */
    version: v.optional(count),
    cloudCustomData: v.optional(v.string()),
    recalled: v.optional(recallMark),
    /** It is gone for the sender, who deleted it, or cleared what was said. */
    deleted: v.optional(v.literal(true)),
    nick: v.optional(v.string()),
    avatar: v.optional(v.string()),
    nameCard: v.optional(v.string()),
  }),
});

/** A page of messages by number, oldest first: the newest ones before `before`, or the oldest ones after `after`. */
export const messageHistory = command('message.history', {
  request: v.object({
    conversationID,
    before: v.optional(count),
    after: v.optional(count),
    /**
     * Instead of a number: the page ends with the newest message of this second or before; with `onward` it begins with the oldest of
     * this second or after. 0: the newest, or the oldest, there is. With a fraction, `nextS` of the page before: it goes on there.
     */
    timeS: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
    onward: v.optional(v.literal(true)),
    limit: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.historyPageMax)),
  }),
  reply: v.object({
    messages: v.array(messageEvent),
    /** Nothing more that this reader may see lies in that direction. */
    complete: v.boolean(),
    /** Where the page ended in the order, visible or not: the `before` (or `after`) of the next page. */
    next: count,
    /** The same as the `timeS` of the next page, where a time was asked for and more is there. */
    nextS: v.optional(v.number()),
  }),
});
