import type { ConversationType, MessagePriority } from './values.ts';
import type { Message } from './message.ts';
import type { CustomPayload, FacePayload, LocationPayload, TextPayload } from './payload.ts';

/** What every creator of messages takes. */
export interface CreateMessageOptions<Payload> {
  /** A userID, or a groupID or topicID. */
  to: string;
  conversationType: ConversationType;
  payload: Payload;
  priority?: MessagePriority | undefined;
  cloudCustomData?: string | undefined;
  needReadReceipt?: boolean | undefined;
  receiverList?: string[] | undefined;
  isSupportExtension?: boolean | undefined;
  customModerationConfigurationID?: string | undefined;
}

/** The file: an `<input type="file">` (its first file), a `File` or `Blob`, or a mini program's result. */
export type FileSource = object;

/** What is needed of an `AbortSignal`: not every application is compiled with the types of a page. */
export interface Abort {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface CreateMediaMessageOptions extends CreateMessageOptions<{ file: FileSource }> {
  /** Told the uploaded fraction, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

export interface UploadFileOptions {
  file: FileSource;
  /** Told the uploaded fraction, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
  /** Ends the upload. */
  signal?: Abort | undefined;
}

export type CreateTextMessageOptions = CreateMessageOptions<TextPayload>;
export type CreateTextAtMessageOptions = CreateMessageOptions<TextPayload & { atUserList: string[] }>;
export type CreateCustomMessageOptions = CreateMessageOptions<Partial<CustomPayload>>;
export type CreateFaceMessageOptions = CreateMessageOptions<FacePayload>;
export type CreateLocationMessageOptions = CreateMessageOptions<LocationPayload>;
export type CreateForwardMessageOptions = CreateMessageOptions<Message>;
export type CreateMergerMessageOptions = CreateMessageOptions<{
  messageList: Message[];
  title: string;
  abstractList: string[];
  compatibleText: string;
}>;

export interface OfflinePushInfo {
  disablePush?: boolean | undefined;
  title?: string | undefined;
  description?: string | undefined;
  extension?: string | undefined;
  ignoreIOSBadge?: boolean | undefined;
  disableVoipPush?: boolean | undefined;
  androidOPPOChannelID?: string | undefined;
  androidInfo?: Record<string, string | number> | undefined;
  apnsInfo?: Record<string, string | number | boolean> | undefined;
}

export interface MessageControlInfo {
  excludedFromUnreadCount?: boolean | undefined;
  excludedFromLastMessage?: boolean | undefined;
  excludedFromContentModeration?: boolean | undefined;
}

export interface SendMessageOptions {
  /** Not stored, not counted, not pushed: only who is online gets it. */
  onlineUserOnly?: boolean | undefined;
  offlinePushInfo?: OfflinePushInfo | undefined;
  messageControlInfo?: MessageControlInfo | undefined;
  /** Ours: ends the upload of the message's file. What is uploaded already is sent. */
  signal?: Abort | undefined;
}
