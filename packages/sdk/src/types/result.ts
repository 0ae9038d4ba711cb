/** What every promise of the SDK resolves with; partial failures are lists inside `data`. */
export interface IMResponse<Data = unknown> {
  code: 0;
  data: Data;
}

/** What every promise of the SDK rejects with. */
export interface IMError extends Error {
  code: number;
  data?: unknown;
}

export interface FailedUser {
  userID: string;
  code: number;
  message: string;
}

export interface FailedConversation {
  conversationID: string;
  code: number;
  message: string;
}

export interface FailedTopic {
  topicID: string;
  code: number;
  message: string;
}

export interface UserResult {
  successUserIDList: { userID: string }[];
  failureUserIDList: FailedUser[];
}

export interface ConversationResult {
  successConversationIDList: string[];
  failureConversationIDList: FailedConversation[];
}
