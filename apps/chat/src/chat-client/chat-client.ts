import { type Clock, type Context, createToaster } from './context.ts';
import { type ConversationActions, createConversationActions } from './conversations.ts';
import { createGroupActions, type GroupActions } from './groups.ts';
import { listenToTim } from './listen.ts';
import type { MessageItem } from './message-item.ts';
import { createPeopleActions, type PeopleActions } from './people.ts';
import { createServerAccounts } from './server-accounts.ts';
import { createSessionActions, type SessionActions } from './session.ts';
import { type ChatState, INITIAL_STATE, type Notice } from './state.ts';
import { createStore, type Store } from './store.ts';
import type { Tim, TimModule } from './tim.ts';
import { createTimelineActions, type TimelineActions } from './timelines.ts';

export interface ChatClient
  extends
    SessionActions,
    PeopleActions,
    ConversationActions,
    GroupActions,
    Omit<TimelineActions, 'receive' | 'refresh' | 'reload' | 'forgetUnsent'> {
  store: Store<ChatState>;
  notify(notice: Notice): void;
  dismissToast(id: number): void;
  /** Tells of each batch of messages that just arrived for the conversation on screen, to be read out. */
  onArrival(listener: (items: readonly MessageItem[]) => void): () => void;
}

export interface ChatClientDeps {
  TIM: TimModule;
  fetch: typeof fetch;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  clock: Clock;
}

/** The one place that knows the SDK: its events become state, and what the user does becomes calls. */
export function createChatClient(deps: ChatClientDeps): ChatClient {
  const store = createStore(INITIAL_STATE);
  const arrivals = new Set<(items: readonly MessageItem[]) => void>();
  let current: Tim | undefined;
  let generation = 0;

  const context: Context = {
    store,
    clock: deps.clock,
    tim: () => {
      if (current === undefined) throw new Error('Nobody is signed in');
      return current;
    },
    updater: () => {
      const mine = generation;
      return (change) => {
        if (mine === generation) store.update(change);
      };
    },
    toast: createToaster(store, deps.clock),
  };
  const people = createPeopleActions(context);
  const timelines = createTimelineActions(context);
  const groups = createGroupActions(context);
  const announce = (items: readonly MessageItem[]): void => {
    for (const listener of arrivals) listener(items);
  };
  const lost = (): void => void sessions.signInAgain();

  const connect = (SDKAppID: number): Tim => {
    generation += 1;
    timelines.forgetUnsent();
    const tim = deps.TIM.create({ SDKAppID });
    if (tim !== current) {
      tim.setLogLevel(2);
      listenToTim({ tim, SDKAppID, EVENT: deps.TIM.EVENT, context, timelines, groups, announce, lost });
      current = tim;
    }
    return tim;
  };

  const sessions = createSessionActions({
    context,
    accounts: createServerAccounts(deps.fetch),
    storage: deps.storage,
    connect,
  });

  return {
    store,
    ...sessions,
    ...people,
    ...createConversationActions(context),
    ...groups,
    open: timelines.open,
    loadFirst: timelines.loadFirst,
    loadOlder: timelines.loadOlder,
    sendText: timelines.sendText,
    retry: timelines.retry,
    notify: context.toast,
    dismissToast: (id) => {
      store.update((state) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) }));
    },
    onArrival: (listener) => {
      arrivals.add(listener);
      return () => arrivals.delete(listener);
    },
  };
}
