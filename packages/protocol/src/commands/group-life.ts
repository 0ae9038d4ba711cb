import * as v from 'valibot';
import { count, groupID, remindType, text, timeMs, topicID, userID } from '../ids.ts';
import { messageEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { isMemberName } from '../safe-json.ts';
import { command } from './command.ts';
import { customFields, groupInfo, groupMember, inviteOption, joinOption } from './group-info.ts';
import { userIDs } from './user-results.ts';

/** Changes the group's own fields; only the named ones. An empty text clears a field, but for the name. */
export const updateGroup = command('group.update', {
  request: v.object({
    groupID,
    changes: v.object({
      name: v.optional(text(LIMITS.groupNameBytes)),
      avatar: v.optional(text(LIMITS.avatarBytes)),
      introduction: v.optional(text(LIMITS.groupIntroductionBytes)),
      notification: v.optional(text(LIMITS.groupNotificationBytes)),
      joinOption: v.optional(joinOption),
      inviteOption: v.optional(inviteOption),
      muteAll: v.optional(v.boolean()),
      maxMemberCount: v.optional(v.pipe(count, v.minValue(1))),
      custom: v.optional(customFields(LIMITS.groupCustomFields, LIMITS.groupCustomValueBytes)),
    }),
  }),
  reply: v.object({ group: groupInfo }),
});

/** Hands the group over to another member; the former owner stays as a member. */
export const changeGroupOwner = command('group.changeOwner', {
  request: v.object({ groupID, newOwnerID: userID }),
  reply: v.object({ group: groupInfo }),
});

/** Finds a group by its exact ID, as somebody outside sees it. Kinds that are not found are refused with `noPermission`. */
export const searchGroup = command('group.search', {
  request: v.object({ groupID }),
  reply: v.object({ group: groupInfo }),
});

/** A wish to join (`apply`), or a member's that somebody joins: it waits for the admins (`invite`) or for the invited (`consent`). */
export const application = v.object({
  groupID,
  groupName: v.string(),
  kind: v.picklist(['apply', 'invite', 'consent']),
  /** Who would become a member. */
  userID,
  /** Who asked: the same, or the inviter. */
  by: userID,
  nick: v.optional(v.string()),
  avatar: v.optional(v.string()),
  note: v.string(),
  timeMs,
});

/** Applications to the groups that I decide for, and invitations that wait for me. */
export const listApplications = command('group.applications', {
  request: v.object({}),
  reply: v.object({ applications: v.array(application) }),
});

/** Answers an application, as admin or as the invited. The second to answer is refused with `applicationHandled`. */
export const handleApplication = command('group.handleApplication', {
  request: v.object({
    groupID,
    userID,
    agree: v.boolean(),
    note: v.optional(text(LIMITS.applyMessageBytes)),
  }),
  reply: v.object({ group: groupInfo }),
});

/** Profiles of some members; those who are none are left out. */
export const getGroupMembers = command('group.memberProfiles', {
  request: v.object({ groupID, userIDs: userIDs(LIMITS.groupMembersRead) }),
  reply: v.object({ members: v.array(groupMember) }),
});

export const setMemberRole = command('group.setRole', {
  request: v.object({ groupID, userID, role: v.picklist(['Admin', 'Member', 'Custom']) }),
  reply: v.object({ group: groupInfo, member: groupMember }),
});

/** Silences a member for some seconds; 0 gives the voice back. It outlives leaving and coming back. */
export const muteMember = command('group.muteMember', {
  request: v.object({ groupID, userID, seconds: v.pipe(count, v.maxValue(10 * 365 * 86_400)) }),
  reply: v.object({ group: groupInfo, member: groupMember }),
});

/** Changes a member's own fields: mine, or those of somebody that I outrank. `remindType` only mine. */
export const updateMember = command('group.updateMember', {
  request: v.object({
    groupID,
    userID: v.optional(userID),
    nameCard: v.optional(text(LIMITS.nameCardBytes)),
    custom: v.optional(customFields(LIMITS.memberCustomFields, LIMITS.memberCustomValueBytes)),
    remindType: v.optional(remindType),
  }),
  reply: v.object({ group: groupInfo, member: groupMember }),
});

const attributeKey = v.pipe(text(LIMITS.attributeKeyBytes), v.minLength(1));
const attributes = v.record(attributeKey, text(LIMITS.attributeValueBytes));

/**
 * `init` replaces all attributes, `set` makes or overwrites the named ones, `delete` takes the named ones away (without names, all).
 * `revision` is the one that the caller last saw; when it is given and the attributes have moved on: `attributeConflict`.
 */
export const changeAttributes = command('group.changeAttributes', {
  request: v.object({
    groupID,
    action: v.picklist(['init', 'set', 'delete']),
    attributes: v.optional(attributes),
    keys: v.optional(v.pipe(v.array(attributeKey), v.maxLength(LIMITS.attributes))),
    revision: v.optional(count),
  }),
  reply: v.object({ attributes, revision: count }),
});

export const getAttributes = command('group.attributes', {
  request: v.object({ groupID }),
  reply: v.object({ attributes, revision: count }),
});

/** 64-bit whole numbers, so they travel as strings. */
const counter = v.pipe(v.string(), v.regex(/^-?[0-9]{1,19}$/));
/** It becomes a name in an object. */
const counterKey = v.pipe(
  text(LIMITS.counterKeyBytes),
  v.minLength(1),
  v.check(isMemberName, 'not __proto__, constructor or prototype'),
);

/** Sets counters, or adds to one (a negative number takes away). One that is not there begins at 0. */
export const changeCounters = command('group.changeCounters', {
  request: v.object({
    groupID,
    set: v.optional(v.record(counterKey, counter)),
    add: v.optional(v.object({ key: counterKey, value: counter })),
  }),
  reply: v.object({ counters: v.record(v.string(), counter) }),
});

export const getCounters = command('group.counters', {
  request: v.object({ groupID, keys: v.optional(v.pipe(v.array(counterKey), v.maxLength(LIMITS.counters))) }),
  reply: v.object({ counters: v.record(v.string(), counter) }),
});

/** Pins a message of a group or of a topic, whose ID stands for the group's, for all members, or takes the pin off. */
export const pinGroupMessage = command('group.pinMessage', {
  request: v.object({ groupID: topicID, seq: v.pipe(count, v.minValue(1)), isPinned: v.boolean() }),
  reply: v.object({}),
});

export const listPinnedMessages = command('group.pinnedMessages', {
  request: v.object({ groupID: topicID }),
  reply: v.object({ messages: v.array(messageEvent) }),
});

/** How many members are connected now, as far as this node knows; not exact by design. */
export const countOnlineMembers = command('group.onlineCount', {
  request: v.object({ groupID }),
  reply: v.object({ memberCount: count }),
});
