import { LIMITS } from './limits.ts';
import type { MessageItem } from './message-item.ts';
import type { Timeline } from './state.ts';

export function newTimeline(unread: number): Timeline {
  return {
    stretch: {},
    items: [],
    first: 'loading',
    older: 'idle',
    cursor: '',
    newer: 'none',
    unreadToPlace: unread,
    dividerKey: undefined,
  };
}

/**
 * Puts messages where they belong: settled ones in the server's order, those still being sent at the end,
 * a failed one where it was when it failed. A message that is there already is replaced and keeps its key.
 */
export function mergeItems(
  items: readonly MessageItem[],
  incoming: readonly MessageItem[],
): readonly MessageItem[] {
  if (incoming.length === 0) return items;
  const merged = [...items];
  const indexByName = new Map<string, number>();
  for (const [index, item] of merged.entries()) {
    indexByName.set(item.id, index);
    indexByName.set(item.key, index);
  }
  const toInsert: MessageItem[] = [];
  const removed = new Set<MessageItem>();
  for (const item of incoming) {
    const index = indexByName.get(item.id) ?? indexByName.get(item.key);
    const known = index === undefined ? undefined : merged[index];
    if (known === undefined || index === undefined) {
      toInsert.push(item);
    } else if (staysInPlace(known, item)) {
      merged[index] = { ...item, key: known.key };
    } else {
      removed.add(known);
      toInsert.push({ ...item, key: known.key });
    }
  }
  const base = removed.size > 0 ? merged.filter((item) => !removed.has(item)) : merged;
  return insertAll(base, dropRepeats(toInsert));
}

/** Finds the message that "New messages" stands above, once enough history is loaded to know it. */
export function placeDivider(timeline: Timeline): Timeline {
  if (timeline.unreadToPlace === 0 || timeline.dividerKey !== undefined) return timeline;
  let left = timeline.unreadToPlace;
  let oldest: MessageItem | undefined;
  for (const item of timeline.items.toReversed()) {
    if (!countsAsUnread(item)) continue;
    oldest = item;
    left -= 1;
    if (left === 0) return { ...timeline, unreadToPlace: 0, dividerKey: item.key };
  }
  // The count may include messages that are no longer there: the beginning of history ends the search.
  if (timeline.older === 'none' && oldest !== undefined) {
    return { ...timeline, unreadToPlace: 0, dividerKey: oldest.key };
  }
  return timeline;
}

export function olderStateAfter(items: readonly MessageItem[], isCompleted: boolean): Timeline['older'] {
  if (isCompleted) return 'none';
  return items.length >= LIMITS.timelineMessages ? 'limit' : 'idle';
}

/** The newest messages, as many as may be kept. */
export function withinBound(
  items: readonly MessageItem[],
  bound: number,
): Pick<Timeline, 'items'> & Partial<Timeline> {
  if (items.length <= bound) return { items };
  return { items: items.slice(-bound), older: 'limit' };
}

export function countsAsUnread(item: MessageItem): boolean {
  return !item.mine && !item.recalled && item.kind !== 'tip';
}

export function isUnsent(item: MessageItem): boolean {
  return item.delivery === 'sending' || item.delivery === 'failed';
}

function staysInPlace(known: MessageItem, next: MessageItem): boolean {
  if (next.delivery === 'failed') return true;
  if (isUnsent(known) || isUnsent(next)) return known.delivery === next.delivery;
  return known.sequence === next.sequence && known.timeMs === next.timeMs;
}

function dropRepeats(items: readonly MessageItem[]): MessageItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function insertAll(base: readonly MessageItem[], incoming: readonly MessageItem[]): readonly MessageItem[] {
  const sending = incoming.filter((item) => item.delivery === 'sending');
  const placed = incoming.filter((item) => item.delivery !== 'sending').toSorted(byPosition);
  const firstSending = base.findIndex((item) => item.delivery === 'sending');
  const settled = firstSending === -1 ? base : base.slice(0, firstSending);
  const waiting = firstSending === -1 ? [] : base.slice(firstSending);
  return [...mergeSorted(settled, placed), ...waiting, ...sending];
}

/**
 * Failed messages have no place in the server's order: they stay behind the message they followed. One that
 * follows none, because what it followed is not loaded yet, goes by its time.
 */
function mergeSorted(settled: readonly MessageItem[], placed: readonly MessageItem[]): MessageItem[] {
  const merged: MessageItem[] = [];
  let next = 0;
  for (const item of settled) {
    const isAnchored = item.delivery === 'failed' && merged.some((before) => before.delivery !== 'failed');
    for (let candidate = placed[next]; candidate !== undefined && !isAnchored; candidate = placed[next]) {
      if (byPosition(candidate, item) >= 0) break;
      merged.push(candidate);
      next += 1;
    }
    merged.push(item);
  }
  return [...merged, ...placed.slice(next)];
}

function byPosition(a: MessageItem, b: MessageItem): number {
  if (a.sequence > 0 && b.sequence > 0) return a.sequence - b.sequence;
  return a.timeMs - b.timeMs;
}
