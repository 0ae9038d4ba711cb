import { LIMITS } from './limits.ts';
import { isLiveRoom } from './live-rooms.ts';
import { type MessageItem, toMessageItem } from './message-item.ts';
import { targetOf } from './published-values.ts';
import type { ChatState, Timeline } from './state.ts';
import { mergeItems, placeDivider, withinBound } from './timeline.ts';
import type { TimMessage } from './tim.ts';

export function plainItem(message: TimMessage): MessageItem {
  return toMessageItem(message, message.ID);
}

export function patchTimeline(
  state: ChatState,
  conversationID: string,
  change: Partial<Timeline>,
): ChatState {
  const before = state.timelines[conversationID];
  if (before === undefined) return state;
  const timeline = placeDivider({ ...before, ...change });
  return { ...state, timelines: { ...state.timelines, [conversationID]: timeline } };
}

/**
 * Changes a timeline by what was read for it, unless other messages have been put on the page since: two
 * stretches of a history together would have a gap that nobody sees.
 */
export function patchStretch(
  state: ChatState,
  conversationID: string,
  stretch: object | undefined,
  change: (timeline: Timeline) => Partial<Timeline>,
): ChatState {
  const timeline = state.timelines[conversationID];
  if (timeline === undefined || timeline.stretch !== stretch) return state;
  return patchTimeline(state, conversationID, change(timeline));
}

export function withItems(
  state: ChatState,
  conversationID: string,
  items: readonly MessageItem[],
): ChatState {
  const before = state.timelines[conversationID];
  if (before === undefined || items.length === 0) return state;
  const { kind, id } = targetOf(conversationID);
  const bound = kind === 'group' && isLiveRoom(state, id) ? LIMITS.liveMessages : LIMITS.timelineMessages;
  return patchTimeline(state, conversationID, withinBound(mergeItems(before.items, items), bound));
}

/** Takes messages off the page: they were deleted. */
export function withoutItems(state: ChatState, conversationID: string, ids: ReadonlySet<string>): ChatState {
  const before = state.timelines[conversationID];
  if (before === undefined) return state;
  return patchTimeline(state, conversationID, { items: before.items.filter(({ id }) => !ids.has(id)) });
}

/** Brings messages that are on the page up to date; others stay away. */
export function withRefreshed(state: ChatState, messages: readonly TimMessage[]): ChatState {
  let next = state;
  for (const [conversationID, changed] of Map.groupBy(messages, (message) => message.conversationID)) {
    const known = new Set(next.timelines[conversationID]?.items.map((item) => item.id));
    const items = changed.filter((message) => known.has(message.ID)).map(plainItem);
    next = withItems(next, conversationID, items);
  }
  return next;
}
