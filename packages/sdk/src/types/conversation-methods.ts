import type { AllReceiveMessageOpt, Conversation } from './conversation.ts';
import type { Group } from './group.ts';
import type { ConversationResult, IMResponse, UserResult } from './result.ts';
import type { ConversationType, ReadAllScope, RemindType } from './values.ts';

export interface ConversationFilter {
  type?: ConversationType | undefined;
  groupName?: string | undefined;
  markType?: number | undefined;
  hasUnreadCount?: boolean | undefined;
  hasGroupAtInfo?: boolean | undefined;
}

/** For one group or topic, or for some users. */
export interface RemindTypeOptions {
  groupID?: string | undefined;
  userIDList?: string[] | undefined;
  messageRemindType: RemindType;
}

export interface ConversationMethods {
  /** Without an argument all conversations, with an empty array none. */
  getConversationList(
    options?: string[] | ConversationFilter,
  ): Promise<IMResponse<{ conversationList: Conversation[]; isSyncCompleted: boolean }>>;
  getConversationProfile(conversationID: string): Promise<IMResponse<{ conversation: Conversation }>>;
  /** Deletes the history too, unless the object form says `clearHistoryMessage: false`. */
  deleteConversation(conversationID: string): Promise<IMResponse<{ conversationID: string }>>;
  deleteConversation(options: {
    conversationIDList: string[];
    clearHistoryMessage?: boolean | undefined;
  }): Promise<IMResponse<{ conversationIDList: string[] }>>;
  deleteConversation(
    options: string | { conversationIDList: string[]; clearHistoryMessage?: boolean | undefined },
  ): Promise<IMResponse<{ conversationID: string } | { conversationIDList: string[] }>>;
  clearHistoryMessage(conversationID: string): Promise<IMResponse<{ conversationID: string }>>;
  setMessageRead(options: { conversationID: string }): Promise<IMResponse<object>>;
  setAllMessageRead(options?: { scope?: ReadAllScope | undefined }): Promise<IMResponse<object>>;
  pinConversation(options: {
    conversationID: string;
    isPinned: boolean;
  }): Promise<IMResponse<{ conversationID: string; isPinned: boolean }>>;
  /** Resolves with `group` for a group, with the two lists for users. */
  setMessageRemindType(
    options: RemindTypeOptions,
  ): Promise<IMResponse<{ group?: Group } & Partial<UserResult>>>;
  /** Muted and system conversations do not count. */
  getTotalUnreadMessageCount(): number;
  setConversationDraft(options: { conversationID: string; draftText: string }): Promise<IMResponse<object>>;
  setConversationCustomData(options: {
    conversationIDList: string[];
    customData: string;
  }): Promise<IMResponse<ConversationResult>>;
  /** Mark types are bit flags: 1, 2, 4, 8 built in, your own are 2^32 to 2^63. */
  markConversation(options: {
    conversationIDList: string[];
    markType: number;
    enableMark: boolean;
  }): Promise<IMResponse<ConversationResult>>;
  getConversationGroupList(): Promise<IMResponse<string[]>>;
  createConversationGroup(options: {
    conversationIDList: string[];
    groupName: string;
  }): Promise<IMResponse<ConversationResult>>;
  deleteConversationGroup(groupName: string): Promise<IMResponse<object>>;
  renameConversationGroup(options: { oldName: string; newName: string }): Promise<IMResponse<object>>;
  addConversationsToGroup(options: {
    conversationIDList: string[];
    groupName: string;
  }): Promise<IMResponse<ConversationResult>>;
  deleteConversationsFromGroup(options: {
    conversationIDList: string[];
    groupName: string;
  }): Promise<IMResponse<ConversationResult>>;
  setAllReceiveMessageOpt(options: Partial<AllReceiveMessageOpt>): Promise<IMResponse<object>>;
  getAllReceiveMessageOpt(): Promise<IMResponse<AllReceiveMessageOpt>>;
}
