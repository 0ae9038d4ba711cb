import { isTip, type Said } from '@sterna/core';
import type { MessageEvent } from '@sterna/protocol';

/** Messages whose repetition is known as such: those of a minute in which a room was full, and more. */
const SAID_KEPT = 2_500;

/** What a room on this node remembers of what was said. */
export interface RoomMemory {
  /** Where the message of this ID stands. */
  find(id: string): Said | undefined;
  add(event: MessageEvent): void;
  /** What was said before this node had the room, by what another one remembers. */
  merge(events: readonly MessageEvent[]): void;
  /** The newest of it, but for tips. */
  history(): MessageEvent[];
}

export function createRoomMemory(shown: number): RoomMemory {
  const said = new Map<string, Said>();
  let history: MessageEvent[] = [];

  function add(event: MessageEvent): void {
    said.set(event.id, { seq: event.seq, timeMs: event.timeMs });
    const [oldest] = said.keys();
    if (said.size > SAID_KEPT && oldest !== undefined) said.delete(oldest);
    if (isTip(event)) return;
    history = [...history, event];
    history = history.slice(Math.max(0, history.length - shown));
  }

  return {
    find: (id) => said.get(id),
    add,
    merge(events) {
      for (const event of events) if (!said.has(event.id)) add(event);
      history.sort((a, b) => a.seq - b.seq);
    },
    history: () => history,
  };
}
