import type { Held } from './conversation-store.ts';

/**
 * The unread count after my read mark, or what I deleted, has changed. Counted here where all of it is here: the server's own count
 * may have in it what this device's log is still to bring. Else `unread` stands until the server has been asked,
 * which is the caller's to do.
 */
export function recount(held: Held, unread: number): boolean {
  const { view, window, readSeq } = held;
  const isHere = window.floorSeq <= readSeq + 1;
  held.countedPos = 0;
  view.unreadCount = isHere ? countUnread(held) : unread;
  return isHere;
}

function countUnread({ window, readSeq, logSeq }: Held): number {
  let unread = 0;
  for (const [seq, message] of window.bySeq) {
    // Left out now, so its recall, if that is still to come, takes nothing away. One that this device asks for is none yet.
    if (message.revoker) window.uncounted.add(seq);
    if (seq > readSeq && seq <= logSeq && message.flow === 'in' && !window.uncounted.has(seq)) unread += 1;
  }
  return unread;
}
