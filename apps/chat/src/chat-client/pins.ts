import type { Context } from './context.ts';
import type { MessageItem } from './message-item.ts';
import { targetOf } from './published-values.ts';
import type { ChatState } from './state.ts';
import { plainItem } from './timeline-state.ts';
import type { TimMessage } from './tim.ts';

export interface PinActions {
  /** Keeps a group's pinned messages at hand, until the returned function is called. */
  watchPinned(groupID: string): () => void;
  pin(item: MessageItem, isPinned: boolean): Promise<void>;
  takePin(change: { groupID: string; isPinned: boolean; message: TimMessage }): void;
}

export function createPinActions(context: Context): PinActions {
  const { store } = context;
  const read = async (groupID: string): Promise<void> => {
    const update = context.updater();
    try {
      const { data } = await context.tim().getPinnedGroupMessageList(groupID);
      const items = data.messageList.map(plainItem);
      update((state) =>
        state.pinned?.groupID === groupID ? { ...state, pinned: { groupID, items } } : state,
      );
    } catch {
      // The conversation is whole without them; the next look asks again.
    }
  };
  return {
    watchPinned: (groupID) => {
      store.update((state) => ({ ...state, pinned: { groupID, items: [] } }));
      void read(groupID);
      return () =>
        store.update((state) =>
          state.pinned?.groupID === groupID ? { ...state, pinned: undefined } : state,
        );
    },
    pin: async ({ conversationID, source }, isPinned) => {
      const groupID = targetOf(conversationID).id;
      const update = context.updater();
      await context.tim().pinGroupMessage({ groupID, message: source, isPinned });
      update((state) => withPin(state, groupID, { isPinned, message: source }));
    },
    takePin: ({ groupID, ...change }) => store.update((state) => withPin(state, groupID, change)),
  };
}

/** A pin that is told twice is there once. */
function withPin(
  state: ChatState,
  groupID: string,
  { isPinned, message }: { isPinned: boolean; message: TimMessage },
): ChatState {
  if (state.pinned?.groupID !== groupID) return state;
  const others = state.pinned.items.filter(({ id }) => id !== message.ID);
  return {
    ...state,
    pinned: { groupID, items: isPinned ? [...others, plainItem(message)] : others },
  };
}
