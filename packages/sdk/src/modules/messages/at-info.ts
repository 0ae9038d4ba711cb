import { TYPES } from '../../constants.ts';
import type { Message } from '../../types/message.ts';
import type { Held } from '../conversations/conversation-store.ts';

/** Mentions of one conversation that are noted; of more the latest stay. */
const NOTED = 100;

/** Notes for the list that an unread message of a group names me, or everybody. */
export function noteMention({ view, readSeq }: Held, message: Message, me: string): void {
  const { atUserList, flow, from, isRevoked, sequence: messageSequence } = message;
  if (view.type !== 'GROUP' || flow !== 'in' || isRevoked || messageSequence <= readSeq) return;
  const namesMe = atUserList.includes(me);
  const namesAll = atUserList.includes(TYPES.MSG_AT_ALL);
  if (!namesMe && !namesAll) return;
  const kind = namesMe ? (namesAll ? TYPES.CONV_AT_ALL_AT_ME : TYPES.CONV_AT_ME) : TYPES.CONV_AT_ALL;
  const info = { groupID: view.groupProfile.groupID, from, messageSequence, atTypeArray: [kind] };
  forgetMention(view, messageSequence);
  view.groupAtInfoList = [...view.groupAtInfoList, info].slice(-NOTED);
}

/** The message was taken back. */
export function forgetMention(view: Held['view'], seq: number): void {
  view.groupAtInfoList = view.groupAtInfoList.filter(({ messageSequence }) => messageSequence !== seq);
}
