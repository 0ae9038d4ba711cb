import type { Message, MessageOf } from '../types/message.ts';
import type { MessagePayload } from '../types/payload.ts';
import type { ConversationType, MessageType } from '../types/values.ts';

/** What differs between messages from the start; everything else has a default. */
type Given<Type extends MessageType, Payload extends MessagePayload> = Partial<MessageOf<Type, Payload>> &
  Pick<MessageOf<Type, Payload>, 'type' | 'payload' | 'conversationType' | 'to' | 'from' | 'flow'>;

/**
 * A message as applications see it: a plain object with every field of every era, so that templates may read without
 * a guard, and spreading, cloning, JSON and proxies keep all of it.
 */
export function newMessage<Type extends MessageType, Payload extends MessagePayload>(
  given: Given<Type, Payload>,
): MessageOf<Type, Payload> {
  return {
    ID: '',
    conversationID: '',
    time: 0,
    status: 'success',
    sequence: 0,
    random: 0,
    clientTime: 0,
    isRead: given.flow === 'out',
    isRevoked: false,
    isResend: false,
    isDeleted: false,
    isModified: false,
    isPeerRead: false,
    isBroadcastMessage: false,
    isSupportExtension: false,
    isSystemMessage: false,
    hasRiskContent: false,
    priority: 'Normal',
    nick: '',
    avatar: '',
    nameCard: '',
    atUserList: [],
    cloudCustomData: '',
    needReadReceipt: false,
    readReceiptInfo: {},
    revoker: '',
    revokerInfo: { userID: '', nick: '', avatar: '' },
    revokeReason: '',
    ...given,
  };
}

/** What the sender chose once for the message and repeats on every retry: the server stores one of them only. */
export function clientIDOf(message: Pick<Message, 'clientTime' | 'random'>): string {
  return `${message.clientTime}-${message.random}`;
}

/** Empty for a conversation type that cannot be sent to. */
export function conversationIDOf(type: ConversationType, to: string): string {
  return type === 'C2C' || type === 'GROUP' ? type + to : '';
}

const MESSAGE_TYPE = /^TIM\w+Elem$/;

/** Whether this can be a message: one of ours, or a copy or a proxy of one, which its `ID` tells. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { ID, type, payload, conversationID }: Partial<Record<keyof Message, unknown>> = value;
  return (
    typeof ID === 'string' &&
    typeof conversationID === 'string' &&
    typeof type === 'string' &&
    MESSAGE_TYPE.test(type) &&
    typeof payload === 'object' &&
    payload !== null
  );
}
