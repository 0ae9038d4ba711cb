import * as v from 'valibot';
import { clientID, conversationID, count, text, userID } from '../ids.ts';
import { messageElement } from '../elements.ts';
import { messageEvent, reaction, receipt } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

/** One message of a conversation, by its number. */
const target = { conversationID, seq: v.pipe(count, v.minValue(1)) };

/** Takes a message back: its content is gone everywhere, for everybody. */
export const recallMessage = command('message.recall', {
  request: v.object({ ...target, reason: v.optional(text(LIMITS.recallReasonBytes)) }),
  reply: v.object({}),
});

/** Changes a message that is at `version`; at any other, `modifyConflict` with the newest copy in `data.message`. */
export const modifyMessage = command('message.modify', {
  request: v.object({
    ...target,
    /** 0 for what is not stored, which cannot be changed. */
    seq: count,
    version: count,
    elements: v.optional(v.pipe(v.array(messageElement), v.minLength(1), v.maxLength(LIMITS.elements))),
    cloudCustomData: v.optional(text(LIMITS.cloudCustomDataBytes)),
  }),
  reply: v.object({ message: messageEvent }),
});

/** Deletes messages for me alone, on all my devices. Numbers that are no messages of mine to see are passed over. */
export const deleteMessages = command('message.delete', {
  request: v.object({
    conversationID,
    seqs: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1), v.maxLength(LIMITS.messagesDeleted)),
  }),
  reply: v.object({ unread: count }),
});

/** Clears all messages of a conversation for me; it stays in my list. */
export const clearHistory = command('message.clear', {
  request: v.object({ conversationID }),
  reply: v.object({}),
});

/** Finds one message by the ID that its sender made. */
export const findMessage = command('message.find', {
  request: v.object({ conversationID, from: userID, clientID }),
  reply: v.object({ message: v.optional(messageEvent) }),
});

const extensionKey = v.pipe(text(LIMITS.extensionKeyBytes), v.minLength(1));

/**
 * Sets key-value pairs of a message. `revision` is the one that the caller saw (0: none): where it has moved on, that pair is not set,
 * and its result has `extensionConflict`'s code with the newest value.
 */
export const setExtensions = command('message.setExtensions', {
  request: v.object({
    ...target,
    extensions: v.pipe(
      v.array(v.object({ key: extensionKey, value: text(LIMITS.extensionValueBytes), revision: count })),
      v.minLength(1),
      v.maxLength(LIMITS.extensionsSet),
    ),
  }),
  reply: v.object({
    results: v.array(v.object({ key: v.string(), value: v.string(), revision: count, code: count })),
  }),
});

/** Takes pairs off a message; without `keys` all of them. */
export const deleteExtensions = command('message.deleteExtensions', {
  request: v.object({
    ...target,
    keys: v.optional(v.pipe(v.array(extensionKey), v.maxLength(LIMITS.extensionsSet))),
  }),
  reply: v.object({ results: v.array(v.object({ key: v.string(), code: count })) }),
});

export const getExtensions = command('message.getExtensions', {
  request: v.object(target),
  reply: v.object({ extensions: v.array(v.object({ key: v.string(), value: v.string(), revision: count })) }),
});

const reactionID = v.pipe(text(64), v.minLength(1));

export const addReaction = command('message.addReaction', {
  request: v.object({ ...target, reactionID }),
  reply: v.object({}),
});

export const removeReaction = command('message.removeReaction', {
  request: v.object({ ...target, reactionID }),
  reply: v.object({}),
});

/** Reactions of some messages of one conversation, with the first users of each. */
export const getReactions = command('message.getReactions', {
  request: v.object({
    conversationID,
    seqs: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1), v.maxLength(LIMITS.reactionsRead)),
    users: v.pipe(count, v.maxValue(LIMITS.reactionUsersShown)),
  }),
  reply: v.object({
    messages: v.array(
      v.object({ seq: count, reactions: v.array(v.object({ ...reaction.entries, mine: v.boolean() })) }),
    ),
  }),
});

/** All who reacted in one way, in the order in which they did. */
export const getReactionUsers = command('message.getReactionUsers', {
  request: v.object({
    ...target,
    reactionID,
    after: count,
    limit: v.pipe(count, v.minValue(1), v.maxValue(100)),
  }),
  reply: v.object({
    users: v.array(v.object({ userID, nick: v.optional(v.string()), avatar: v.optional(v.string()) })),
    next: count,
    complete: v.boolean(),
  }),
});

/**
 * Says that I have read messages which asked for a receipt. Has nothing to do with unread counts. What was not sent to me (said to others alone,
 * or before I came), what I have deleted, and, one-to-one, what is of somebody who has blocked me, counts for nothing.
 */
export const sendReceipts = command('receipt.send', {
  request: v.object({
    conversationID,
    seqs: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1), v.maxLength(LIMITS.receiptsSent)),
  }),
  reply: v.object({}),
});

/** Receipts of my own messages: `readCount` and `unreadCount` sum up to those whom the message was sent to. */
export const getReceipts = command('receipt.get', {
  request: v.object({
    conversationID,
    seqs: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1), v.maxLength(LIMITS.receiptsSent)),
  }),
  reply: v.object({ receipts: v.array(receipt) }),
});

/** Whoever has read a message of mine; or those of whom it was sent to who have not, and are in the group. */
export const getReadMembers = command('receipt.members', {
  request: v.object({
    ...target,
    read: v.boolean(),
    after: v.optional(userID),
    limit: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.readMembersPage)),
  }),
  reply: v.object({ userIDs: v.array(userID), next: v.optional(userID) }),
});
