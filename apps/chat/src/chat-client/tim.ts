import type { AllowType, TimContacts } from './tim-contacts.ts';
import type { TimEventData, TimEventNames } from './tim-events.ts';
import type { TimTopics } from './tim-topics.ts';

/**
 * The slice of the published SDK that this app stands on. The SDK's own types satisfy it; so does the
 * in-memory one used for design work and tests.
 */
export interface TimModule {
  create(options: { SDKAppID: number }): Tim;
  EVENT: TimEventNames;
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
  /** Who took it back: the sender, or an admin of the group. */
  revoker: string;
  isModified: boolean;
  /** Read by me. */
  isRead: boolean;
  isPeerRead: boolean;
  needReadReceipt: boolean;
  readReceiptInfo: { readCount?: number; unreadCount?: number };
  cloudCustomData: string;
  atUserList: string[];
  nick: string;
  avatar: string;
  nameCard: string;
  /** The position in the conversation; 0 until the server has placed the message. */
  sequence: number;
  /** With `random` what its sender chose once for it: an attempt that repeats both is the same message. */
  clientTime: number;
  random: number;
}

/** Why something could not be done for one of a list. */
export interface TimFailure {
  code: number;
  message: string;
}

export interface TimReceipt {
  messageID: string;
  readCount?: number;
  unreadCount?: number;
}

export interface TimReaction {
  reactionID: string;
  totalUserCount: number;
  partialUserList: TimUser[];
  reactedByMyself?: boolean;
}

export interface TimReactions {
  messageID: string;
  reactionList: TimReaction[];
}

export interface TimUser {
  userID: string;
  nick: string;
  avatar: string;
}

export interface TimProfile {
  userID: string;
  nick: string;
  avatar: string;
  selfSignature: string;
  allowType?: string;
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
  /** Unread messages that name me, or everybody. */
  groupAtInfoList: { atTypeArray: number[] }[];
  remark: string;
  /** The marks that are set, as bit flags. */
  markList: number[];
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
  muteAllMembers: boolean;
  /** A community that talks in topics: it is in a list of its own. */
  isSupportTopic: boolean;
  selfInfo: { role: string; nameCard: string };
}

export interface TimApplication {
  applicant: string;
  applicantNick: string;
  groupID: string;
  groupName: string;
  /** 0 asks to join, 2 was invited and needs approval. */
  applicationType: number;
  userID: string;
  note: string;
  [token: string]: unknown;
}

export interface TimGroupMember {
  userID: string;
  nick: string;
  avatar: string;
  role: string;
  nameCard: string;
  /** Seconds; in the future while the member may not speak. */
  muteUntil: number;
}

/** What every creator of messages takes. */
export interface NewMessage<Payload> {
  to: string;
  conversationType: string;
  payload: Payload;
  cloudCustomData?: string | undefined;
  needReadReceipt?: boolean | undefined;
}

/** The file may say what is known of it before it is uploaded: `width`, `height`, `duration`. */
export type NewMediaMessage = NewMessage<{ file: object }> & {
  /** Told the uploaded fraction, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
};

export interface MessageListPage {
  messageList: TimMessage[];
  nextReqMessageID: string;
  isCompleted: boolean;
}

export interface TimFoundMessages {
  conversationID: string;
  messageCount: number;
  messageList: TimMessage[];
}

export type JoinOption = 'FreeAccess' | 'NeedPermission' | 'DisableApply';

/** What of a group's profile is to change. */
export interface GroupChanges {
  name?: string;
  introduction?: string;
  notification?: string;
  avatar?: string;
  joinOption?: JoinOption;
  muteAllMembers?: boolean;
}

export interface AddMembersResult {
  successUserIDList: string[];
  failureUserIDList: string[];
  existedUserIDList: string[];
  overLimitUserIDList?: string[];
}

export interface Tim extends TimContacts, TimTopics {
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

  createTextMessage(options: NewMessage<{ text: string }>): TimMessage;
  createTextAtMessage(options: NewMessage<{ text: string; atUserList: string[] }>): TimMessage;
  createCustomMessage(options: NewMessage<{ data?: string; description?: string }>): TimMessage;
  createForwardMessage(options: NewMessage<TimMessage>): TimMessage;
  createMergerMessage(
    options: NewMessage<{
      messageList: TimMessage[];
      title: string;
      abstractList: string[];
      compatibleText: string;
    }>,
  ): TimMessage;
  createImageMessage(options: NewMediaMessage): TimMessage;
  createVideoMessage(options: NewMediaMessage): TimMessage;
  createAudioMessage(options: NewMediaMessage): TimMessage;
  createFileMessage(options: NewMediaMessage): TimMessage;
  sendMessage(
    message: TimMessage,
    options?: { onlineUserOnly?: boolean; signal?: AbortSignal | undefined },
  ): Promise<TimResult<{ message: TimMessage }>>;
  resendMessage(
    message: TimMessage,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<TimResult<{ message: TimMessage }>>;
  getMessageList(options: {
    conversationID: string;
    nextReqMessageID?: string;
  }): Promise<TimResult<MessageListPage>>;
  getMessageListHopping(options: {
    conversationID: string;
    sequence?: number;
    time?: number;
    direction?: 0 | 1;
  }): Promise<TimResult<{ messageList: TimMessage[]; isCompleted: boolean }>>;
  searchCloudMessages(options: {
    keywordList: string[];
    keywordListMatchType: 'or' | 'and';
    conversationID?: string;
    count: number;
    cursor?: string;
  }): Promise<TimResult<{ totalCount: number; searchResultList: TimFoundMessages[]; cursor: string }>>;
  setMessageRead(options: { conversationID: string }): Promise<unknown>;
  revokeMessage(message: TimMessage): Promise<TimResult<{ message: TimMessage }>>;
  modifyMessage(message: TimMessage): Promise<TimResult<{ message: TimMessage }>>;
  deleteMessage(messageList: TimMessage[]): Promise<unknown>;
  clearHistoryMessage(conversationID: string): Promise<unknown>;

  addMessageReaction(message: TimMessage, reactionID: string): Promise<unknown>;
  removeMessageReaction(message: TimMessage, reactionID: string): Promise<unknown>;
  getMessageReactions(options: { messageList: TimMessage[] }): Promise<TimResult<TimReactions[]>>;
  getAllUserListOfMessageReaction(options: {
    message: TimMessage;
    reactionID: string;
    nextSeq?: number | undefined;
  }): Promise<TimResult<{ userList: TimUser[]; nextSeq: number; isCompleted: boolean }>>;
  sendMessageReadReceipt(messageList: TimMessage[]): Promise<unknown>;
  getMessageReadReceiptList(messageList: TimMessage[]): Promise<TimResult<{ messageList: TimMessage[] }>>;
  getGroupMessageReadMemberList(options: {
    message: TimMessage;
    filter?: 0 | 1 | undefined;
    cursor?: string | undefined;
  }): Promise<
    TimResult<{
      cursor: string;
      isCompleted: boolean;
      readUserIDList?: string[];
      unreadUserIDList?: string[];
    }>
  >;

  getConversationList(): Promise<TimResult<{ conversationList: TimConversation[] }>>;
  deleteConversation(conversationID: string): Promise<unknown>;
  pinConversation(options: { conversationID: string; isPinned: boolean }): Promise<unknown>;
  setMessageRemindType(
    options: ({ groupID: string } | { userIDList: string[] }) & {
      messageRemindType: 'AcceptAndNotify' | 'AcceptNotNotify';
    },
  ): Promise<TimResult<{ failureUserIDList?: TimFailure[] }>>;
  markConversation(options: {
    conversationIDList: string[];
    markType: number;
    enableMark: boolean;
  }): Promise<TimResult<{ failureConversationIDList: TimFailure[] }>>;

  getGroupList(): Promise<TimResult<{ groupList: TimGroup[] }>>;
  getGroupProfile(options: { groupID: string }): Promise<TimResult<{ group: TimGroup }>>;
  createGroup(options: {
    name: string;
    type: 'Private' | 'Public' | 'ChatRoom' | 'AVChatRoom' | 'Community';
    joinOption?: JoinOption;
    memberList?: { userID: string }[];
    isSupportTopic?: boolean;
  }): Promise<TimResult<{ group: TimGroup; overLimitUserIDList?: string[] }>>;
  updateGroupProfile(options: { groupID: string } & GroupChanges): Promise<TimResult<{ group: TimGroup }>>;
  changeGroupOwner(options: { groupID: string; newOwnerID: string }): Promise<TimResult<{ group: TimGroup }>>;
  joinGroup(options: { groupID: string; applyMessage?: string }): Promise<TimResult<{ status: string }>>;
  getGroupApplicationList(): Promise<TimResult<{ applicationList: TimApplication[] }>>;
  handleGroupApplication(options: {
    handleAction: 'Agree' | 'Reject';
    application: TimApplication;
  }): Promise<unknown>;
  pinGroupMessage(options: { groupID: string; message: TimMessage; isPinned: boolean }): Promise<unknown>;
  getPinnedGroupMessageList(groupID: string): Promise<TimResult<{ messageList: TimMessage[] }>>;
  quitGroup(groupID: string): Promise<unknown>;
  dismissGroup(groupID: string): Promise<unknown>;
  getGroupOnlineMemberCount(groupID: string): Promise<TimResult<{ memberCount: number }>>;
  getGroupMemberList(options: {
    groupID: string;
    count: number;
    offset: number;
  }): Promise<TimResult<{ memberList: TimGroupMember[] }>>;
  addGroupMember(options: { groupID: string; userIDList: string[] }): Promise<TimResult<AddMembersResult>>;
  deleteGroupMember(options: { groupID: string; userIDList: string[]; duration?: number }): Promise<unknown>;
  setGroupMemberRole(options: {
    groupID: string;
    userID: string;
    role: 'Admin' | 'Member';
  }): Promise<unknown>;
  setGroupMemberMuteTime(options: { groupID: string; userID: string; muteTime: number }): Promise<unknown>;
  setGroupMemberNameCard(options: { groupID: string; nameCard: string }): Promise<unknown>;

  uploadFile(options: { file: File }): Promise<TimResult<{ url: string }>>;
  getMyProfile(): Promise<TimResult<TimProfile>>;
  updateMyProfile(options: {
    nick?: string;
    avatar?: string;
    selfSignature?: string;
    allowType?: AllowType;
  }): Promise<TimResult<TimProfile>>;
  getUserProfile(options: { userIDList: string[] }): Promise<TimResult<TimProfile[]>>;
}
