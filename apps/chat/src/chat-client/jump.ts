import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { MessageExtras } from './message-extras.ts';
import { isUnsent, mergeItems } from './timeline.ts';
import { patchStretch, patchTimeline, plainItem, withRefreshed } from './timeline-state.ts';
import type { MessageContent } from './message-content.ts';
import type { MessageItem } from './message-item.ts';
import type { Timeline } from './state.ts';

/** Where a message is: as much of it as a quote or a pin knows. */
export interface Place {
  id: string;
  sequence: number;
  timeMs: number;
}

export interface JumpActions {
  /** Shows a message wherever in the history it is: the page leaves the newest ones where it has to. */
  jumpTo(conversationID: string, place: Place): Promise<void>;
  /** Reads on from a stretch of the past towards the newest messages. */
  loadNewer(conversationID: string): Promise<void>;
  /**
   * Reads a message of the open conversation again: the links to its files may have run out while the page was open. Resolves with what
   * it holds now; undefined where it cannot be read.
   */
  renewLinks(key: string): Promise<MessageContent | undefined>;
  /** Reads back from it; `loadOlder` goes on from a page's end, which such a stretch does not have. */
  loadBefore(conversationID: string): Promise<void>;
}

const OLDER = 0;
const NEWER = 1;

export function createJumpActions(context: Context, extras: Pick<MessageExtras, 'look'>): JumpActions {
  const { store } = context;

  const read = async (conversationID: string, { sequence, timeMs }: Omit<Place, 'id'>, direction: 0 | 1) => {
    const { data } = await context.tim().getMessageListHopping({
      conversationID,
      ...(sequence > 0 ? { sequence } : {}),
      time: Math.floor(timeMs / 1000),
      direction,
    });
    extras.look(data.messageList);
    return { items: data.messageList.map(plainItem), isCompleted: data.isCompleted };
  };

  const light = (conversationID: string, key: string): void => {
    const spotlight = { conversationID, key };
    store.update((state) => ({ ...state, spotlight }));
    context.clock.after(LIMITS.spotlightMs, () =>
      store.update((state) => (state.spotlight === spotlight ? { ...state, spotlight: undefined } : state)),
    );
  };

  const loadBefore = async (conversationID: string): Promise<void> => {
    const timeline = store.get().timelines[conversationID];
    const first = edgeOf(timeline?.items.find(({ sequence }) => sequence > 0));
    if (timeline === undefined || first === undefined) return;
    const update = context.updater();
    if (first.sequence === 1) {
      update((state) => patchTimeline(state, conversationID, { older: 'none' }));
      return;
    }
    update((state) => patchTimeline(state, conversationID, { older: 'loading' }));
    try {
      const page = await read(conversationID, { ...first, sequence: first.sequence - 1 }, OLDER);
      update((state) =>
        patchStretch(state, conversationID, timeline.stretch, ({ items }) => ({
          items: mergeItems(items, page.items),
          older: page.isCompleted ? 'none' : 'idle',
        })),
      );
    } catch {
      update((state) => patchStretch(state, conversationID, timeline.stretch, () => ({ older: 'failed' })));
    }
  };

  return {
    jumpTo: async (conversationID, place) => {
      const known = store.get().timelines[conversationID]?.items.find(({ id }) => id === place.id);
      if (known !== undefined) {
        light(conversationID, known.key);
        return;
      }
      const update = context.updater();
      const [before, after] = await Promise.all([
        read(conversationID, place, OLDER),
        read(conversationID, place, NEWER),
      ]);
      const items = mergeItems(before.items, after.items);
      const found = items.find(({ id }) => id === place.id);
      if (found === undefined) {
        context.toast({ kind: 'messageGone' });
        return;
      }
      update((state) => {
        const timeline = state.timelines[conversationID];
        if (timeline === undefined) return state;
        return patchTimeline(state, conversationID, {
          stretch: {},
          first: 'ready',
          items: mergeItems(items, keptBelow(timeline, items, after.isCompleted)),
          cursor: '',
          older: before.isCompleted ? 'none' : 'idle',
          newer: after.isCompleted ? 'none' : 'idle',
          dividerKey: undefined,
          unreadToPlace: 0,
        });
      });
      light(conversationID, found.key);
    },
    loadBefore,
    renewLinks: async (key) => {
      const { openID = '', timelines } = store.get();
      const item = timelines[openID]?.items.find((each) => each.key === key);
      if (item === undefined || item.sequence === 0) return undefined;
      const update = context.updater();
      try {
        const { items } = await read(openID, item, OLDER);
        update((state) =>
          withRefreshed(
            state,
            items.map(({ source }) => source),
          ),
        );
        return items.find(({ id }) => id === item.id)?.content;
      } catch {
        return undefined;
      }
    },
    loadNewer: async (conversationID) => {
      const timeline = store.get().timelines[conversationID];
      if (timeline?.newer !== 'idle' && timeline?.newer !== 'failed') return;
      const last = edgeOf(timeline.items.findLast(({ sequence }) => sequence > 0));
      if (last === undefined) return;
      const update = context.updater();
      update((state) => patchTimeline(state, conversationID, { newer: 'loading' }));
      try {
        const page = await read(conversationID, { ...last, sequence: last.sequence + 1 }, NEWER);
        update((state) =>
          patchStretch(state, conversationID, timeline.stretch, ({ items }) => ({
            items: mergeItems(items, page.items),
            newer: page.isCompleted ? 'none' : 'idle',
          })),
        );
      } catch {
        update((state) => patchStretch(state, conversationID, timeline.stretch, () => ({ newer: 'failed' })));
      }
    },
  };
}

function edgeOf(item: MessageItem | undefined): Omit<Place, 'id'> | undefined {
  return item === undefined ? undefined : { sequence: item.sequence, timeMs: item.timeMs };
}

/** What was not sent stays; so does what came in while the stretch was read, where it follows on it. */
function keptBelow(
  timeline: Timeline,
  items: readonly MessageItem[],
  reachesNewest: boolean,
): readonly MessageItem[] {
  const last = items.at(-1)?.sequence ?? 0;
  const follows = reachesNewest && timeline.newer === 'none';
  return timeline.items.filter((item) => isUnsent(item) || (follows && item.sequence > last));
}
