import * as v from 'valibot';
import { conversationID, count, text } from '../ids.ts';
import { conversationRange } from '../frame.ts';
import { messageEvent, profile } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { groupInfo, topicInfo } from './group-info.ts';

/** A conversation as one user has it, at position `pos` of its log. */
export const conversationSnapshot = v.object({
  conversationID,
  /** Events up to here are reflected in this snapshot. */
  pos: count,
  /** The newest message number. */
  seq: count,
  unread: count,
  readSeq: count,
  /** One-to-one: how far the peer has read. */
  peerReadSeq: v.optional(count),
  /** The newest message that this user may see and that counts as a last message. */
  last: v.optional(messageEvent),
  /** Hidden from the list: deleted and nothing new since, or a group with nothing to show yet. */
  hidden: v.optional(v.literal(true)),
  /** The unread messages of before this login, oldest first, at most `LIMITS.backlogPerConversation`. */
  backlog: v.optional(v.array(messageEvent)),
  peer: v.optional(profile),
  group: v.optional(groupInfo),
  /** Instead of the group, in one of its topics. */
  topic: v.optional(topicInfo),
  isPinned: v.optional(v.literal(true)),
  remindType: v.optional(v.string()),
  customData: v.optional(v.string()),
  marks: v.optional(v.array(v.string())),
});
export type ConversationSnapshot = v.InferOutput<typeof conversationSnapshot>;

/** All conversations of mine that have anything to show, newest first, at most `LIMITS.conversationsListed`. */
export const listConversations = command('conversation.list', {
  request: v.object({}),
  reply: v.object({ conversations: v.array(conversationSnapshot) }),
});

/** One conversation with full profiles. A one-to-one conversation with an existing user is found even before its first message. */
export const getConversation = command('conversation.get', {
  request: v.object({ conversationID }),
  reply: v.object({ conversation: conversationSnapshot }),
});

/** Events after `after`, oldest first, at most `LIMITS.syncPage`. Refused with `reset` where continuity cannot be proven. */
export const syncConversation = command('conversation.sync', {
  request: v.object({ epoch: text(64), conversationID, after: count }),
  reply: v.object({ range: conversationRange, more: v.boolean() }),
});

/** Read up to message `seq`, on all my devices; the peer of a one-to-one conversation is told. Never goes back. */
export const readConversation = command('conversation.read', {
  request: v.object({ conversationID, seq: count }),
  reply: v.object({ unread: count }),
});

/** Takes conversations off my list until something new arrives; with `clearHistory` their messages are gone for me. */
export const deleteConversations = command('conversation.delete', {
  request: v.object({
    conversationIDs: v.pipe(
      v.array(conversationID),
      v.minLength(1),
      v.maxLength(LIMITS.conversationsDeleted),
    ),
    clearHistory: v.boolean(),
  }),
  reply: v.object({}),
});
