import type { Failure, MessageItem, MessageKind, Tip } from './message-item.ts';

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
  lastTimeMs: number;
  preview: Preview;
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
  myRole: string;
}

export interface MemberItem {
  userID: string;
  nick: string;
  /** The name this member goes by in this group, where one is set. */
  nameCard: string;
  avatar: string;
  role: string;
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
  items: readonly MessageItem[];
  first: 'loading' | 'ready' | 'failed';
  older: OlderState;
  cursor: string;
  /** How many unread messages there were when the conversation was opened, until their place is known. */
  unreadToPlace: number;
  /** The message that "New messages" stands above. */
  dividerKey: string | undefined;
}

export type Notice = { kind: 'failure'; failure: Failure } | { kind: 'copied' } | { kind: 'waitingApproval' };

export interface Toast {
  id: number;
  notice: Notice;
}

export interface ChatState {
  session: Session;
  network: Network;
  /** Demo accounts of a server in development mode; `undefined` in production. */
  demoUsers: readonly Person[] | undefined;
  me: Person | undefined;
  conversations: readonly ConversationItem[];
  conversationsLoaded: boolean;
  groups: ReadonlyMap<string, GroupItem>;
  groupsLoaded: boolean;
  members: MemberPage | undefined;
  /** Maps, not records: a user may be called `constructor`. */
  people: ReadonlyMap<string, Person>;
  timelines: Readonly<Record<string, Timeline>>;
  drafts: Readonly<Record<string, string>>;
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
  members: undefined,
  people: new Map(),
  timelines: {},
  drafts: {},
  openID: undefined,
  attendedID: undefined,
};

export const INITIAL_STATE: ChatState = {
  ...NOTHING_LOADED,
  session: { name: 'restoring' },
  demoUsers: undefined,
  toasts: [],
};
