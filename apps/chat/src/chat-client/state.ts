import type { Failure, MessageItem, MessageKind, Tip } from './message-item.ts';
import type { QuotedFate } from './quoted.ts';
import type { TimApplication } from './tim.ts';
import type { AllowType } from './tim-contacts.ts';

export type KickReason = 'multipleAccount' | 'multipleDevice' | 'userSigExpired' | 'administrator';

export interface Credentials {
  SDKAppID: number;
  userID: string;
  userSig: string;
}

export type Session =
  /** Looking for a session to take up again. */
  | { name: 'restoring' }
  | { name: 'signedOut'; failure: Failure | undefined }
  | { name: 'signingIn'; userID: string }
  /** `synced` turns true when the SDK says it is ready: until then lists are still filling. */
  | { name: 'active'; userID: string; SDKAppID: number; synced: boolean }
  | { name: 'kicked'; userID: string; reason: KickReason };

export type Network = 'connected' | 'connecting' | 'disconnected';

export interface Person {
  userID: string;
  nick: string;
  avatar: string;
  signature: string;
  /** Who may become this person's friend; of others it is not known. */
  allowType?: AllowType;
}

/** Somebody in my list, and what I note about them. */
export interface Friend {
  userID: string;
  remark: string;
  groups: readonly string[];
}

/** A wish to become friends that waits: one that came, or one that I sent. */
export interface FriendRequest {
  userID: string;
  name: string;
  avatar: string;
  wording: string;
  timeMs: number;
  isMine: boolean;
}

/** Everything about people one knows. */
export interface Contacts {
  friends: ReadonlyMap<string, Friend>;
  friendsLoaded: boolean;
  friendGroups: readonly string[];
  friendRequests: readonly FriendRequest[];
  /** Requests that came and were not looked at. */
  newFriendRequests: number;
  blocked: ReadonlySet<string>;
  /** How often it was told that I follow, or am followed by, others than before. */
  followChanges: number;
  /** Of those who are watched, who is connected. */
  online: ReadonlySet<string>;
}

export type Preview =
  | { kind: 'none' }
  | { kind: 'text'; text: string; from: string }
  | { kind: 'label'; label: MessageKind; from: string }
  | { kind: 'tip'; tip: Tip }
  | { kind: 'recalled'; from: string };

export interface ConversationItem {
  id: string;
  kind: 'c2c' | 'group' | 'system';
  /** The peer's userID, the groupID, or the system conversation's own name. */
  targetID: string;
  title: string;
  avatar: string;
  unread: number;
  muted: boolean;
  pinned: boolean;
  /** I want to come back to it, whatever the count says. */
  markedUnread: boolean;
  lastTimeMs: number;
  preview: Preview;
  /** Among what is unread is something that names me, or everybody. */
  mention: 'none' | 'me' | 'everybody';
  /** Something that I wrote here is not on the server: what the preview says is under way, or something could not be sent. */
  unsent?: UnsentLine['state'];
  /** Nothing of it is on the server, so there is nothing to be kept about it either. */
  isOnlyHere?: true;
}

/** The newest message of mine in a conversation that is not on the server, as the list shows it. */
export interface UnsentLine {
  conversationID: string;
  timeMs: number;
  preview: Preview;
  state: 'sending' | 'failed';
}

/** A topic of a community. */
export interface TopicItem extends ConversationItem {
  groupID: string;
  introduction: string;
  muteAll: boolean;
}

export interface GroupItem {
  groupID: string;
  name: string;
  avatar: string;
  type: string;
  ownerID: string;
  introduction: string;
  notification: string;
  memberCount: number;
  joinOption: string;
  muteAll: boolean;
  /** It talks in topics, and is in no list of conversations. */
  hasTopics: boolean;
  myRole: string;
  /** The name I go by in this group, where one is set. */
  myNameCard: string;
}

export interface MemberItem {
  userID: string;
  nick: string;
  /** The name this member goes by in this group, where one is set. */
  nameCard: string;
  avatar: string;
  role: string;
  /** In the future while this member may not speak. */
  muteUntilMs: number;
}

export interface MemberPage {
  groupID: string;
  members: readonly MemberItem[];
  loading: boolean;
  failed: boolean;
  complete: boolean;
}

export type OlderState = 'idle' | 'loading' | 'failed' | 'none' | 'limit';

export interface Timeline {
  /** Names what is on the page; another where a jump, a way back or a fresh start has put other messages there. */
  stretch: object;
  items: readonly MessageItem[];
  first: 'loading' | 'ready' | 'failed';
  older: OlderState;
  cursor: string;
  /** `none` where the newest messages are here; else this is a stretch of the past, and it goes on below. */
  newer: 'none' | 'idle' | 'loading' | 'failed';
  /** How many unread messages there were when the conversation was opened, until their place is known. */
  unreadToPlace: number;
  /** The message that "New messages" stands above. */
  dividerKey: string | undefined;
}

/** Everybody who answered a message with one sign. */
export interface Reaction {
  reactionID: string;
  count: number;
  mine: boolean;
  names: readonly string[];
}

/** How many have read a message of mine in a group, and how many have not. */
export interface Receipt {
  read: number;
  unread: number;
}

/** What the composer is asked to do: answer a message, change one, or take up a text again. */
export type WritingTask =
  | { kind: 'reply'; item: MessageItem }
  | { kind: 'edit'; item: MessageItem }
  | { kind: 'again'; conversationID: string; text: string };

/** Messages that are marked to be forwarded or deleted together. */
export interface Selection {
  conversationID: string;
  keys: readonly string[];
}

/** The message that was jumped to. */
export interface Spotlight {
  conversationID: string;
  key: string;
}

/** Somebody who asks to join a group, or was invited and needs an approval. */
export interface Application {
  groupID: string;
  groupName: string;
  userID: string;
  nick: string;
  note: string;
  source: TimApplication;
}

export interface PinnedMessages {
  groupID: string;
  /** The one pinned last is the last. */
  items: readonly MessageItem[];
}

export type Notice =
  | { kind: 'failure'; failure: Failure }
  | { kind: 'copied' }
  | { kind: 'waitingApproval' }
  | { kind: 'alreadyMember' }
  | { kind: 'forwarded' }
  | { kind: 'filesLeftOut'; why: 'empty' | 'tooLarge' | 'tooMany' | 'unreadable'; names: readonly string[] }
  | { kind: 'noMicrophone' }
  | { kind: 'friendAsked' }
  | { kind: 'messageGone' };

export interface Toast {
  id: number;
  notice: Notice;
}

/** A live room that one is not in: sent out of it, not let in, or it has ended. No list has its name. */
export interface ClosedRoom {
  name: string;
  avatar: string;
  why: 'sentOut' | 'notLetIn' | 'ended';
}

export interface ChatState extends Contacts {
  session: Session;
  network: Network;
  /** Demo accounts of a server in development mode; `undefined` in production. */
  demoUsers: readonly Person[] | undefined;
  me: Person | undefined;
  conversations: readonly ConversationItem[];
  conversationsLoaded: boolean;
  groups: ReadonlyMap<string, GroupItem>;
  groupsLoaded: boolean;
  /** The topics of all communities that have some, by the IDs of their conversations. */
  topics: ReadonlyMap<string, TopicItem>;
  topicsLoaded: boolean;
  members: MemberPage | undefined;
  /** How many listen in the live room on the page; 0 until it is known. */
  audience: { groupID: string; count: number } | undefined;
  /** By groupID, until one is in again. */
  closedRooms: ReadonlyMap<string, ClosedRoom>;
  /** Maps, not records: a user may be called `constructor`. */
  people: ReadonlyMap<string, Person>;
  timelines: Readonly<Record<string, Timeline>>;
  drafts: Readonly<Record<string, string>>;
  /** The oldest is the first. */
  unsent: readonly UnsentLine[];
  /** How much of a message's file is uploaded, 0 to 1, by the message's key. */
  uploads: ReadonlyMap<string, number>;
  /** By message ID. */
  reactions: ReadonlyMap<string, readonly Reaction[]>;
  receipts: ReadonlyMap<string, Receipt>;
  /** What became of messages that are quoted and not on the page, by message ID. */
  quoted: ReadonlyMap<string, QuotedFate>;
  pinned: PinnedMessages | undefined;
  applications: readonly Application[];
  writing: WritingTask | undefined;
  selection: Selection | undefined;
  spotlight: Spotlight | undefined;
  /** Conversations in which the other one is writing now. */
  typing: ReadonlySet<string>;
  openID: string | undefined;
  /** The conversation whose newest message is before the user's eyes: it shows no unread count. */
  attendedID: string | undefined;
  toasts: readonly Toast[];
}

/** What belongs to one signed-in user, empty. */
export const NOTHING_LOADED: Omit<ChatState, 'session' | 'demoUsers' | 'toasts'> = {
  network: 'connected',
  me: undefined,
  conversations: [],
  conversationsLoaded: false,
  groups: new Map(),
  groupsLoaded: false,
  topics: new Map(),
  topicsLoaded: false,
  members: undefined,
  audience: undefined,
  closedRooms: new Map(),
  people: new Map(),
  friends: new Map(),
  friendsLoaded: false,
  friendGroups: [],
  friendRequests: [],
  newFriendRequests: 0,
  blocked: new Set(),
  followChanges: 0,
  online: new Set(),
  timelines: {},
  drafts: {},
  unsent: [],
  uploads: new Map(),
  reactions: new Map(),
  receipts: new Map(),
  quoted: new Map(),
  pinned: undefined,
  applications: [],
  writing: undefined,
  selection: undefined,
  spotlight: undefined,
  typing: new Set(),
  openID: undefined,
  attendedID: undefined,
};

export const INITIAL_STATE: ChatState = {
  ...NOTHING_LOADED,
  session: { name: 'restoring' },
  demoUsers: undefined,
  toasts: [],
};
