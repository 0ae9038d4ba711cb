import type {
  ConversationEvent,
  GroupInfo,
  GroupType,
  InboxEvent,
  MemberRole,
  Platform,
  Profile,
  SimplifiedMessage,
} from '@sterna/protocol';
import type { CustomStatus } from './ports/presence.ts';
import type { KickType } from './sessions/kick-policy.ts';
import type { Json, LogEntry } from './ports/store.ts';
import { keys } from './keys.ts';
import type { Transaction } from './transaction/transaction.ts';

/** The state of a log: what the next append builds on. */
export interface Head {
  /** The newest position. */
  pos: number;
  /** The newest message number. */
  seq: number;
  /** How many messages so far add to unread. */
  countable: number;
  /** The newest message's time: the next is never earlier, even if the wall clock steps back. */
  timeMs: number;
  /** In a topic: where the community's log stood at the newest entry. */
  at?: number;
  /** The newest message is kept from this user: where the log stands for them. */
  shown?: Pick<Head, 'seq' | 'timeMs'> & { userID: string };
}

/** How far a topic's log was when its community's had come to a position: what was said there before and after. */
export type Place = Pick<Head, 'pos' | 'seq' | 'countable'>;

export const EMPTY_HEAD: Head = { pos: 0, seq: 0, countable: 0, timeMs: 0 };

/** An account. `epoch` numbers its sessions in the order of their logins. */
export interface Account {
  createdMs: number;
  epoch: number;
  /** How many groups the user is a member of. */
  groups: number;
  /** How many live rooms the user owns. */
  rooms?: number;
  /** UserSigs made before this second are void. */
  sigsValidFromS?: number;
  blocked?: true;
  /** None of the user's sessions lives: the last one said goodbye. */
  loggedOut?: true;
  /** Until the user is offline. */
  status?: CustomStatus;
}

/** An instance's newest session: live, ended by another login, or logged out. An ended one is kept to refuse what comes late. */
export interface Session {
  epoch: number;
  platform: Platform;
  loginMs: number;
  /** The instance's own number of its newest login, which began or resumed the session. */
  attempt?: number;
  evicted?: KickType;
  loggedOut?: true;
}

/**
 * One user's side of a conversation. Unread is
 * (head.countable − readCountable) − (own − ownAtRead) − the recalled or deleted countable messages of others after readSeq.
 * Written only by holders of the user's scope, or of the conversation's scope with the user's shared.
 */
export interface UserConversation {
  readSeq: number;
  /** How far its user has seen it, where that is less: what was thrown away unread was not read, and nobody is told so. */
  seenSeq?: number;
  /** `countable` of the message `readSeq`. */
  readCountable: number;
  /** How many countable messages of mine the conversation has. */
  own: number;
  /** `own` as of `readSeq`. */
  ownAtRead: number;
  /** Messages up to here are gone for me. */
  clearedSeq?: number;
  /** Not in my list until a message after this one. */
  hiddenSeq?: number;
  isPinned?: true;
  remindType?: string;
  customData?: string;
  marks?: readonly string[];
  /** Some messages were deleted by me: only then are there records of deletions to look for. */
  hasDeletions?: true;
}

/** A group's own fields. */
export interface Group {
  groupID: string;
  type: GroupType;
  name: string;
  avatar?: string;
  introduction?: string;
  notification?: string;
  ownerID?: string;
  createTimeMs: number;
  infoSequence: number;
  lastInfoTimeMs: number;
  memberCount: number;
  maxMemberCount: number;
  joinOption: 'FreeAccess' | 'NeedPermission' | 'DisableApply';
  inviteOption?: NonNullable<GroupInfo['inviteOption']>;
  custom?: Readonly<Record<string, string>>;
  muteAll?: true;
  /** A community whose members talk in topics. */
  isSupportTopic?: true;
  dismissedPos?: number;
}

/** A topic's own fields. */
export interface Topic {
  topicID: string;
  name: string;
  avatar?: string;
  introduction?: string;
  notification?: string;
  customData?: string;
  muteAll?: true;
  createTimeMs: number;
}

/** One membership. The member's own history begins after `joinSeq`, the events after `joinPos`. */
export interface Member {
  role: MemberRole;
  joinTimeMs: number;
  joinPos: number;
  joinSeq: number;
  nameCard?: string;
  muteUntilMs?: number;
  remindType?: string;
  custom?: Readonly<Record<string, string>>;
}

/** Past memberships: what may still be read, and what outlives leaving. */
export interface Former {
  /** [after, to] message numbers and [after, to] positions of past memberships, oldest first: the newest `pastMemberships`. */
  intervals: readonly { afterSeq: number; toSeq: number; afterPos: number; toPos: number }[];
  muteUntilMs?: number;
}

/** What a live room, which keeps no members, keeps of somebody. */
export interface Standing {
  muteUntilMs?: number;
  marks?: readonly number[];
}

/** Somebody who may not come into a live room. */
export interface Ban {
  untilMs: number;
}

/** Where a send became a message, kept for ever: what was said there tells a repetition from a conflict. */
export interface Sent {
  log: string;
  pos: number;
}

/** A recalled message that had counted as unread. */
export interface Recalled {
  from: string;
  /** Where the recall stands in the order; absent on the oldest, which nobody is behind of any more. */
  pos?: number;
}

/** A message that its reader deleted; `counted` when it would else count as unread. */
export interface Deletion {
  counted: boolean;
}

/** The list of a merged message that is kept apart, in parts. */
export interface Merger {
  by: string;
  count: number;
  bytes: number;
  /** Keys of other lists that its messages name, and those of these. */
  nested: readonly string[];
}

/** Some of its messages, in order. */
export type MergerPart = readonly SimplifiedMessage[];

/** One key-value pair of a message. A deleted pair keeps its revision, so that a writer who saw it is told of the conflict. `pos` is where the log tells of it. */
export interface Extension {
  key: string;
  value: string;
  revision: number;
  pos: number;
  deleted?: true;
}

/** Who reacted in one way, in the order in which they did: nobody any more, perhaps. `pos` is where the log tells of it; absent on the oldest. */
export interface Reaction {
  reactionID: string;
  userIDs: readonly string[];
  pos?: number;
}

/** Somebody who may not reach the record's owner. `peerReadSeq` is how far they had read: further reading is not told. */
export interface Blocked {
  timeMs: number;
  peerReadSeq: number;
}

/** Somebody in the owner's friend list, and what the owner notes about them. */
export interface Friend {
  timeMs: number;
  source: string;
  wording: string;
  remark?: string;
  custom?: Readonly<Record<string, string>>;
}

/** A named group of friends. */
export interface FriendGroup {
  name: string;
  userIDs: readonly string[];
}

/** A wish to become friends, on both sides until it is answered, with what the applicant wants to note about the friend. */
export interface FriendApplication {
  timeMs: number;
  source: string;
  wording: string;
  remark?: string;
  groupName?: string;
  isRead?: true;
}

/** A step of signaling that ends the waiting for an invitee: the numbers are those of `TSignaling.ACTION_TYPE_…`. */
export type OutcomeType = 2 | 3 | 4 | 5;

/** What became of one invitee. `clientID` is that of the message that said so: repeated, it says nothing new. */
export interface Outcome {
  actionType: OutcomeType;
  data: string;
  clientID?: string;
}

/** An invitation, from its first message on, for ever. Who has no outcome is still waited for. */
export interface Invitation {
  inviteID: string;
  log: string;
  inviter: string;
  /** Empty one-to-one. */
  groupID: string;
  invitees: readonly { userID: string; outcome?: Outcome }[];
  data: string;
  /** 0 never. */
  timeoutS: number;
  timeMs: number;
  /** When nobody is waited for any more, or, without a timeout, when devices are not told of it any more. */
  dueMs: number;
  /** Of the message that made it. */
  clientID: string;
  /** That message's number; 0 where it is not stored. */
  seq: number;
  isOnlineOnly?: true;
  /** Its message was: nobody is told of it any more, and what it said is nowhere. */
  isRecalled?: true;
  /** The invitee has blocked the inviter, who is not to know: nobody else hears of it. */
  isHidden?: true;
  uncounted?: true;
  notLast?: true;
}

/** A group that was ended, some of whose members may still have records. */
export interface Dismissal {
  app: number;
  groupID: string;
  by: string;
  dueMs: number;
}

/** What is to be done at a time. */
export type DueInvitation = Pick<Dismissal, 'app'> & Pick<Invitation, 'inviteID'>;

/** A list of merged messages that somebody is about to send, until then. */
export type DueMerger = Pick<Dismissal, 'app' | 'dueMs'> & { mergerKey: string };

/** How long a user's lists of follows are. */
export interface FollowCounts {
  following: number;
  followers: number;
  mutual: number;
}

/** How many have read a message that asked for a receipt; one-to-one, when. */
export interface ReceiptCount {
  read: number;
  timeMs: number;
}

/** Do-not-disturb for everything. */
export type ReceiveOption = Extract<InboxEvent, { t: 'receiveOption' }>['option'];

/** A wish that somebody becomes a member, until it is answered: by the admins, or (`consent`) by who is invited. */
export interface Application {
  kind: 'apply' | 'invite' | 'consent';
  by: string;
  note: string;
  timeMs: number;
}

/** A group's attributes, replaced as one. */
export interface Attributes {
  attributes: Readonly<Record<string, string>>;
  revision: number;
  /** Who made this revision. */
  by?: string;
}

/** A named group of conversations. */
export interface ConversationGroup {
  name: string;
  conversationIDs: readonly string[];
}

/** Records are written by this module's callers only, so what is read under a key has the key's type. */
function typed<Value>(value: Json | undefined): Value | undefined {
  return value as Value | undefined;
}

/** The event of an entry of a conversation's log: logs are written by `logs/append.ts` only, each kind with its own events. */
export const conversationEventOf = (entry: Pick<LogEntry, 'event'>): ConversationEvent =>
  entry.event as ConversationEvent;

/** The event of an entry of an inbox log. */
export const inboxEventOf = (entry: Pick<LogEntry, 'event'>): InboxEvent => entry.event as InboxEvent;

/** A typed value as the store takes it. */
export function toJson(value: object): Json {
  return value as Json;
}

export const decode = {
  head: (value: Json | undefined): Head => typed<Head>(value) ?? EMPTY_HEAD,
  account: (value: Json | undefined) => typed<Account>(value),
  session: (value: Json | undefined) => typed<Session>(value),
  profile: (value: Json | undefined, userID: string): Profile => typed<Profile>(value) ?? { userID },
  userConversation: (value: Json | undefined) => typed<UserConversation>(value),
  group: (value: Json | undefined) => typed<Group>(value),
  member: (value: Json | undefined) => typed<Member>(value),
  former: (value: Json | undefined) => typed<Former>(value),
  standing: (value: Json | undefined): Standing => typed<Standing>(value) ?? {},
  ban: (value: Json | undefined) => typed<Ban>(value),
  markKinds: (value: Json | undefined): Readonly<Record<string, number>> =>
    typed<Record<string, number>>(value) ?? {},
  topic: (value: Json | undefined) => typed<Topic>(value),
  place: (value: Json): Place => value as unknown as Place,
  sent: (value: Json | undefined) => typed<Sent>(value),
  blocked: (value: Json | undefined) => typed<Blocked>(value),
  friend: (value: Json | undefined) => typed<Friend>(value),
  friendGroup: (value: Json | undefined) => typed<FriendGroup>(value),
  friendGroupsMade: (value: Json | undefined) => typed<readonly string[]>(value) ?? [],
  friendApplication: (value: Json | undefined) => typed<FriendApplication>(value),
  invitation: (value: Json | undefined) => typed<Invitation>(value),
  timer: (value: Json) => value as unknown as DueInvitation | Dismissal | DueMerger,
  followCounts: (value: Json | undefined): FollowCounts =>
    typed<FollowCounts>(value) ?? { following: 0, followers: 0, mutual: 0 },
  deletion: (value: Json): Deletion => value as unknown as Deletion,
  merger: (value: Json | undefined) => typed<Merger>(value),
  mergerPart: (value: Json): MergerPart => value as unknown as MergerPart,
  extension: (value: Json | undefined) => typed<Extension>(value),
  reaction: (value: Json | undefined) => typed<Reaction>(value),
  receiptCount: (value: Json | undefined): ReceiptCount =>
    typed<ReceiptCount>(value) ?? { read: 0, timeMs: 0 },
  application: (value: Json | undefined) => typed<Application>(value),
  attributes: (value: Json | undefined): Attributes =>
    typed<Attributes>(value) ?? { attributes: {}, revision: 0 },
  counters: (value: Json | undefined): Readonly<Record<string, string>> =>
    typed<Record<string, string>>(value) ?? {},
  pinned: (value: Json | undefined): readonly number[] => typed<readonly number[]>(value) ?? [],
  receiveOption: (value: Json | undefined): ReceiveOption => typed<ReceiveOption>(value) ?? {},
  conversationGroup: (value: Json | undefined) => typed<ConversationGroup>(value),
  edit: (value: Json | undefined) => typed<number>(value),
  recalled: (value: Json): Recalled => value as unknown as Recalled,
};

/** Typed reads of a transaction. */
export const load = {
  head: (tx: Transaction, log: string) => decode.head(tx.get(keys.head(log))),
  account: (tx: Transaction, app: number, userID: string) =>
    decode.account(tx.get(keys.account(app, userID))),
  profile: (tx: Transaction, app: number, userID: string) =>
    decode.profile(tx.peek(keys.profile(app, userID)), userID),
  group: (tx: Transaction, log: string) => decode.group(tx.get(keys.group(log))),
  member: (tx: Transaction, log: string, userID: string) => decode.member(tx.get(keys.member(log, userID))),
  former: (tx: Transaction, log: string, userID: string) => decode.former(tx.get(keys.former(log, userID))),
  standing: (tx: Transaction, log: string, userID: string) =>
    decode.standing(tx.get(keys.standing(log, userID))),
  topic: (tx: Transaction, log: string, topicID: string) => decode.topic(tx.get(keys.topic(log, topicID))),
  userConversation: (tx: Transaction, app: number, userID: string, conversationID: string) =>
    decode.userConversation(tx.get(keys.userConversation(app, userID, conversationID))),
};
