import type { Context } from './context.ts';
import { failureOf } from './context.ts';
import { conversationIn } from './conversations.ts';
import type { JumpActions } from './jump.ts';
import { LIMITS } from './limits.ts';
import type { MessageExtras } from './message-extras.ts';
import { type Failure, type MessageItem, toMessageItem } from './message-item.ts';
import { addressOf } from './published-values.ts';
import { withRecalls } from './quoted.ts';
import type { ChatState, Timeline } from './state.ts';
import {
  countsAsUnread,
  isUnsent,
  mergeItems,
  newTimeline,
  olderStateAfter,
  placeDivider,
} from './timeline.ts';
import {
  patchStretch,
  patchTimeline,
  plainItem,
  withItems,
  withoutItems,
  withRefreshed,
} from './timeline-state.ts';
import type { TimMessage } from './tim.ts';
import type { Transfers } from './transfers.ts';
import type { Unsent } from './unsent.ts';

/** What goes along with a text. */
export interface TextExtras {
  /** `cloudCustomData` that names the message it answers. */
  quote?: string;
  /** Those it names: userIDs, or everybody. */
  mentions?: readonly string[];
}

export interface TimelineActions {
  /** Shows a conversation: reads its newest page, and further back when the first unread message is older. */
  open(conversationID: string | undefined): Promise<void>;
  loadFirst(conversationID: string): Promise<void>;
  loadOlder(conversationID: string): Promise<void>;
  sendText(conversationID: string, text: string, extras?: TextExtras): Promise<void>;
  /** Sends any message that was made; answers why it could not be sent, if so. */
  send(message: TimMessage): Promise<Failure | undefined>;
  /** From a stretch of the past back to the newest messages. */
  returnToLatest(conversationID: string): Promise<void>;
  retry(key: string): Promise<void>;
  /** Takes a message that was not sent off the page. */
  discard(item: MessageItem): void;
  /** Takes in messages that arrived, or that changed. `attended` says that the user is looking. */
  receive(messages: readonly TimMessage[], attended: boolean): void;
  refresh(messages: readonly TimMessage[]): void;
  /** The SDK had to start over: what was read may have a gap, so it is read again. */
  reload(): Promise<void>;
}

export interface TimelineDeps {
  context: Context;
  extras: Pick<MessageExtras, 'look'>;
  jumps: Pick<JumpActions, 'loadBefore'>;
  unsent: Pick<Unsent, 'add' | 'get' | 'of' | 'rest' | 'drop'>;
  transfers: Pick<Transfers, 'run'>;
}

export function createTimelineActions({
  context,
  extras,
  jumps,
  unsent,
  transfers,
}: TimelineDeps): TimelineActions {
  const { store } = context;
  /** The server has them, whatever was heard of it when they were sent. */
  const settle = (messages: readonly TimMessage[]): void =>
    unsent.drop(messages.filter(({ status }) => status === 'success').map(({ ID }) => ID));

  const loadPage = async (conversationID: string, first: boolean): Promise<void> => {
    const update = context.updater();
    const { stretch, cursor = '' } = store.get().timelines[conversationID] ?? {};
    const patch = (change: (timeline: Timeline) => Partial<Timeline>): void =>
      update((state) => patchStretch(state, conversationID, stretch, change));
    patch(() => (first ? { first: 'loading' } : { older: 'loading' }));
    try {
      const { data } = await context.tim().getMessageList({
        conversationID,
        ...(first || cursor === '' ? {} : { nextReqMessageID: cursor }),
      });
      extras.look(data.messageList);
      settle(data.messageList);
      // The SDK remembers the failed ones, those that were discarded too.
      const wanted = data.messageList.filter(({ ID, status }) => status !== 'fail' || unsent.get(ID));
      patch((timeline) => {
        const items = mergeItems(timeline.items, wanted.map(plainItem));
        const older = olderStateAfter(items, data.isCompleted || data.nextReqMessageID === '');
        return { items, older, cursor: data.nextReqMessageID };
      });
    } catch {
      patch(() => (first ? { first: 'failed' } : { older: 'failed' }));
    }
  };

  const loadFirst = async (conversationID: string): Promise<void> => {
    const update = context.updater();
    const stretch = store.get().timelines[conversationID]?.stretch;
    await loadPage(conversationID, true);
    for (let page = 1; page < LIMITS.pagesToFirstUnread; page += 1) {
      const timeline = store.get().timelines[conversationID];
      if (timeline === undefined || timeline.stretch !== stretch || timeline.first === 'failed') return;
      if (timeline.unreadToPlace === 0 || timeline.older !== 'idle') break;
      await loadPage(conversationID, false);
    }
    // Shown only now: the list opens at the first unread message, not somewhere and then there.
    update((state) => patchStretch(state, conversationID, stretch, () => ({ first: 'ready' })));
  };

  const deliver = async (
    key: string,
    message: TimMessage,
    send: (signal: AbortSignal | undefined) => Promise<unknown>,
  ): Promise<Failure | undefined> => {
    const { conversationID } = message;
    const update = context.updater();
    const show = (item: MessageItem) => update((state) => withItems(state, conversationID, [item]));
    unsent.add(key, message);
    // Shown before anything is sent: whatever becomes of it, it is seen on its way first. The SDK's own object
    // stays as it is: a message that says it is under way would not be sent again.
    show(toMessageItem({ ...message, status: 'unSend' }, key));
    try {
      await transfers.run(key, message, send);
      unsent.drop([key]);
      show(toMessageItem(message, key));
      return undefined;
    } catch (error) {
      message.status = 'fail';
      unsent.rest(key);
      const failure = failureOf(error);
      show(toMessageItem(message, key, failure));
      return failure;
    }
  };

  const returnToLatest = async (conversationID: string): Promise<void> => {
    const timeline = store.get().timelines[conversationID];
    if (timeline === undefined) return;
    const items = timeline.items.filter(isUnsent);
    store.update((state) => patchTimeline(state, conversationID, { ...newTimeline(0), items }));
    await loadFirst(conversationID);
  };

  const send = async (message: TimMessage): Promise<Failure | undefined> => {
    const newer = store.get().timelines[message.conversationID]?.newer ?? 'none';
    if (newer !== 'none') await returnToLatest(message.conversationID);
    return await deliver(message.ID, message, (signal) => context.tim().sendMessage(message, { signal }));
  };

  return {
    open: async (conversationID) => {
      if (store.get().openID === conversationID) return;
      const waiting = unsent.of(conversationID ?? '').map(([key, message]) => toMessageItem(message, key));
      store.update((state) => {
        const closed = forgetLong(state, state.openID);
        return conversationID === undefined
          ? { ...closed, openID: undefined }
          : opened({ ...closed, openID: conversationID }, conversationID, waiting);
      });
      if (conversationID === undefined) return;
      if (store.get().timelines[conversationID]?.first === 'ready') return;
      await loadFirst(conversationID);
    },
    loadFirst,
    loadOlder: async (conversationID) => {
      const timeline = store.get().timelines[conversationID];
      if (timeline?.first !== 'ready') return;
      if (timeline.older !== 'idle' && timeline.older !== 'failed') return;
      // Only pages have a cursor; a stretch that was jumped to goes on from its first message.
      if (timeline.cursor === '') await jumps.loadBefore(conversationID);
      else await loadPage(conversationID, false);
    },
    sendText: async (conversationID, text, { quote = '', mentions = [] } = {}) => {
      const tim = context.tim();
      const options = {
        ...addressOf(conversationID),
        ...(quote === '' ? {} : { cloudCustomData: quote }),
      };
      const message =
        mentions.length === 0
          ? tim.createTextMessage({ ...options, payload: { text } })
          : tim.createTextAtMessage({ ...options, payload: { text, atUserList: [...mentions] } });
      store.update((state) =>
        patchTimeline(state, conversationID, { dividerKey: undefined, unreadToPlace: 0 }),
      );
      await send(message);
    },
    send,
    returnToLatest,
    retry: async (key) => {
      const message = unsent.get(key);
      if (message === undefined) return;
      await deliver(key, message, (signal) => context.tim().resendMessage(message, { signal }));
    },
    discard: ({ key, id, conversationID }) => {
      unsent.drop([key]);
      store.update((state) => withoutItems(state, conversationID, new Set([id])));
    },
    receive: (messages, attended) => {
      settle(messages);
      for (const [conversationID, arrived] of Map.groupBy(messages, (message) => message.conversationID)) {
        const items = arrived.map(plainItem);
        store.update((state) => {
          // A stretch of the past is on the page: what is new belongs below what is not read yet.
          if ((state.timelines[conversationID]?.newer ?? 'none') !== 'none') return state;
          const next = withItems(state, conversationID, items);
          return attended || state.openID !== conversationID ? next : divideAt(next, conversationID, items);
        });
      }
    },
    reload: async () => {
      store.update((state) => ({ ...state, timelines: unsentOnly(state), quoted: new Map() }));
      const { openID } = store.get();
      if (openID !== undefined) await loadFirst(openID);
    },
    refresh: (messages) => store.update((state) => withRecalls(withRefreshed(state, messages), messages)),
  };
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
  return patchTimeline(state, conversationID, { dividerKey: first.key });
}

/** The opened conversation becomes the newest of those kept; the one longest unused goes. */
function opened(state: ChatState, conversationID: string, waiting: readonly MessageItem[]): ChatState {
  const unread = conversationIn(state, conversationID)?.unread ?? 0;
  const { [conversationID]: known, ...others } = state.timelines;
  const timeline =
    known === undefined
      ? { ...newTimeline(unread), items: waiting }
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
