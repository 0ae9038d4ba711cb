import type { MessageEvent } from '@sterna/protocol';
import { newMessage } from '../../messages/message.ts';
import { seconds } from '../../seconds.ts';
import type { Message } from '../../types/message.ts';
import type { ConversationType } from '../../types/values.ts';

/** A message as it travels; an online-only one has no number. */
export type WireMessage = Omit<MessageEvent, 't' | 'seq' | 'countable'> & { seq?: number };

export const SYSTEM = '@TIM#SYSTEM';

export function typeOf(conversationID: string): ConversationType {
  if (conversationID.startsWith('C2C')) return 'C2C';
  return conversationID.startsWith('GROUP') ? 'GROUP' : SYSTEM;
}

/** The userID or groupID in a conversationID; ids may hold anything, so the prefix is all there is to go by. */
export function targetOf(conversationID: string): string {
  return conversationID.replace(/^(C2C|GROUP)/, '');
}

/** Content that was recalled is gone from the server; what is left to show is that it was there. */
const GONE: MessageEvent['elements'][number] = { type: 'TIMTextElem', payload: { text: '' } };

/** The message that an event of the log carries, as applications see it. Of several elements the first is shown. */
export function messageFrom(conversationID: string, event: WireMessage, me: string): Message {
  const conversationType = typeOf(conversationID);
  const [element = GONE] = event.elements;
  const isNotice = element.type === 'TIMGroupTipElem' || element.type === 'TIMGroupSystemNoticeElem';
  const isMine = event.from === me && !isNotice;
  const [clientTime = 0, random = 0] = (event.clientID ?? '').split('-').map(Number);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: type and payload come from one element
  const message = newMessage<Message['type'], Message['payload']>({
    type: element.type,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: the protocol's payloads are the published ones
    payload: { ...element.payload } as Message['payload'],
    ID: event.id,
    conversationID,
    conversationType,
    from: event.from,
    to:
      conversationType === 'C2C' && isMine
        ? targetOf(conversationID)
        : conversationType === 'GROUP'
          ? targetOf(conversationID)
          : me,
    flow: isMine ? 'out' : 'in',
    time: seconds(event.timeMs),
    sequence: event.seq ?? 0,
    clientTime: clientTime || 0,
    random: random || 0,
    isSystemMessage: isNotice,
  }) as Message;
  describe(message, event);
  return message;
}

/** What may be other than the default, on a new message and on my own when the server has named it. */
export function describe(message: Message, event: Partial<WireMessage>): void {
  message.nick = event.nick ?? message.nick;
  message.avatar = event.avatar ?? message.avatar;
  message.nameCard = event.nameCard ?? message.nameCard;
  message.priority = event.priority ?? message.priority;
  message.cloudCustomData = event.cloudCustomData ?? message.cloudCustomData;
  message.atUserList = event.atUsers ?? message.atUserList;
  message.needReadReceipt = event.needReadReceipt ?? message.needReadReceipt;
  message.isSupportExtension = event.supportsExtensions ?? message.isSupportExtension;
  message.isModified = message.isModified || (event.version ?? 0) > 0;
  if (event.version) message.version = event.version;
  if (event.receivers) message.receiverList = event.receivers;
  if (event.recalled) markRecalled(message, event.recalled.by, event.recalled.reason);
}

/** Keeps nothing of what another person took back. */
export function markRecalled(message: Message, by: string, reason = ''): void {
  message.isRevoked = true;
  message.revoker = by;
  message.revokerInfo = {
    userID: by,
    nick: by === message.from ? message.nick : '',
    avatar: by === message.from ? message.avatar : '',
  };
  message.revokeReason = reason;
  if (message.flow === 'in') Object.assign(message, { payload: blank(message.payload) });
}

/** The same fields, empty, so that a view that reads them does not break. */
function blank(payload: object): Record<string, unknown> {
  const empty: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(payload)) {
    empty[key] =
      typeof value === 'string' ? '' : typeof value === 'number' ? 0 : Array.isArray(value) ? [] : value;
  }
  return empty;
}
