import { type Context, failureOf } from './context.ts';
import { type ContactActions, listenToContacts } from './contacts.ts';
import { listenToFollows } from './follows.ts';
import { withConversations } from './conversations.ts';
import { type GroupActions, withGroupList } from './groups.ts';
import { LIMITS } from './limits.ts';
import type { MessageExtras } from './message-extras.ts';
import type { LiveRoomActions } from './live-rooms.ts';
import { type MessageItem, toMessageItem } from './message-item.ts';
import { toPerson, withPeople } from './people.ts';
import type { PinActions } from './pins.ts';
import { MESSAGE_TYPE } from './published-values.ts';
import { listenToPresence, type PresenceActions } from './presence.ts';
import { kickReasonOf } from './session.ts';
import type { ChatState, Network } from './state.ts';
import type { Tim } from './tim.ts';
import type { TimEventNames } from './tim-events.ts';
import type { TimelineActions } from './timelines.ts';
import { listenToTopics, type TopicActions } from './topics.ts';
import type { TypingActions } from './typing.ts';

export interface Wiring {
  tim: Tim;
  SDKAppID: number;
  EVENT: TimEventNames;
  context: Context;
  timelines: TimelineActions;
  groups: GroupActions;
  extras: Pick<MessageExtras, 'takeReactions' | 'takeReceipts'>;
  pins: Pick<PinActions, 'takePin'>;
  liveRooms: Pick<LiveRoomActions, 'takeNotices'>;
  topics: Pick<TopicActions, 'loadCommunities' | 'noticeCommunities'>;
  contacts: Pick<ContactActions, 'loadContacts'>;
  presence: Pick<PresenceActions, 'forgetPresence' | 'hidePresence'>;
  typing: Pick<TypingActions, 'takeTyping'>;
  announce(items: readonly MessageItem[]): void;
  /** The SDK lost its login without a kick: the app has to sign in again. */
  lost(): void;
}

/** Every event of the SDK that the app answers to. */
export function listenToTim(wiring: Wiring): void {
  listenToSession(wiring);
  listenToLists(wiring);
  listenToMessages(wiring);
  listenToContacts(wiring.tim, wiring.EVENT, wiring.context);
  listenToTopics(wiring, wiring.topics);
  listenToFollows(wiring.tim, wiring.EVENT, wiring.context);
  listenToPresence(wiring, wiring.presence);
}

function listenToSession(wiring: Wiring): void {
  const { tim, SDKAppID, EVENT, context, contacts, presence, topics, lost } = wiring;
  const { store } = context;
  tim.on(EVENT.SDK_READY, () => {
    store.update((state) => becomeReady(state, SDKAppID));
    presence.forgetPresence();
    void loadLists(context, topics);
    void contacts.loadContacts();
  });
  tim.on(EVENT.SDK_NOT_READY, () => {
    if (store.get().session.name !== 'active') return;
    store.update((state) => setSynced(state, false));
    // A kick says so in the same moment; only without one is it for the app to come back.
    context.clock.after(0, () => {
      const { session } = store.get();
      if (session.name === 'active' && !session.synced) lost();
    });
  });
  tim.on(EVENT.KICKED_OUT, ({ data }) => {
    store.update((state) => {
      const userID = 'userID' in state.session ? state.session.userID : '';
      return { ...state, toasts: [], session: { name: 'kicked', userID, reason: kickReasonOf(data.type) } };
    });
  });
  tim.on(EVENT.NET_STATE_CHANGE, ({ data }) => {
    const network = networkOf(data.state);
    store.update((state) => (state.network === network ? state : { ...state, network }));
  });
  tim.on(EVENT.ERROR, ({ data }) => context.toast({ kind: 'failure', failure: data }));
}

function listenToLists({ tim, EVENT, context: { store } }: Wiring): void {
  tim.on(EVENT.CONVERSATION_LIST_UPDATED, ({ data }) => {
    store.update((state) => ({
      ...state,
      conversations: withConversations(state.conversations, data),
      conversationsLoaded: true,
    }));
  });
  tim.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => store.update((state) => withGroupList(state, data)));
  tim.on(EVENT.PROFILE_UPDATED, ({ data }) => store.update((state) => withPeople(state, data.map(toPerson))));
}

function listenToMessages(wiring: Wiring): void {
  const { tim, EVENT, context, timelines, groups, extras, pins, liveRooms, topics, typing, announce } =
    wiring;
  const { store } = context;
  const reloadGroup = reloadSoon(context, groups);
  tim.on(EVENT.MESSAGE_RECEIVED, ({ data }) => {
    const { openID, attendedID } = store.get();
    const messages = typing.takeTyping(data);
    liveRooms.takeNotices(messages);
    topics.noticeCommunities(messages);
    timelines.receive(messages, openID !== undefined && attendedID === openID);
    const shown = messages.filter((message) => message.conversationID === openID && message.flow === 'in');
    if (shown.length > 0) announce(shown.map((message) => toMessageItem(message, message.ID)));
    if (messages.some((message) => message.type === MESSAGE_TYPE.tip)) reloadGroup();
  });
  tim.on(EVENT.SDK_RELOAD, () => void timelines.reload());
  tim.on(EVENT.MESSAGE_REVOKED, ({ data }) => timelines.refresh(data));
  tim.on(EVENT.MESSAGE_MODIFIED, ({ data }) => timelines.refresh(data));
  tim.on(EVENT.MESSAGE_READ_BY_PEER, ({ data }) => timelines.refresh(data));
  tim.on(EVENT.MESSAGE_READ_RECEIPT_RECEIVED, ({ data }) => extras.takeReceipts(data));
  tim.on(EVENT.MESSAGE_REACTIONS_UPDATED, ({ data }) => extras.takeReactions(data));
  tim.on(EVENT.PINNED_GROUP_MESSAGE_UPDATED, ({ data }) => pins.takePin(data));
}

/** Something happened in a group: the one whose members are on the page is read again, once for many tips. */
function reloadSoon({ store, clock }: Context, groups: GroupActions): () => void {
  let isDue = false;
  return () => {
    if (isDue || store.get().members === undefined) return;
    isDue = true;
    clock.after(LIMITS.groupReloadMs, () => {
      isDue = false;
      const groupID = store.get().members?.groupID;
      if (groupID !== undefined) void groups.reloadGroup(groupID);
    });
  };
}

/** The lists come by events too; asking once covers an SDK that was ready before the page listened. */
async function loadLists(context: Context, topics: Pick<TopicActions, 'loadCommunities'>): Promise<void> {
  const tim = context.tim();
  const update = context.updater();
  const read = async (request: Promise<(state: ChatState) => ChatState>): Promise<void> => {
    try {
      update(await request);
    } catch (error) {
      context.toast({ kind: 'failure', failure: failureOf(error) });
    }
  };
  await Promise.all([
    read(
      tim.getMyProfile().then(({ data }) => {
        const me = toPerson(data);
        return (state) => ({ ...withPeople(state, [me]), me });
      }),
    ),
    read(
      tim.getConversationList().then(({ data }) => (state) => ({
        ...state,
        conversations: withConversations(state.conversations, data.conversationList),
        conversationsLoaded: true,
      })),
    ),
    read(
      tim.getGroupList().then(
        ({ data }) =>
          (state) =>
            withGroupList(state, data.groupList),
      ),
    ),
    read(topics.loadCommunities().then(() => (state) => state)),
  ]);
}

function becomeReady(state: ChatState, SDKAppID: number): ChatState {
  if (state.session.name === 'active') return setSynced(state, true);
  // The event may overtake the page's own answer to `login()`.
  if (state.session.name !== 'signingIn') return state;
  return { ...state, session: { name: 'active', userID: state.session.userID, SDKAppID, synced: true } };
}

function setSynced(state: ChatState, synced: boolean): ChatState {
  return state.session.name === 'active' ? { ...state, session: { ...state.session, synced } } : state;
}

function networkOf(state: string): Network {
  return state === 'connecting' || state === 'disconnected' ? state : 'connected';
}
