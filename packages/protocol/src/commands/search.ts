import * as v from 'valibot';
import { conversationID, count, groupID, text, userID } from '../ids.ts';
import { messageEvent, profile } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { groupInfo, groupMember } from './group-info.ts';

const keyword = v.pipe(text(LIMITS.searchKeywordBytes), v.minLength(1));

/** What all searches have in common. An empty cursor begins; the cursor of an answer goes on, for two minutes. */
const asked = {
  keywords: v.optional(v.pipe(v.array(keyword), v.maxLength(LIMITS.searchKeywords))),
  /** Whether a result says one of the keywords, which is the default, or all of them. */
  match: v.optional(v.picklist(['or', 'and'])),
  limit: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.searchPage)),
  cursor: v.optional(text(64)),
};

/**
 * Messages that I may see now. In one conversation: pages of messages, the newest first. In all of mine: pages of conversations with
 * the number of messages found in each, and the message itself where it is the only one.
 */
export const searchMessages = command('search.messages', {
  request: v.object({
    ...asked,
    senders: v.optional(v.pipe(v.array(userID), v.maxLength(LIMITS.searchSenders))),
    types: v.optional(v.pipe(v.array(text(64)), v.maxLength(LIMITS.searchTypes))),
    conversationID: v.optional(conversationID),
    /** The newest second to look at (0: now), and how many seconds before it (0: all). */
    timePositionS: v.optional(count),
    timePeriodS: v.optional(count),
  }),
  reply: v.object({
    total: count,
    results: v.array(v.object({ conversationID, count, messages: v.array(messageEvent) })),
    cursor: v.string(),
  }),
});

/** Users by ID or nick. */
export const searchUsers = command('search.users', {
  request: v.object({
    ...asked,
    gender: profile.entries.gender,
    fromBirthday: v.optional(count),
    toBirthday: v.optional(count),
  }),
  reply: v.object({ total: count, users: v.array(profile), cursor: v.string() }),
});

/** Groups by ID or name: of kinds that can be found, and my own. */
export const searchGroups = command('search.groups', {
  request: v.object({
    ...asked,
    types: v.optional(v.pipe(v.array(text(32)), v.maxLength(LIMITS.searchTypes))),
  }),
  reply: v.object({ total: count, groups: v.array(groupInfo), cursor: v.string() }),
});

/** Members of my groups, or of those named, by ID, nick or name card. */
export const searchMembers = command('search.members', {
  request: v.object({
    ...asked,
    groupIDs: v.optional(v.pipe(v.array(groupID), v.minLength(1), v.maxLength(LIMITS.searchGroups))),
  }),
  reply: v.object({
    total: count,
    members: v.array(v.object({ groupID, ...groupMember.entries })),
    cursor: v.string(),
  }),
});
