import type { Context } from './context.ts';
import { failureOf } from './context.ts';
import { LIMITS } from './limits.ts';
import { type Failure, type MessageItem, toMessageItem } from './message-item.ts';
import { CONVERSATION_TYPE, targetOf } from './published-values.ts';
import type { ChatState, Timeline } from './state.ts';
import {
  countsAsUnread,
  isUnsent,
  mergeItems,
  newTimeline,
  olderStateAfter,
  placeDivider,
  withinBound,
} from './timeline.ts';
import type { TimMessage } from './tim.ts';

export interface TimelineActions {
  /** Shows a conversation: reads its newest page, and further back when the first unread message is older. */
  open(conversationID: string | undefined): Promise<void>;
  loadFirst(conversationID: string): Promise<void>;
  loadOlder(conversationID: string): Promise<void>;
  sendText(conversationID: string, text: string): Promise<void>;
  retry(key: string): Promise<void>;
  /** Takes in messages that arrived, or that changed. `attended` says that the user is looking. */
  receive(messages: readonly TimMessage[], attended: boolean): void;
  refresh(messages: readonly TimMessage[]): void;
  /** The SDK had to start over: what was read may have a gap, so it is read again. */
  reload(): Promise<void>;
  /** Another session begins: what the last one did not send cannot be sent by it any more. */
  forgetUnsent(): void;
}

export function createTimelineActions(context: Context): TimelineActions {
  const { store } = context;
  /** The SDK's own objects of messages not sent yet: it changes them in place, and `resendMessage` needs them. */
  const outgoing = new Map<string, TimMessage>();

  const loadPage = async (conversationID: string, first: boolean): Promise<void> => {
    const update = context.updater();
    const cursor = store.get().timelines[conversationID]?.cursor ?? '';
    update((state) => patch(state, conversationID, first ? { first: 'loading' } : { older: 'loading' }));
    try {
      const { data } = await context.tim().getMessageList({
        conversationID,
        ...(first || cursor === '' ? {} : { nextReqMessageID: cursor }),
      });
      update((state) => {
        const items = mergeItems(
          state.timelines[conversationID]?.items ?? [],
          data.messageList.map(plainItem),
        );
        const older = olderStateAfter(items, data.isCompleted || data.nextReqMessageID === '');
        return patch(state, conversationID, { items, older, cursor: data.nextReqMessageID });
      });
    } catch {
      update((state) => patch(state, conversationID, first ? { first: 'failed' } : { older: 'failed' }));
    }
  };

  const loadFirst = async (conversationID: string): Promise<void> => {
    const update = context.updater();
    await loadPage(conversationID, true);
    for (let page = 1; page < LIMITS.pagesToFirstUnread; page += 1) {
      const timeline = store.get().timelines[conversationID];
      if (timeline === undefined || timeline.first === 'failed') return;
      if (timeline.unreadToPlace === 0 || timeline.older !== 'idle') break;
      await loadPage(conversationID, false);
    }
    // Shown only now: the list opens at the first unread message, not somewhere and then there.
    update((state) => patch(state, conversationID, { first: 'ready' }));
  };

  const deliver = async (key: string, message: TimMessage, send: () => Promise<unknown>): Promise<void> => {
    const { conversationID } = message;
    const update = context.updater();
    const show = (failure?: Failure) =>
      update((state) => withItems(state, conversationID, [toMessageItem(message, key, failure)]));
    outgoing.set(key, message);
    // Shown before anything is sent: whatever becomes of it, it is seen on its way first.
    show();
    try {
      await send();
      outgoing.delete(key);
      show();
    } catch (error) {
      message.status = 'fail';
      show(failureOf(error));
    }
  };

  return {
    open: async (conversationID) => {
      if (store.get().openID === conversationID) return;
      store.update((state) => {
        const closed = forgetLong(state, state.openID);
        return conversationID === undefined
          ? { ...closed, openID: undefined }
          : opened({ ...closed, openID: conversationID }, conversationID);
      });
      if (conversationID === undefined) return;
      if (store.get().timelines[conversationID]?.first === 'ready') return;
      await loadFirst(conversationID);
    },
    loadFirst,
    loadOlder: async (conversationID) => {
      const timeline = store.get().timelines[conversationID];
      if (timeline?.first !== 'ready') return;
      if (timeline.older === 'idle' || timeline.older === 'failed') await loadPage(conversationID, false);
    },
    sendText: async (conversationID, text) => {
      const target = targetOf(conversationID);
      const message = context.tim().createTextMessage({
        to: target.id,
        conversationType: target.kind === 'group' ? CONVERSATION_TYPE.group : CONVERSATION_TYPE.c2c,
        payload: { text },
      });
      store.update((state) => patch(state, conversationID, { dividerKey: undefined, unreadToPlace: 0 }));
      await deliver(message.ID, message, () => context.tim().sendMessage(message));
    },
    retry: async (key) => {
      const message = outgoing.get(key);
      if (message === undefined) return;
      message.status = 'unSend';
      await deliver(key, message, () => context.tim().resendMessage(message));
    },
    receive: (messages, attended) => {
      for (const [conversationID, arrived] of Map.groupBy(messages, (message) => message.conversationID)) {
        const items = arrived.map(plainItem);
        store.update((state) => {
          const next = withItems(state, conversationID, items);
          return attended || state.openID !== conversationID ? next : divideAt(next, conversationID, items);
        });
      }
    },
    reload: async () => {
      store.update((state) => ({ ...state, timelines: unsentOnly(state) }));
      const { openID } = store.get();
      if (openID !== undefined) await loadFirst(openID);
    },
    forgetUnsent: () => outgoing.clear(),
    refresh: (messages) => {
      for (const [conversationID, changed] of Map.groupBy(messages, (message) => message.conversationID)) {
        store.update((state) => {
          const known = new Set(state.timelines[conversationID]?.items.map((item) => item.id));
          return withItems(
            state,
            conversationID,
            changed.filter((message) => known.has(message.ID)).map(plainItem),
          );
        });
      }
    },
  };
}

function plainItem(message: TimMessage): MessageItem {
  return toMessageItem(message, message.ID);
}

function patch(state: ChatState, conversationID: string, change: Partial<Timeline>): ChatState {
  const before = state.timelines[conversationID];
  if (before === undefined) return state;
  const timeline = placeDivider({ ...before, ...change });
  return { ...state, timelines: { ...state.timelines, [conversationID]: timeline } };
}

function withItems(state: ChatState, conversationID: string, items: readonly MessageItem[]): ChatState {
  const before = state.timelines[conversationID];
  if (before === undefined || items.length === 0) return state;
  return patch(state, conversationID, withinBound(mergeItems(before.items, items)));
}

/** What was sent and received is on the server; what was not sent is only here. */
function unsentOnly({ timelines, openID }: ChatState): ChatState['timelines'] {
  const kept = Object.entries(timelines).flatMap(([id, { items }]) => {
    const unsent = items.filter(isUnsent);
    return unsent.length > 0 || id === openID ? [[id, { ...newTimeline(0), items: unsent }] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** What arrives in the open conversation while the user is elsewhere is new when they come back. */
function divideAt(state: ChatState, conversationID: string, items: readonly MessageItem[]): ChatState {
  const timeline = state.timelines[conversationID];
  const first = items.find(countsAsUnread);
  if (first === undefined || timeline?.first !== 'ready' || timeline.dividerKey !== undefined) return state;
  return patch(state, conversationID, { dividerKey: first.key });
}

/** The opened conversation becomes the newest of those kept; the one longest unused goes. */
function opened(state: ChatState, conversationID: string): ChatState {
  const unread = state.conversations.find((item) => item.id === conversationID)?.unread ?? 0;
  const { [conversationID]: known, ...others } = state.timelines;
  const timeline =
    known === undefined
      ? newTimeline(unread)
      : placeDivider({ ...known, unreadToPlace: unread, dividerKey: undefined });
  const surplus = Object.entries(others).filter(([, kept]) => !kept.items.some(isUnsent));
  const gone = new Set(
    surplus.slice(0, Math.max(0, surplus.length - (LIMITS.timelines - 1))).map(([id]) => id),
  );
  const kept = Object.fromEntries(Object.entries(others).filter(([id]) => !gone.has(id)));
  return { ...state, timelines: { ...kept, [conversationID]: timeline } };
}

function forgetLong(state: ChatState, conversationID: string | undefined): ChatState {
  if (conversationID === undefined) return state;
  const { [conversationID]: timeline, ...others } = state.timelines;
  if (timeline === undefined || timeline.items.length <= LIMITS.closedTimelineMessages) return state;
  return timeline.items.some(isUnsent) ? state : { ...state, timelines: others };
}
