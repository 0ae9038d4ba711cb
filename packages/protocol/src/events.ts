import * as v from 'valibot';
import {
  clientID,
  conversationID,
  count,
  groupID,
  instanceID,
  text,
  timeMs,
  topicID,
  userID,
} from './ids.ts';
import { storedElement } from './elements.ts';
import { LIMITS } from './limits.ts';

/**
 * Events are what logs hold. A conversation's log has everything that changes the conversation for all who see it;
 * a user's inbox log has what changes the conversation, or the account, for that user alone, on all devices.
 * In both, `pos` is dense from 1; it travels beside the event (in the range of a page or push), not inside.
 */

/** In a topic, every event says where the community's log stood: who may see it is decided there. */
const placed = { at: v.optional(count) };

/** Why content is gone: who recalled it and when. */
export const recallMark = v.object({ by: userID, timeMs, reason: v.optional(text(256)) });

/**
 * One stored message, in its newest version. `seq` is the conversation's dense message number, the public `sequence`.
 * `countable` is the running count of messages that add to unread, this one included if it does.
 */
export const messageEvent = v.object({
  t: v.literal('message'),
  ...placed,
  seq: count,
  /** `${tinyID of the sender}-${clientID}`: the public message ID. */
  id: text(128),
  clientID: v.optional(clientID),
  from: userID,
  timeMs,
  elements: v.array(storedElement),
  countable: count,
  /** Adds to nobody's unread count: a tip, or so asked by the sender. */
  uncounted: v.optional(v.literal(true)),
  /** Does not become the conversation's last message. */
  notLast: v.optional(v.literal(true)),
  priority: v.optional(v.picklist(['High', 'Low', 'Lowest'])),
  nick: v.optional(v.string()),
  avatar: v.optional(v.string()),
  nameCard: v.optional(v.string()),
  cloudCustomData: v.optional(v.string()),
  atUsers: v.optional(v.array(v.string())),
  /** Targeted: only these and the sender may see it. Nobody, in a log alone: the receiver has blocked the sender, who is told of no list. */
  receivers: v.optional(v.array(userID)),
  needReadReceipt: v.optional(v.literal(true)),
  /** In a group, of a message that wants receipts: how many were in it beside the sender when it was sent. */
  readers: v.optional(count),
  supportsExtensions: v.optional(v.literal(true)),
  /** How devices are to be woken, of the version that was sent. */
  offlinePushInfo: v.optional(v.record(v.string(), v.unknown())),
  /** Bumped by each edit; absent means 0. */
  version: v.optional(count),
  recalled: v.optional(recallMark),
});

/** Of a targeted message: only these may know of what becomes of it. */
const audience = v.optional(v.array(userID));

/** The message `seq` was recalled; its row in the log has lost its content already. */
export const recallEvent = v.object({
  t: v.literal('recall'),
  ...placed,
  seq: count,
  id: v.string(),
  from: userID,
  by: userID,
  timeMs,
  reason: v.optional(v.string()),
  /** Whether the message had counted as unread for its readers. */
  counted: v.boolean(),
  audience,
});

/**
 * The message `seq` has a newer version; its row in the log shows it already. What the message says is named whole;
 * where a still newer version or a recall has come since, it is not named any more.
 */
export const editEvent = v.object({
  t: v.literal('edit'),
  ...placed,
  seq: count,
  id: v.string(),
  version: count,
  by: userID,
  timeMs,
  elements: v.optional(v.array(storedElement)),
  cloudCustomData: v.optional(v.string()),
  audience,
});

/** Key-value pairs of a message changed: those set, with their new values, and those gone. */
export const extensionsEvent = v.object({
  t: v.literal('extensions'),
  ...placed,
  seq: count,
  id: v.string(),
  by: userID,
  set: v.array(v.object({ key: v.string(), value: v.string() })),
  deleted: v.array(v.string()),
  audience,
});

/** One reaction to a message, as it stands after the change. `users` are the first to have reacted, at most ten. */
export const reaction = v.object({ reactionID: text(64), total: count, users: v.array(userID) });

/** A reaction was added or taken back by `by`. Without it: a later event says how it stands, or the message was recalled. */
export const reactionEvent = v.object({
  t: v.literal('reaction'),
  ...placed,
  seq: count,
  id: v.string(),
  by: userID,
  added: v.boolean(),
  reaction: v.optional(reaction),
  audience,
});

/** Members came. Positions after this one are theirs to read (and before, where the kind of group says so). */
export const joinedEvent = v.object({ t: v.literal('joined'), userIDs: v.array(userID), by: userID, timeMs });

/** Members went; this position is the last that they may know of. */
export const leftEvent = v.object({
  t: v.literal('left'),
  userIDs: v.array(userID),
  by: userID,
  reason: v.picklist(['quit', 'kicked', 'dismissed']),
  timeMs,
});

/** The group's own fields changed: only the changed ones are named. */
export const groupEvent = v.object({
  t: v.literal('group'),
  by: userID,
  timeMs,
  changes: v.record(v.string(), v.unknown()),
});

/** A member's fields changed: role, name card, mute end. */
export const memberEvent = v.object({
  t: v.literal('member'),
  userID,
  by: userID,
  timeMs,
  changes: v.record(v.string(), v.unknown()),
});

/** The group's attributes changed: all of them, as they are now. */
export const attributesEvent = v.object({
  t: v.literal('attributes'),
  by: userID,
  attributes: v.record(v.string(), v.string()),
  revision: count,
});

/** Counters changed: their new values. */
export const countersEvent = v.object({
  t: v.literal('counters'),
  by: userID,
  counters: v.record(v.string(), v.string()),
});

/** A message was pinned for all, or its pin taken off. */
export const pinEvent = v.object({
  t: v.literal('pin'),
  ...placed,
  seq: count,
  id: v.string(),
  by: userID,
  isPinned: v.boolean(),
  audience,
});

/** A topic of the community was made (with all its fields) or changed (with those that did). */
export const topicEvent = v.object({
  t: v.literal('topic'),
  topicID,
  by: userID,
  timeMs,
  created: v.optional(v.literal(true)),
  changes: v.record(v.string(), v.unknown()),
});

/** Topics of the community are gone, with all that was said in them. */
export const topicsDeletedEvent = v.object({
  t: v.literal('topicsDeleted'),
  topicIDs: v.array(topicID),
  by: userID,
  timeMs,
});

/** Everything that a conversation's log may hold. */
export const conversationEvent = v.variant('t', [
  messageEvent,
  recallEvent,
  editEvent,
  extensionsEvent,
  reactionEvent,
  joinedEvent,
  leftEvent,
  groupEvent,
  memberEvent,
  attributesEvent,
  countersEvent,
  pinEvent,
  topicEvent,
  topicsDeletedEvent,
]);

/** A profile as it travels: standard fields by the published names, custom ones by key. Unset fields are absent. */
export const profile = v.object({
  userID,
  nick: v.optional(text(LIMITS.nickBytes)),
  avatar: v.optional(text(LIMITS.avatarBytes)),
  gender: v.optional(v.picklist(['Gender_Type_Unknown', 'Gender_Type_Female', 'Gender_Type_Male'])),
  birthday: v.optional(count),
  location: v.optional(text(LIMITS.locationBytes)),
  selfSignature: v.optional(text(LIMITS.selfSignatureBytes)),
  allowType: v.optional(
    v.picklist(['AllowType_Type_AllowAny', 'AllowType_Type_NeedConfirm', 'AllowType_Type_DenyAny']),
  ),
  language: v.optional(count),
  messageSettings: v.optional(count),
  adminForbidType: v.optional(v.picklist(['AdminForbid_Type_None', 'AdminForbid_Type_SendOut'])),
  level: v.optional(count),
  role: v.optional(count),
  custom: v.optional(v.record(v.string(), text(LIMITS.profileCustomValueBytes))),
  /** When it last changed. */
  timeMs: v.optional(timeMs),
});

/** I read up to `seq`, on some device. `unread` is what is left by the formula, at this position of the inbox. */
const readEvent = v.object({ t: v.literal('read'), conversationID, seq: count, unread: count });
/** The peer of a one-to-one conversation read up to `seq`. */
const peerReadEvent = v.object({ t: v.literal('peerRead'), conversationID, seq: count, timeMs });
/** I deleted the conversation: hidden until a message after `hiddenSeq`; nothing up to `clearedSeq` is shown again. */
const conversationDeletedEvent = v.object({
  t: v.literal('conversationDeleted'),
  conversationID,
  hiddenSeq: count,
  clearedSeq: count,
});
/** I deleted messages for myself; `unread` is what is left by the formula. */
const messagesDeletedEvent = v.object({
  t: v.literal('messagesDeleted'),
  conversationID,
  seqs: v.array(count),
  unread: count,
});
/** I cleared the history up to `seq`; the conversation stays. */
const historyClearedEvent = v.object({ t: v.literal('historyCleared'), conversationID, seq: count });

/** What I set on a conversation for myself; only what changed is named. */
export const conversationChanges = v.object({
  isPinned: v.optional(v.boolean()),
  remindType: v.optional(text(32)),
  customData: v.optional(text(LIMITS.conversationCustomDataBytes)),
  /** All marks that are set now: powers of two, as strings, since the largest is 2^63. */
  marks: v.optional(v.array(v.pipe(v.string(), v.maxLength(20)))),
});
const conversationChangedEvent = v.object({
  t: v.literal('conversationChanged'),
  conversationID,
  changes: conversationChanges,
});

/** One of my named groups of conversations was made, changed or (`deleted`) taken away. */
const conversationGroupEvent = v.object({
  t: v.literal('conversationGroup'),
  name: text(LIMITS.conversationGroupNameBytes),
  newName: v.optional(text(LIMITS.conversationGroupNameBytes)),
  deleted: v.optional(v.literal(true)),
  added: v.optional(v.array(conversationID)),
  removed: v.optional(v.array(conversationID)),
});

/** A named group of my conversations. */
export const conversationGroup = v.object({
  name: text(LIMITS.conversationGroupNameBytes),
  conversationIDs: v.array(conversationID),
});

/** My do-not-disturb for everything; absent fields mean the whole day. */
export const receiveOption = v.object({
  remindType: v.optional(text(32)),
  startSecond: v.optional(count),
  durationS: v.optional(count),
  isRepeated: v.optional(v.boolean()),
});
const receiveOptionEvent = v.object({ t: v.literal('receiveOption'), option: receiveOption });

/** Somebody read messages of mine that asked for a receipt. */
export const receipt = v.object({
  seq: count,
  id: v.string(),
  readCount: count,
  unreadCount: count,
  /** One-to-one: when the peer read it. */
  timeMs: v.optional(timeMs),
});
const receiptsEvent = v.object({ t: v.literal('receipts'), conversationID, receipts: v.array(receipt) });

/** I became a member: the group's log is mine after position `pos`. The conversation itself is read with `conversation.get`. */
const groupJoinedEvent = v.object({ t: v.literal('groupJoined'), groupID, pos: count, by: userID, timeMs });
/** I am a member no more: nothing after position `pos` is mine. */
const groupLeftEvent = v.object({
  t: v.literal('groupLeft'),
  groupID,
  pos: count,
  by: userID,
  reason: v.picklist(['quit', 'kicked', 'dismissed']),
  timeMs,
});
/** My own profile changed. */
const profileEvent = v.object({ t: v.literal('profile'), profile });
/** Whom I blocked, and whom I block no more. */
const blacklistEvent = v.object({
  t: v.literal('blacklist'),
  added: v.array(userID),
  removed: v.array(userID),
});
/** My friend list changed in these: they are read with `friend.get`. */
const friendsEvent = v.object({ t: v.literal('friends'), userIDs: v.array(userID) });
/** My groups of friends changed: they are read with `friendGroup.list`. */
const friendGroupsEvent = v.object({ t: v.literal('friendGroups') });

/** An invitation that I got ended where I am not told: in a group that I have left. */
const invitationsEvent = v.object({ t: v.literal('invitations') });
/** What waits for an answer changed: it is read with `friendApplication.list`. */
const friendApplicationsEvent = v.object({ t: v.literal('friendApplications') });
/** What is shown of a user beside the ID. */
export const userCard = v.object({
  userID,
  nick: v.optional(v.string()),
  avatar: v.optional(v.string()),
});
/** Whom I follow, who follows me, and who does both. */
export const followList = v.picklist(['following', 'followers', 'mutual']);
/** Users came into one of my lists, or went from it. */
const followEvent = v.object({
  t: v.literal('follow'),
  list: followList,
  isAdd: v.boolean(),
  users: v.array(userCard),
});
/** Sessions of mine that a login ended; a node that holds one closes it. */
const evictedEvent = v.object({
  t: v.literal('evicted'),
  sessions: v.array(v.object({ instanceID, epoch: count, reason: v.string() })),
});

/** Everything that a user's inbox log may hold. Each is idempotent: applying it again, or after newer state, changes nothing. */
export const inboxEvent = v.variant('t', [
  readEvent,
  peerReadEvent,
  conversationDeletedEvent,
  messagesDeletedEvent,
  historyClearedEvent,
  conversationChangedEvent,
  conversationGroupEvent,
  receiveOptionEvent,
  receiptsEvent,
  groupJoinedEvent,
  groupLeftEvent,
  profileEvent,
  blacklistEvent,
  friendsEvent,
  friendGroupsEvent,
  invitationsEvent,
  friendApplicationsEvent,
  followEvent,
  evictedEvent,
]);

export type MessageEvent = v.InferOutput<typeof messageEvent>;
export type ConversationEvent = v.InferOutput<typeof conversationEvent>;
export type InboxEvent = v.InferOutput<typeof inboxEvent>;
export type Profile = v.InferOutput<typeof profile>;
