import { sdkError } from '../../errors.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Message } from '../../types/message.ts';

/** Where a message is on the server. A copy or a proxy of a message will do. */
export function placeOf({ conversationID, sequence: seq }: Message): { conversationID: string; seq: number } {
  if (!conversationID || !seq) throw sdkError(SDK_ERRORS.notAMessage, 'not sent');
  return { conversationID, seq };
}

/** The same of several, which must lie in one conversation. */
export function placesOf(messages: readonly Message[]): { conversationID: string; seqs: number[] } {
  const places = Array.isArray(messages) ? messages.map(placeOf) : [];
  const [first] = places;
  if (!first || places.some(({ conversationID }) => conversationID !== first.conversationID)) {
    throw sdkError(SDK_ERRORS.parameterInvalid, 'messageList');
  }
  return { conversationID: first.conversationID, seqs: places.map(({ seq }) => seq) };
}
