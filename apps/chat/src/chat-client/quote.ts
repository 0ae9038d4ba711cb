import { LIMITS } from './limits.ts';
import type { MessageItem, MessageKind } from './message-item.ts';
import { field, numberField, parseJson, stringField } from './payload-fields.ts';

/** The message that another one answers, as it travels with the answer. */
export interface Quote {
  id: string;
  /** Its place in the conversation, to find it again. */
  sequence: number;
  timeMs: number;
  sender: string;
  text: string;
}

/** The numbers that the published kits give the kinds of message. */
const TYPE_NUMBER: Partial<Record<MessageKind, number>> = {
  text: 1,
  custom: 2,
  image: 3,
  audio: 4,
  video: 5,
  file: 6,
  location: 7,
  face: 8,
  merger: 10,
};

/**
 * What `cloudCustomData` of an answer holds: `{"messageReply":{…}}` in the spelling of the published kits, so that
 * an application that knows theirs shows ours.
 */
export function quoteData(item: MessageItem, sender: string, text: string): string {
  return JSON.stringify({
    messageReply: {
      messageID: item.id,
      messageAbstract: abbreviate(text),
      messageSender: sender,
      messageType: TYPE_NUMBER[item.kind] ?? 0,
      messageSequence: item.sequence,
      messageTime: item.timeMs / 1000,
      version: 1,
    },
  });
}

export function quoteOf(cloudCustomData: string): Quote | undefined {
  if (cloudCustomData === '') return undefined;
  const reply = field(parseJson(cloudCustomData), 'messageReply');
  const id = stringField(reply, 'messageID');
  if (id === '') return undefined;
  return {
    id,
    sequence: numberField(reply, 'messageSequence'),
    timeMs: numberField(reply, 'messageTime') * 1000,
    sender: stringField(reply, 'messageSender'),
    text: abbreviate(stringField(reply, 'messageAbstract')),
  };
}

/** One line of at most so many characters, never half an emoji. */
function abbreviate(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length <= LIMITS.quoteCharacters) return line;
  return `${characters.slice(0, LIMITS.quoteCharacters).join('')}…`;
}
