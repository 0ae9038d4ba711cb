import type {
  AudioPayload,
  CustomPayload,
  FacePayload,
  FilePayload,
  GroupSystemNoticePayload,
  GroupTipPayload,
  ImagePayload,
  LocationPayload,
  MergerPayload,
  MessagePayload,
  TextPayload,
  VideoPayload,
} from './payload.ts';
import type { ConversationType, MessageFlow, MessagePriority, MessageStatus, MessageType } from './values.ts';

export interface ReadReceiptInfo {
  readCount?: number;
  unreadCount?: number;
  isPeerRead?: boolean;
  timestamp?: number;
}

export interface UserInfo {
  userID: string;
  nick: string;
  avatar: string;
}

/** A message of one type. Times are seconds; the object a creator returns is changed in place. */
export interface MessageOf<Type extends MessageType, Payload extends MessagePayload> {
  ID: string;
  type: Type;
  payload: Payload;
  conversationID: string;
  conversationType: ConversationType;
  to: string;
  from: string;
  flow: MessageFlow;
  time: number;
  status: MessageStatus;
  /** The server's position in the conversation, dense from 1; 0 until the server has answered. */
  sequence: number;
  /** Half of the ID; a resend repeats it, so that nothing is doubled. */
  random: number;
  /** The sender's clock when the message was created. */
  clientTime: number;
  /** Read by me (incoming messages). */
  isRead: boolean;
  isRevoked: boolean;
  isResend: boolean;
  isDeleted: boolean;
  isModified: boolean;
  /** Read by the other side (one-to-one, outgoing). */
  isPeerRead: boolean;
  isBroadcastMessage: boolean;
  isSupportExtension: boolean;
  isSystemMessage: boolean;
  hasRiskContent: boolean;
  priority: MessagePriority;
  nick: string;
  avatar: string;
  nameCard: string;
  atUserList: string[];
  cloudCustomData: string;
  needReadReceipt: boolean;
  readReceiptInfo: ReadReceiptInfo;
  revoker: string;
  revokerInfo: UserInfo;
  revokeReason: string;
  /** Only these members get a targeted group message. */
  receiverList?: string[];
  /** Counts the changes of the message; absent when there was none. */
  version?: number;
  customModerationConfigurationID?: string;
}

export type TextMessage = MessageOf<'TIMTextElem', TextPayload>;
export type ImageMessage = MessageOf<'TIMImageElem', ImagePayload>;
export type AudioMessage = MessageOf<'TIMSoundElem', AudioPayload>;
export type VideoMessage = MessageOf<'TIMVideoFileElem', VideoPayload>;
export type FileMessage = MessageOf<'TIMFileElem', FilePayload>;
export type CustomMessage = MessageOf<'TIMCustomElem', CustomPayload>;
export type FaceMessage = MessageOf<'TIMFaceElem', FacePayload>;
export type LocationMessage = MessageOf<'TIMLocationElem', LocationPayload>;
export type MergerMessage = MessageOf<'TIMRelayElem', MergerPayload>;
export type GroupTipMessage = MessageOf<'TIMGroupTipElem', GroupTipPayload>;
export type GroupSystemNoticeMessage = MessageOf<'TIMGroupSystemNoticeElem', GroupSystemNoticePayload>;

/** Every message, told apart by `type`. */
export type Message =
  | TextMessage
  | ImageMessage
  | AudioMessage
  | VideoMessage
  | FileMessage
  | CustomMessage
  | FaceMessage
  | LocationMessage
  | MergerMessage
  | GroupTipMessage
  | GroupSystemNoticeMessage;

export interface MessageReadReceipt {
  messageID: string;
  groupID?: string;
  userID?: string;
  readCount?: number;
  unreadCount?: number;
  isPeerRead?: boolean;
  timestamp?: number;
}

export interface MessageExtension {
  key: string;
  value: string;
}

export interface MessageExtensionResult extends MessageExtension {
  code: number;
}

export interface MessageReaction {
  reactionID: string;
  totalUserCount: number;
  partialUserList: UserInfo[];
  reactedByMyself?: boolean;
}

export interface MessageReactions {
  messageID: string;
  reactionList: MessageReaction[];
}

export interface MessageSearchResult {
  conversationID: string;
  messageCount: number;
  messageList: Message[];
}
