import { type AttachmentActions, createAttachmentActions } from './attachments.ts';
import { type Clock, type Context, createToaster } from './context.ts';
import { type ContactActions, createContactActions } from './contacts.ts';
import {
  type ConversationSettingsActions,
  createConversationSettingsActions,
} from './conversation-settings.ts';
import { type ConversationActions, createConversationActions } from './conversations.ts';
import { createFollowActions, type FollowActions } from './follows.ts';
import { createGroupCareActions, type GroupCareActions } from './group-care.ts';
import { createGroupActions, type GroupActions } from './groups.ts';
import { createJumpActions, type JumpActions } from './jump.ts';
import { listenToTim } from './listen.ts';
import { LIMITS } from './limits.ts';
import { createLiveRoomActions, type LiveRoomActions } from './live-rooms.ts';
import { createMessageActions, type MessageActions } from './message-actions.ts';
import { createMessageExtras, type MessageExtras } from './message-extras.ts';
import type { MessageItem } from './message-item.ts';
import { createPeopleActions, type PeopleActions } from './people.ts';
import { createServerAccounts } from './server-accounts.ts';
import { createQuotedActions, type QuotedActions } from './quoted.ts';
import { createPinActions, type PinActions } from './pins.ts';
import { createPresenceActions, type PresenceActions } from './presence.ts';
import { createSearchActions, type SearchActions } from './search.ts';
import { createSessionActions, type SessionActions } from './session.ts';
import { type ChatState, INITIAL_STATE, type Notice } from './state.ts';
import { createStore, type Store } from './store.ts';
import type { Tim, TimModule } from './tim.ts';
import { createTimelineActions, type TimelineActions } from './timelines.ts';
import { createTransfers, type TransferActions, type Transfers } from './transfers.ts';
import { createTopicActions, type TopicActions } from './topics.ts';
import { createTypingActions, type TypingActions } from './typing.ts';
import { createUnsent, type TabStorage } from './unsent.ts';
import { linesOf } from './unsent-lines.ts';
import { createWritingActions, type WritingActions } from './writing.ts';

/** Of what the SDK tells, these take it in; the page does not call them. */
type Intake =
  | 'receive'
  | 'refresh'
  | 'reload'
  | 'look'
  | 'takeReactions'
  | 'takeReceipts'
  | 'confirmReading'
  | 'forgetReceipts'
  | 'takePin'
  | 'takeNotices'
  | 'takeTyping'
  | 'loadCommunities'
  | 'noticeCommunities'
  | 'loadBefore'
  | 'loadContacts'
  | 'forgetPresence'
  | 'hidePresence'
  | 'send'
  | keyof Transfers;

type AllActions = SessionActions &
  AttachmentActions &
  TransferActions &
  Transfers &
  PeopleActions &
  ContactActions &
  FollowActions &
  PresenceActions &
  ConversationActions &
  ConversationSettingsActions &
  GroupActions &
  GroupCareActions &
  LiveRoomActions &
  TimelineActions &
  JumpActions &
  MessageActions &
  MessageExtras &
  PinActions &
  QuotedActions &
  SearchActions &
  TopicActions &
  TypingActions &
  WritingActions;

export interface ChatClient extends Omit<AllActions, Intake> {
  store: Store<ChatState>;
  notify(notice: Notice): void;
  dismissToast(id: number): void;
  /** Tells of each batch of messages that just arrived for the conversation on screen, to be read out. */
  onArrival(listener: (items: readonly MessageItem[]) => void): () => void;
  /** Messages are under way, or failed and were not sent again. */
  hasUnsent(): boolean;
}

export interface ChatClientDeps {
  TIM: TimModule;
  fetch: typeof fetch;
  storage: TabStorage;
  clock: Clock;
}

/** The one place that knows the SDK: its events become state, and what the user does becomes calls. */
export function createChatClient(deps: ChatClientDeps): ChatClient {
  const store = createStore(INITIAL_STATE, deps.clock.soon);
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
  const showUnsent = (): void => store.update((state) => ({ ...state, unsent: linesOf(unsent.all()) }));
  const unsent = createUnsent(deps.storage, (how) => {
    if (how === 'came') showUnsent();
    // The list that has it comes a moment after the answer: the line stays in between.
    else context.clock.after(LIMITS.listAfterAnswerMs, showUnsent);
  });
  const people = createKnownPeople(context);
  const extras = createMessageExtras(context);
  const jumps = createJumpActions(context, extras);
  const transfers = createTransfers(context);
  const timelines = createTimelineActions({ context, extras, jumps, unsent, transfers });
  const places = createPlaces(context);
  const typing = createTypingActions(context);
  const announce = (items: readonly MessageItem[]): void => {
    for (const listener of arrivals) listener(items);
  };

  const connect = (SDKAppID: number): Tim => {
    generation += 1;
    extras.forgetReceipts();
    const tim = deps.TIM.create({ SDKAppID });
    if (tim !== current) {
      tim.setLogLevel(2);
      const { EVENT } = deps.TIM;
      const intake = { timelines, extras, typing };
      listenToTim({
        tim,
        SDKAppID,
        EVENT,
        context,
        ...intake,
        groups: places,
        pins: places,
        liveRooms: places,
        topics: places,
        contacts: people,
        presence: people,
        announce,
        lost: () => void sessions.signInAgain(),
      });
      current = tim;
    }
    return tim;
  };

  const sessions = createSessionActions({
    context,
    accounts: createServerAccounts(deps.fetch),
    storage: deps.storage,
    unsent,
    connect,
  });

  return {
    store,
    ...sessions,
    ...people,
    ...createConversationActions(context, extras, unsent),
    ...createConversationSettingsActions(context),
    ...places,
    ...createGroupCareActions(context, places),
    ...timelines,
    ...jumps,
    ...createMessageActions(context, timelines, unsent),
    ...createAttachmentActions(context, timelines, transfers),
    cancelUpload: transfers.cancelUpload,
    ...extras,
    ...createQuotedActions(context),
    ...createSearchActions(context),
    ...typing,
    ...createWritingActions(context),
    notify: context.toast,
    dismissToast: (id) => {
      store.update((state) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) }));
    },
    onArrival: (listener) => {
      arrivals.add(listener);
      return () => arrivals.delete(listener);
    },
    hasUnsent: () => !unsent.isEmpty(),
  };
}

/** Who people are, what one notes about them, and who of them is online. */
function createKnownPeople(
  context: Context,
): PeopleActions & ContactActions & FollowActions & PresenceActions {
  return {
    ...createPeopleActions(context),
    ...createContactActions(context),
    ...createFollowActions(context),
    ...createPresenceActions(context),
  };
}

/** Where people meet. */
function createPlaces(context: Context): GroupActions & LiveRoomActions & TopicActions & PinActions {
  return {
    ...createGroupActions(context),
    ...createLiveRoomActions(context),
    ...createTopicActions(context),
    ...createPinActions(context),
  };
}
