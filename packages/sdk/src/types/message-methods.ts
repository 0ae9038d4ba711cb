import type {
  AudioMessage,
  CustomMessage,
  FaceMessage,
  FileMessage,
  ImageMessage,
  LocationMessage,
  MergerMessage,
  Message,
  MessageExtension,
  MessageExtensionResult,
  MessageReactions,
  MessageSearchResult,
  TextMessage,
  UserInfo,
  VideoMessage,
} from './message.ts';
import type { IMResponse } from './result.ts';
import type {
  CreateCustomMessageOptions,
  CreateFaceMessageOptions,
  CreateForwardMessageOptions,
  CreateLocationMessageOptions,
  CreateMediaMessageOptions,
  CreateMergerMessageOptions,
  CreateTextAtMessageOptions,
  CreateTextMessageOptions,
  SendMessageOptions,
  UploadFileOptions,
} from './send.ts';
import type { MessageType } from './values.ts';

/** Creators send nothing: what is wrong with a message rejects its `sendMessage`. */
export interface CreatorMethods {
  createTextMessage(options: CreateTextMessageOptions): TextMessage;
  createTextAtMessage(options: CreateTextAtMessageOptions): TextMessage;
  createImageMessage(options: CreateMediaMessageOptions): ImageMessage;
  createAudioMessage(options: CreateMediaMessageOptions): AudioMessage;
  createVideoMessage(options: CreateMediaMessageOptions): VideoMessage;
  createFileMessage(options: CreateMediaMessageOptions): FileMessage;
  createCustomMessage(options: CreateCustomMessageOptions): CustomMessage;
  createFaceMessage(options: CreateFaceMessageOptions): FaceMessage;
  createLocationMessage(options: CreateLocationMessageOptions): LocationMessage;
  createMergerMessage(options: CreateMergerMessageOptions): MergerMessage;
  createForwardMessage(options: CreateForwardMessageOptions): Message;
}

export interface HoppingOptions {
  conversationID: string;
  /** Where to start: a group's message number. */
  sequence?: number | undefined;
  /** Where to start in a one-to-one conversation, in seconds. */
  time?: number | undefined;
  /** 0 older, 1 newer. */
  direction?: 0 | 1 | undefined;
  count?: number | undefined;
}

export interface CloudMessageQuery {
  keywordList?: string[] | undefined;
  keywordListMatchType?: 'or' | 'and' | undefined;
  senderUserIDList?: string[] | undefined;
  messageTypeList?: MessageType[] | undefined;
  conversationID?: string | undefined;
  timePosition?: number | undefined;
  timePeriod?: number | undefined;
  count?: number | undefined;
  cursor?: string | undefined;
}

export interface MessageMethods extends CreatorMethods {
  /** Resolves with the same object, changed in place. */
  sendMessage<M extends Message>(
    message: M,
    options?: SendMessageOptions,
  ): Promise<IMResponse<{ message: M }>>;
  /** Ours: brings a file to the server without a message. One that nothing comes to name, like an avatar, is removed after a day. */
  uploadFile(options: UploadFileOptions): Promise<IMResponse<{ url: string }>>;
  /** Sends a failed message again; the receiver never sees it twice. */
  resendMessage<M extends Message>(
    message: M,
    options?: SendMessageOptions,
  ): Promise<IMResponse<{ message: M }>>;
  revokeMessage<M extends Message>(message: M): Promise<IMResponse<{ message: M }>>;
  /** One-sided: only my history loses them. */
  deleteMessage(messageList: Message[]): Promise<IMResponse<{ messageList: Message[] }>>;
  /** A conflict rejects with 2480 and the newest copy in `error.data.message`. */
  modifyMessage<M extends Message>(message: M): Promise<IMResponse<{ message: M }>>;
  downloadMergerMessage(message: MergerMessage): Promise<IMResponse<MergerMessage>>;
  /** Looks only in what this instance has loaded. */
  findMessage(messageID: string): Message | null;
  /** Pages run backwards in time; inside a page the oldest is first. */
  getMessageList(options: {
    conversationID: string;
    nextReqMessageID?: string | undefined;
    count?: number | undefined;
  }): Promise<IMResponse<{ messageList: Message[]; nextReqMessageID: string; isCompleted: boolean }>>;
  getMessageListHopping(options: HoppingOptions): Promise<
    IMResponse<{
      messageList: Message[];
      isCompleted: boolean;
      nextMessageSeq?: number;
      /** Where in its second the next page begins is told by a fraction. */
      nextMessageTime?: number | undefined;
    }>
  >;
  sendMessageReadReceipt(messageList: Message[]): Promise<IMResponse<object>>;
  getMessageReadReceiptList(messageList: Message[]): Promise<IMResponse<{ messageList: Message[] }>>;
  getGroupMessageReadMemberList(options: {
    message: Message;
    /** 0 who has read, 1 who has not. */
    filter?: 0 | 1 | undefined;
    cursor?: string | undefined;
    count?: number | undefined;
  }): Promise<
    IMResponse<{
      cursor: string;
      isCompleted: boolean;
      messageID: string;
      readUserIDList?: string[];
      unreadUserIDList?: string[];
    }>
  >;
  setMessageExtensions(
    message: Message,
    extensions: MessageExtension[],
  ): Promise<IMResponse<{ extensions: MessageExtensionResult[] }>>;
  getMessageExtensions(
    message: Message,
    keyList?: string[],
  ): Promise<IMResponse<{ extensions: MessageExtension[] }>>;
  deleteMessageExtensions(
    message: Message,
    keyList?: string[],
  ): Promise<IMResponse<{ extensions: MessageExtensionResult[] }>>;
  addMessageReaction(message: Message, reactionID: string): Promise<IMResponse<object>>;
  removeMessageReaction(message: Message, reactionID: string): Promise<IMResponse<object>>;
  getMessageReactions(options: {
    messageList: Message[];
    maxUserCountPerReaction?: number | undefined;
  }): Promise<IMResponse<MessageReactions[]>>;
  getAllUserListOfMessageReaction(options: {
    message: Message;
    reactionID: string;
    nextSeq?: number | undefined;
    count?: number | undefined;
  }): Promise<IMResponse<{ userList: UserInfo[]; nextSeq: number; isCompleted: boolean }>>;
  translateText(options: {
    sourceTextList: string[];
    sourceLanguage: string;
    targetLanguage: string;
  }): Promise<IMResponse<{ translatedTextList: string[] }>>;
  convertVoiceToText(options: {
    message: Message;
    language?: string | undefined;
  }): Promise<IMResponse<{ result: string }>>;
  searchCloudMessages(
    options: CloudMessageQuery,
  ): Promise<IMResponse<{ totalCount: number; searchResultList: MessageSearchResult[]; cursor: string }>>;
}
