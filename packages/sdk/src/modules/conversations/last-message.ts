import { messageForShow } from '../../messages/show.ts';
import type { LastMessage } from '../../types/conversation.ts';
import type { Message } from '../../types/message.ts';

/** Templates read `lastMessage.messageForShow` without a guard: it is there, and empty, before the first message. */
export function noMessage(): LastMessage {
  return {
    lastTime: 0,
    lastSequence: 0,
    fromAccount: '',
    messageForShow: '',
    type: '',
    payload: {},
    isRevoked: false,
    isPeerRead: false,
    revoker: '',
    nick: '',
    nameCard: '',
  };
}

export function lastMessageOf(message: Message): LastMessage {
  const { type, payload, isRevoked, isPeerRead, revoker, nick, nameCard } = message;
  return {
    lastTime: message.time,
    lastSequence: message.sequence,
    fromAccount: message.from,
    messageForShow: isRevoked ? '' : messageForShow(type, payload),
    type,
    payload,
    isRevoked,
    isPeerRead,
    revoker,
    nick,
    nameCard,
  };
}
