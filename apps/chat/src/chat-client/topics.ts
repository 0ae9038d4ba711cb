import type { Context } from './context.ts';
import { isMuted, mentionOf, previewOf, sameItem } from './conversations.ts';
import { toGroupItem } from './groups.ts';
import { LIMITS } from './limits.ts';
import { communityOf, conversationIDOf, MESSAGE_TYPE } from './published-values.ts';
import type { ChatState, TopicItem } from './state.ts';
import type { Tim, TimGroup, TimMessage } from './tim.ts';
import type { TimEventNames } from './tim-events.ts';
import type { TimTopic } from './tim-topics.ts';

export interface TopicActions {
  /** Makes a topic, and gives the ID of its conversation. */
  createTopic(groupID: string, plan: TopicPlan): Promise<string>;
  updateTopic(topic: TopicItem, changes: Partial<TopicPlan> & { muteAll?: boolean }): Promise<void>;
  deleteTopic(topic: TopicItem): Promise<void>;
  loadTopics(groupID: string): Promise<void>;
  /** Reads the communities that talk in topics, and the topics of each. */
  loadCommunities(): Promise<void>;
  /** Communities come and go by notices, and change by tips: they are in no list that an event brings. */
  noticeCommunities(messages: readonly TimMessage[]): void;
}

export interface TopicPlan {
  name: string;
  introduction: string;
}

export function createTopicActions(context: Context): TopicActions {
  const { store, clock } = context;
  let isDue = false;

  const loadTopics = async (groupID: string): Promise<void> => {
    const update = context.updater();
    const { data } = await context.tim().getTopicList({ groupID });
    update((state) => withTopicsOf(state, groupID, data.successTopicList));
  };

  const loadCommunities = async (): Promise<void> => {
    const update = context.updater();
    const { data } = await context.tim().getJoinedCommunityList();
    update((state) => withCommunities(state, data.groupList));
    // One after the other: somebody may be in many.
    for (const { groupID } of data.groupList) await loadTopics(groupID).catch(() => undefined);
    update((state) => ({ ...state, topicsLoaded: true }));
  };

  return {
    createTopic: async (groupID, { name: topicName, introduction }) => {
      const { data } = await context.tim().createTopicInCommunity({ groupID, topicName, introduction });
      await loadTopics(groupID);
      return conversationIDOf('group', data.topicID);
    },
    updateTopic: async ({ groupID, targetID: topicID }, { name, introduction, muteAll }) => {
      const update = context.updater();
      const { data } = await context.tim().updateTopicProfile({
        groupID,
        topicID,
        ...(name !== undefined && { topicName: name }),
        ...(introduction !== undefined && { introduction }),
        ...(muteAll !== undefined && { muteAllMembers: muteAll }),
      });
      update((state) => withTopic(state, groupID, data.topic));
    },
    deleteTopic: async ({ groupID, targetID, id }) => {
      const update = context.updater();
      await context.tim().deleteTopicFromCommunity({ groupID, topicIDList: [targetID] });
      update((state) => withoutTopics(state, new Set([id])));
    },
    loadTopics,
    loadCommunities,
    noticeCommunities: (messages) => {
      const { groups } = store.get();
      const isNews = messages.some(
        ({ type, conversationID }) =>
          type === MESSAGE_TYPE.notice ||
          (type === MESSAGE_TYPE.tip && groups.get(conversationID.slice('GROUP'.length))?.hasTopics === true),
      );
      if (!isNews || isDue) return;
      isDue = true;
      clock.after(LIMITS.groupReloadMs, () => {
        isDue = false;
        // What cannot be read now is read with the next notice, or the next login.
        loadCommunities().catch(() => undefined);
      });
    },
  };
}

export function listenToTopics(
  { tim, EVENT, context: { store } }: { tim: Tim; EVENT: TimEventNames; context: Context },
  topics: Pick<TopicActions, 'loadCommunities'>,
): void {
  const read = (): void => void topics.loadCommunities().catch(() => undefined);
  tim.on(EVENT.SDK_RELOAD, read);
  tim.on(EVENT.TOPIC_CREATED, read);
  tim.on(EVENT.TOPIC_DELETED, ({ data }) => {
    const gone = new Set(data.topicIDList.map((topicID) => conversationIDOf('group', topicID)));
    store.update((state) => withoutTopics(state, gone));
  });
  tim.on(EVENT.TOPIC_UPDATED, ({ data }) => {
    store.update((state) => withTopic(state, data.groupID, data.topic));
  });
}

function toTopicItem(groupID: string, topic: TimTopic): TopicItem {
  return {
    id: conversationIDOf('group', topic.topicID),
    kind: 'group',
    targetID: topic.topicID,
    title: topic.topicName || topic.topicID,
    avatar: topic.avatar,
    unread: topic.unreadCount,
    muted: isMuted(topic.selfInfo.messageRemindType),
    pinned: false,
    markedUnread: false,
    lastTimeMs: topic.lastMessage.lastTime * 1000,
    preview: previewOf(topic.lastMessage),
    mention: mentionOf(topic),
    groupID,
    introduction: topic.introduction,
    muteAll: topic.muteAllMembers,
  };
}

/** A topic that is there keeps its place. */
function withTopic(state: ChatState, groupID: string, topic: TimTopic): ChatState {
  const item = toTopicItem(groupID, topic);
  const before = state.topics.get(item.id);
  if (before !== undefined && sameItem(before, item)) return state;
  return { ...state, topics: new Map(state.topics).set(item.id, item) };
}

function withTopicsOf(state: ChatState, groupID: string, list: readonly TimTopic[]): ChatState {
  // The community was left while its topics were read.
  if (!state.groups.has(groupID)) return state;
  const topics = new Map([...state.topics].filter(([, topic]) => topic.groupID !== groupID));
  for (const topic of list) {
    const item = toTopicItem(groupID, topic);
    const before = state.topics.get(item.id);
    topics.set(item.id, before !== undefined && sameItem(before, item) ? before : item);
  }
  return { ...state, topics };
}

function withoutTopics(state: ChatState, gone: ReadonlySet<string>): ChatState {
  const topics = new Map([...state.topics].filter(([id]) => !gone.has(id)));
  return topics.size === state.topics.size ? state : { ...state, topics };
}

/** The communities with topics are these, and no others. */
function withCommunities(state: ChatState, list: readonly TimGroup[]): ChatState {
  const groups = new Map([...state.groups].filter(([, { hasTopics }]) => !hasTopics));
  for (const group of list) groups.set(group.groupID, toGroupItem(group));
  const topics = new Map([...state.topics].filter(([, { groupID }]) => groups.has(groupID)));
  return { ...state, groups, topics };
}

/** The topics of a community, by their names: the server has no order of them. */
export function topicsOf(topics: ChatState['topics'], groupID: string): readonly TopicItem[] {
  return [...topics.values()]
    .filter((topic) => topic.groupID === groupID)
    .toSorted((one, other) => one.title.localeCompare(other.title, undefined, { numeric: true }));
}

/** Whether a conversation is a community with topics, or one of its topics. */
export const isOfCommunity = (conversationID: string | undefined, groupID: string): boolean =>
  conversationID !== undefined &&
  (conversationID === conversationIDOf('group', groupID) || communityOf(conversationID) === groupID);
