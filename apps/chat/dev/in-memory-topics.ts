import { communityOf } from '../src/chat-client/published-values.ts';
import type { TimTopic, TimTopics } from '../src/chat-client/tim-topics.ts';
import { failure, ok } from './in-memory-replies.ts';
import { conversationOf, type InMemoryWorld, listedGroups } from './in-memory-world.ts';

/** A topic, with what its conversation says of it. */
export function topicOf(world: InMemoryWorld, topicID: string): TimTopic | undefined {
  const topic = world.topics.get(topicID);
  if (topic === undefined) return undefined;
  const { unreadCount, lastMessage, groupAtInfoList } = conversationOf(world, `GROUP${topicID}`);
  return { ...topic, topicID, avatar: '', unreadCount, lastMessage, groupAtInfoList, selfInfo: {} };
}

export function topicMethods(world: InMemoryWorld): TimTopics {
  return {
    getJoinedCommunityList: async () => ok({ groupList: listedGroups(world, true) }),
    getTopicList: async ({ groupID }) => {
      const topicIDs = [...world.topics.keys()].filter((topicID) => communityOf(topicID) === groupID);
      return ok({ successTopicList: topicIDs.flatMap((topicID) => topicOf(world, topicID) ?? []) });
    },
    createTopicInCommunity: async ({ groupID, topicName, introduction = '' }) => {
      const topicID = `${groupID}@TOPIC#_${world.nextNumber()}`;
      world.topics.set(topicID, { topicName, introduction, muteAllMembers: false });
      world.emit('onTopicCreated', { groupID, topicID });
      return ok({ topicID });
    },
    updateTopicProfile: async ({ groupID, topicID, ...changes }) => {
      const before = world.topics.get(topicID);
      if (before === undefined) throw failure('No such topic', 10010);
      world.topics.set(topicID, { ...before, ...changes });
      const topic = topicOf(world, topicID);
      if (topic === undefined) throw failure('No such topic', 10010);
      world.emit('onTopicUpdated', { groupID, topic });
      return ok({ topic });
    },
    deleteTopicFromCommunity: async ({ groupID, topicIDList }) => {
      for (const topicID of topicIDList) world.topics.delete(topicID);
      world.emit('onTopicDeleted', { groupID, topicIDList });
      return ok({ failureTopicList: [] });
    },
  };
}
