import type { ConversationEvent, MessageEvent } from '@sterna/protocol';

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
