import type { MessageEvent } from '@sterna/protocol';
import { isNotice } from '../../messages/merger.ts';
import { newMessage } from '../../messages/message.ts';
import { seconds } from '../../seconds.ts';
import type { Message } from '../../types/message.ts';
import type { ConversationType } from '../../types/values.ts';
import { setGiven } from '../set-given.ts';

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

/** The community whose topic a conversation is; nothing for the others. */
export function communityOf(conversationID: string): string | undefined {
  const [, groupID] = /^GROUP(@TGS#_.*?)@TOPIC#_/.exec(conversationID) || [];
  return groupID;
}

/** Content that was recalled is gone from the server; what is left to show is that it was there. */
const GONE: MessageEvent['elements'][number] = { type: 'TIMTextElem', payload: { text: '' } };

/** The message that an event of the log carries, as applications see it. Of several elements the first is shown. */
export function messageFrom(conversationID: string, event: WireMessage, me: string): Message {
  const conversationType = typeOf(conversationID);
  const [element = GONE] = event.elements;
  const isSystemMessage = isNotice(element);
  const isMine = event.from === me && !isSystemMessage;
  const [clientTime, random] = `${event.clientID}`.split('-').map(Number);
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
      conversationType === 'GROUP' || (conversationType === 'C2C' && isMine) ? targetOf(conversationID) : me,
    flow: isMine ? 'out' : 'in',
    time: seconds(event.timeMs),
    sequence: event.seq || 0,
    clientTime: clientTime || 0,
    random: random || 0,
    isSystemMessage,
  }) as Message;
  describe(message, event);
  return message;
}

/** What may become of a message: a newer version, or its recall. */
export interface News {
  version?: number | undefined;
  elements?: MessageEvent['elements'] | undefined;
  cloudCustomData?: string | undefined;
  recalled?: WireMessage['recalled'];
}

/**
 * Brings a message to a version, and says whether it was not there yet; older news changes nothing. Of the same version only the links
 * to files are newer. What was taken back does not come again.
 */
export function renew(
  message: Message,
  { version = 0, cloudCustomData, elements: [element] = [] }: News,
): boolean {
  const before = message.version || 0;
  if (element && version >= before && !message.revoker)
    Object.assign(message, { payload: { ...element.payload } });
  if (version <= before) return false;
  setGiven(message, { version, cloudCustomData, isModified: true });
  return true;
}

/** What may be other than the default, on a new message and on my own when the server has named it. */
export function describe(message: Message, event: News & Omit<Partial<WireMessage>, keyof News>): void {
  const { nick, avatar, nameCard, priority, needReadReceipt, recalled } = event;
  setGiven(message, {
    nick,
    avatar,
    nameCard,
    priority,
    needReadReceipt,
    atUserList: event.atUsers,
    isSupportExtension: event.supportsExtensions,
    receiverList: event.receivers,
  });
  if (!renew(message, event) && !message.version)
    setGiven(message, { cloudCustomData: event.cloudCustomData });
  if (recalled) markRecalled(message, recalled.by, recalled.reason);
}

/** Keeps nothing of what another person took back. */
export function markRecalled(message: Message, userID: string, revokeReason = ''): void {
  const isMine = userID === message.from;
  setGiven(message, {
    isRevoked: true,
    revoker: userID,
    revokerInfo: { userID, nick: isMine ? message.nick : '', avatar: isMine ? message.avatar : '' },
    revokeReason,
  });
  if (message.flow === 'in') Object.assign(message, { payload: blank(message.payload) });
}

/** The same fields, empty, so that a view that reads them does not break. */
export function blank(payload: object): Record<string, unknown> {
  const empty: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(payload)) {
    empty[key] =
      typeof value === 'string' ? '' : typeof value === 'number' ? 0 : Array.isArray(value) ? [] : value;
  }
  return empty;
}
