import * as v from 'valibot';
import { count, groupID, text, timeMs, topicID, userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';

/** Values of the published `GRP_*` constants: Work travels as `Private`, Meeting as `ChatRoom`. */
export const groupType = v.picklist(['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community']);
export type GroupType = v.InferOutput<typeof groupType>;

/** What a client may call them: the later names too. */
export const groupTypeName = v.picklist([...groupType.options, 'Work', 'Meeting']);
export type GroupTypeName = v.InferOutput<typeof groupTypeName>;

export const memberRole = v.picklist(['Owner', 'Admin', 'Member', 'Custom']);
export type MemberRole = v.InferOutput<typeof memberRole>;

export const joinOption = v.picklist(['FreeAccess', 'NeedPermission', 'DisableApply']);

/** Whether members may bring others in: nobody may, an admin has to agree, or at once. */
export const inviteOption = v.picklist(['DisableInvite', 'NeedPermission', 'FreeAccess']);

/** Custom fields by key; keys are of at most 16 letters, digits and underscores. */
export const customFields = (most: number, valueBytes: number) =>
  v.pipe(
    v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]{1,16}$/)), text(valueBytes)),
    v.check((fields) => Object.keys(fields).length <= most, `more than ${most} fields`),
  );

/** My own membership. */
export const selfInfo = v.object({
  role: memberRole,
  joinTimeMs: timeMs,
  nameCard: v.optional(text(LIMITS.nameCardBytes)),
  muteUntilMs: v.optional(timeMs),
  remindType: v.optional(v.string()),
});

/** A group as a member, or a searcher, sees it. */
export const groupInfo = v.object({
  groupID,
  type: groupType,
  name: v.string(),
  avatar: v.optional(v.string()),
  introduction: v.optional(v.string()),
  notification: v.optional(v.string()),
  /** Absent when the owner has left (Work groups). */
  ownerID: v.optional(userID),
  createTimeMs: timeMs,
  /** Bumped by each change of the fields above. */
  infoSequence: count,
  lastInfoTimeMs: timeMs,
  memberCount: count,
  maxMemberCount: count,
  joinOption,
  inviteOption: v.optional(inviteOption),
  custom: v.optional(v.record(v.string(), v.string())),
  muteAll: v.optional(v.literal(true)),
  /** A community whose members talk in topics. */
  isSupportTopic: v.optional(v.literal(true)),
  nextSeq: count,
  /** How far its log was: `memberCount` has in it what lies there or before. */
  pos: count,
  /** What is said in it is not stored, and those who are in it are those who listen now: `memberCount` of them. */
  isLive: v.optional(v.literal(true)),
  self: v.optional(selfInfo),
});
export type GroupInfo = v.InferOutput<typeof groupInfo>;

/** A topic of a community. */
export const topicInfo = v.object({
  topicID,
  name: v.string(),
  avatar: v.optional(v.string()),
  introduction: v.optional(v.string()),
  notification: v.optional(v.string()),
  customData: v.optional(v.string()),
  muteAll: v.optional(v.literal(true)),
  createTimeMs: timeMs,
});
export type TopicInfo = v.InferOutput<typeof topicInfo>;

/** One member in a list. */
export const groupMember = v.object({
  userID,
  role: memberRole,
  joinTimeMs: timeMs,
  nick: v.optional(v.string()),
  avatar: v.optional(v.string()),
  nameCard: v.optional(v.string()),
  muteUntilMs: v.optional(timeMs),
  custom: v.optional(v.record(v.string(), v.string())),
  /** Marks in a live room. */
  marks: v.optional(v.array(count)),
});
export type GroupMemberInfo = v.InferOutput<typeof groupMember>;
