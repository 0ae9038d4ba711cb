/**
 * The slice of the published SDK that this app stands on. The SDK's own types satisfy it; so does the
 * in-memory one used for design work and tests.
 */
export interface TimModule {
  create(options: { SDKAppID: number }): Tim;
  EVENT: TimEventNames;
}

export interface TimEventNames {
  readonly SDK_READY: 'sdkStateReady';
  readonly SDK_NOT_READY: 'sdkStateNotReady';
  readonly SDK_RELOAD: 'sdkReload';
  readonly MESSAGE_RECEIVED: 'onMessageReceived';
  readonly MESSAGE_REVOKED: 'onMessageRevoked';
  readonly MESSAGE_MODIFIED: 'onMessageModified';
  readonly MESSAGE_READ_BY_PEER: 'onMessageReadByPeer';
  readonly CONVERSATION_LIST_UPDATED: 'onConversationListUpdated';
  readonly GROUP_LIST_UPDATED: 'onGroupListUpdated';
  readonly PROFILE_UPDATED: 'onProfileUpdated';
  readonly KICKED_OUT: 'kickedOut';
  readonly ERROR: 'error';
  readonly NET_STATE_CHANGE: 'netStateChange';
}

/** What each event carries, by the event's published value. */
export interface TimEventData {
  sdkStateReady: unknown;
  sdkStateNotReady: unknown;
  sdkReload: unknown;
  onMessageReceived: TimMessage[];
  onMessageRevoked: TimMessage[];
  onMessageModified: TimMessage[];
  onMessageReadByPeer: TimMessage[];
  onConversationListUpdated: TimConversation[];
  onGroupListUpdated: TimGroup[];
  onProfileUpdated: TimProfile[];
  kickedOut: { type: string };
  error: { code: number; message: string };
  netStateChange: { state: string };
}

export interface TimResult<Data> {
  code: number;
  data: Data;
}

export interface TimMessage {
  ID: string;
  type: string;
  payload: unknown;
  conversationID: string;
  from: string;
  flow: string;
  /** Seconds. */
  time: number;
  status: string;
  isRevoked: boolean;
  isPeerRead: boolean;
  nick: string;
  avatar: string;
  nameCard: string;
  /** The position in the conversation; 0 until the server has placed the message. */
  sequence: number;
}

export interface TimProfile {
  userID: string;
  nick: string;
  avatar: string;
  selfSignature: string;
}

export interface TimLastMessage {
  lastTime: number;
  fromAccount: string;
  messageForShow: string;
  type: string;
  payload: unknown;
  isRevoked: boolean;
  nick?: string;
  nameCard?: string;
}

export interface TimConversation {
  conversationID: string;
  type: string;
  unreadCount: number;
  lastMessage: TimLastMessage;
  userProfile?: TimProfile;
  groupProfile?: { groupID: string; name: string; avatar: string };
  remark: string;
  isPinned: boolean;
  messageRemindType: string;
}

export interface TimGroup {
  groupID: string;
  name: string;
  avatar: string;
  type: string;
  ownerID: string;
  introduction: string;
  notification: string;
  memberCount: number;
  joinOption: string;
  selfInfo: { role: string };
}

export interface TimGroupMember {
  userID: string;
  nick: string;
  avatar: string;
  role: string;
  nameCard: string;
}

export interface MessageListPage {
  messageList: TimMessage[];
  nextReqMessageID: string;
  isCompleted: boolean;
}

export interface AddMembersResult {
  successUserIDList: string[];
  failureUserIDList: string[];
  existedUserIDList: string[];
  overLimitUserIDList?: string[];
}

export interface Tim {
  on<Name extends keyof TimEventData>(
    eventName: Name,
    handler: (event: { name: string; data: TimEventData[Name] }) => void,
  ): void;
  off<Name extends keyof TimEventData>(
    eventName: Name,
    handler: (event: { name: string; data: TimEventData[Name] }) => void,
  ): void;
  setLogLevel(level: number): void;
  login(options: { userID: string; userSig: string }): Promise<TimResult<unknown>>;
  logout(): Promise<unknown>;

  createTextMessage(options: { to: string; conversationType: string; payload: { text: string } }): TimMessage;
  sendMessage(message: TimMessage): Promise<TimResult<{ message: TimMessage }>>;
  resendMessage(message: TimMessage): Promise<TimResult<{ message: TimMessage }>>;
  getMessageList(options: {
    conversationID: string;
    nextReqMessageID?: string;
  }): Promise<TimResult<MessageListPage>>;
  setMessageRead(options: { conversationID: string }): Promise<unknown>;

  getConversationList(): Promise<TimResult<{ conversationList: TimConversation[] }>>;
  deleteConversation(conversationID: string): Promise<unknown>;

  getGroupList(): Promise<TimResult<{ groupList: TimGroup[] }>>;
  getGroupProfile(options: { groupID: string }): Promise<TimResult<{ group: TimGroup }>>;
  createGroup(options: {
    name: string;
    type: 'Private' | 'Public';
    joinOption?: 'FreeAccess';
    memberList?: { userID: string }[];
  }): Promise<TimResult<{ group: TimGroup; overLimitUserIDList?: string[] }>>;
  joinGroup(options: { groupID: string }): Promise<TimResult<{ status: string }>>;
  quitGroup(groupID: string): Promise<unknown>;
  dismissGroup(groupID: string): Promise<unknown>;
  getGroupMemberList(options: {
    groupID: string;
    count: number;
    offset: number;
  }): Promise<TimResult<{ memberList: TimGroupMember[] }>>;
  addGroupMember(options: { groupID: string; userIDList: string[] }): Promise<TimResult<AddMembersResult>>;
  deleteGroupMember(options: { groupID: string; userIDList: string[] }): Promise<unknown>;

  getMyProfile(): Promise<TimResult<TimProfile>>;
  updateMyProfile(options: {
    nick?: string;
    avatar?: string;
    selfSignature?: string;
  }): Promise<TimResult<TimProfile>>;
  getUserProfile(options: { userIDList: string[] }): Promise<TimResult<TimProfile[]>>;
}
