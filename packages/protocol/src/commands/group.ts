import * as v from 'valibot';
import { count, groupID, text, userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import {
  customFields,
  groupInfo,
  groupMember,
  groupTypeName,
  inviteOption,
  joinOption,
  memberRole,
} from './group-info.ts';
import { named, userIDs } from './user-results.ts';

/** At most ten years. */
const seconds = v.pipe(count, v.maxValue(10 * 365 * 86_400));

/** Creates a group with the caller as owner. Without `groupID` the server makes one that begins with `@TGS#`. */
export const createGroup = command('group.create', {
  request: v.object({
    type: groupTypeName,
    name: text(LIMITS.groupNameBytes),
    groupID: v.optional(groupID),
    introduction: v.optional(text(LIMITS.groupIntroductionBytes)),
    notification: v.optional(text(LIMITS.groupNotificationBytes)),
    avatar: v.optional(text(LIMITS.avatarBytes)),
    maxMemberCount: v.optional(v.pipe(count, v.minValue(1))),
    joinOption: v.optional(joinOption),
    inviteOption: v.optional(inviteOption),
    /** Communities only: their members talk in topics. */
    isSupportTopic: v.optional(v.boolean()),
    custom: v.optional(customFields(LIMITS.groupCustomFields, LIMITS.groupCustomValueBytes)),
    members: v.optional(
      v.pipe(
        v.array(
          v.object({
            userID: named,
            role: v.optional(memberRole),
            custom: v.optional(customFields(LIMITS.memberCustomFields, LIMITS.memberCustomValueBytes)),
          }),
        ),
        v.maxLength(LIMITS.groupMembersAdded),
      ),
    ),
  }),
  reply: v.object({ group: groupInfo, overLimitUserIDs: v.array(userID) }),
});

/** Joins at once, or leaves an application with the owner and admins. */
export const joinGroup = command('group.join', {
  request: v.object({ groupID, applyMessage: v.optional(text(LIMITS.applyMessageBytes)) }),
  reply: v.object({
    status: v.picklist(['JoinedSuccess', 'WaitAdminApproval', 'AlreadyInGroup']),
    group: v.optional(groupInfo),
  }),
});

export const quitGroup = command('group.quit', { request: v.object({ groupID }), reply: v.object({}) });

/** Ends the group for all members; its history stays readable to those who were in. */
export const dismissGroup = command('group.dismiss', { request: v.object({ groupID }), reply: v.object({}) });

/** Groups that I am a member of. */
export const listGroups = command('group.list', {
  request: v.object({}),
  reply: v.object({ groups: v.array(groupInfo) }),
});

export const getGroup = command('group.get', {
  request: v.object({ groupID }),
  reply: v.object({ group: groupInfo }),
});

/** Members in the order of their userIDs, after `after`; `next` is absent on the last page. */
export const listGroupMembers = command('group.members', {
  request: v.object({
    groupID,
    after: v.optional(userID),
    offset: v.optional(count),
    limit: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.groupMembersPage)),
    role: v.optional(memberRole),
    /** Only those with this mark: in live rooms, which list the newest of those who are there, the latest first. */
    mark: v.optional(count),
  }),
  reply: v.object({ members: v.array(groupMember), next: v.optional(userID) }),
});

/** Adds users, or asks those who are to be asked. Each is in exactly one of the lists of the reply. */
export const addGroupMembers = command('group.addMembers', {
  request: v.object({ groupID, userIDs: userIDs(LIMITS.groupMembersAdded) }),
  reply: v.object({
    added: v.array(userID),
    existed: v.array(userID),
    failed: v.array(named),
    overLimit: v.array(userID),
    /** Asked for, and waiting for an admin, or for the invited user, to agree. */
    waiting: v.array(userID),
    group: groupInfo,
  }),
});

/** Removes members that the caller outranks; the others are left alone and not named in the reply. */
export const deleteGroupMembers = command('group.deleteMembers', {
  request: v.object({
    groupID,
    userIDs: userIDs(LIMITS.groupMembersAdded),
    reason: v.optional(text(LIMITS.applyMessageBytes)),
    /** How long they may not come back: for live rooms. */
    seconds: v.optional(seconds),
  }),
  reply: v.object({ deleted: v.array(userID), group: groupInfo }),
});
