import type { ConversationEvent, MessageEvent } from '@sterna/protocol';

/**
 * Whether a message is its sender's alone: whoever it was for has blocked them, and they are not to know. No request names no
 * receivers, so this is what such a list says.
 */
export const isSendersAlone = ({ receivers }: Pick<MessageEvent, 'receivers'>): boolean =>
  receivers?.length === 0;

/** Whether a message adds to anybody's unread count. */
export const isCounted = (event: Pick<MessageEvent, 'receivers' | 'uncounted'>): boolean =>
  !event.uncounted && !isSendersAlone(event);

/** A message as it is told: that it is the sender's alone is not for them to see. */
export function messageAsTold(event: MessageEvent): MessageEvent {
  if (!isSendersAlone(event)) return event;
  const { receivers: _nobody, ...told } = event;
  return told;
}

/** An event as it is told, and what becomes of such a message. */
export function asTold(event: ConversationEvent): ConversationEvent {
  if (event.t === 'message') return messageAsTold(event);
  if (!('audience' in event) || event.audience?.length !== 1) return event;
  const { audience: _alone, ...told } = event;
  return told;
}

/** What an event about a message says of who may know of it. */
export function audienceOf({ from, receivers }: MessageEvent): { audience?: string[] } {
  return receivers === undefined ? {} : { audience: [...new Set([from, ...receivers])] };
}

/** Whether an event is meant for a user at all: a targeted message, and what becomes of it, is for its receivers and its sender. */
export function isMeantFor(event: ConversationEvent, userID: string): boolean {
  if (event.t === 'message')
    return event.receivers === undefined || event.from === userID || event.receivers.includes(userID);
  return !('audience' in event) || event.audience === undefined || event.audience.includes(userID);
}

/** The number of the message that an event is about, for events that are about one. */
export function aboutSeq(event: ConversationEvent): number | undefined {
  return 'seq' in event ? event.seq : undefined;
}
