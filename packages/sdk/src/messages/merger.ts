import type { Message } from '../types/message.ts';
import type { MergerPayload, SimplifiedMessage } from '../types/payload.ts';
import { isMessage } from './message.ts';
import { property, toText, toTexts } from './values.ts';

/** Whether a message may be merged or forwarded: somebody said it, and the server has it. */
export function canTravel(message: Message): boolean {
  return message.status === 'success' && !message.isRevoked && !isNotice(message);
}

export function isNotice(message: Pick<Message, 'type'>): boolean {
  return message.type === 'TIMGroupTipElem' || message.type === 'TIMGroupSystemNoticeElem';
}

/** One message that may not be merged leaves the list empty: the check at sending refuses that with 2453. */
export function mergerPayload(given: unknown): MergerPayload {
  const list = property(given, 'messageList');
  const messages: unknown[] = Array.isArray(list) ? list : [];
  const travelling = messages.filter((message) => isMessage(message)).filter(canTravel);
  return {
    downloadKey: '',
    messageList: travelling.length === messages.length ? travelling.map(simplify) : [],
    title: toText(property(given, 'title')),
    abstractList: toTexts(property(given, 'abstractList')),
    compatibleText: toText(property(given, 'compatibleText')),
    layersOverLimit: false,
  };
}

function simplify(message: Message): SimplifiedMessage {
  const { ID, from, nick, avatar, time, cloudCustomData, type, payload } = message;
  return { ID, from, nick, avatar, time, cloudCustomData, messageBody: [{ type, payload }] };
}
