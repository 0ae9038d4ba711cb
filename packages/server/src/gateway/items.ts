import type { LogEvent } from '@sterna/core';
import { ITEM, type PushBody, type PushName } from '@sterna/protocol';

/** Items of a downstream frame, as JSON. */
export function replyItem(id: number, body: unknown): string {
  return `[${ITEM.reply},${id},${JSON.stringify(body)}]`;
}

export function refusalItem(id: number, code: number, text: string, data?: unknown): string {
  const tail = data === undefined ? '' : `,${JSON.stringify(data)}`;
  return `[${ITEM.refusal},${id},${code},${JSON.stringify(text)}${tail}]`;
}

export function pushItem<Name extends PushName>(name: Name, body: PushBody<Name>): string {
  return `[${ITEM.push},"${name}",${JSON.stringify(body)}]`;
}

/** One event of a conversation, or, without one, a position that holds nothing for this reader. */
export function conversationItem(conversationID: string, pos: number, eventJson: string | undefined): string {
  const events = eventJson === undefined ? '' : `[${pos},${eventJson}]`;
  return `[${ITEM.push},"conversation",{"conversationID":${JSON.stringify(conversationID)},"from":${pos},"to":${pos},"events":[${events}]}]`;
}

/** Where a conversation stands: a range of no positions. Who is behind notices, and reads what is missing. */
export function standingItem(conversationID: string, pos: number): string {
  return pushItem('conversation', { conversationID, from: pos + 1, to: pos, events: [] });
}

export function inboxItem(pos: number, eventJson: string): string {
  return `[${ITEM.push},"inbox",{"from":${pos},"to":${pos},"events":[[${pos},${eventJson}]]}]`;
}

/** An event's JSON: what came with it, or made here. */
export type EncodeEvent = (entry: { event: LogEvent; json?: string }) => string;

/** Encodes an event once for all its receivers: the same object is asked for again and again within one turn. */
export function createEventEncoder(): EncodeEvent {
  let lastEvent: LogEvent | undefined;
  let lastJson = '';
  return ({ event, json }) => {
    if (json !== undefined) return json;
    if (event !== lastEvent) {
      lastEvent = event;
      lastJson = JSON.stringify(event);
    }
    return lastJson;
  };
}
