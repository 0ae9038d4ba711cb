import type { ReplyOf, TopicInfo } from '@sterna/protocol';
import { TOPICS_GONE } from '../../limits.ts';
import type { Topic } from '../../types/group.ts';
import type { Conversation } from '../../types/conversation.ts';
import type { FailedTopic } from '../../types/result.ts';
import type { Snapshot } from '../conversations/conversation-store.ts';
import { noMessage } from '../conversations/last-message.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { adoptGroup } from '../groups/adopt-group.ts';
import { keepNewest } from '../keep-newest.ts';
import { communityOf, targetOf } from '../messages/message-from.ts';
import { setGiven } from '../set-given.ts';

/** A topic as applications have it, and what they were last told of its conversation. */
interface Known {
  topic: Topic;
  groupID: string;
  told: string;
}

type Fields = Omit<Partial<TopicInfo>, 'topicID' | 'muteAll'> & {
  topicID: string;
  muteAll?: boolean | undefined;
};

/** Topics of communities: their conversations are held like all others, and shown here instead of in the list. */
export function topics(context: EngineContext): EngineModule {
  const { conversations, emit, groups, request, sync } = context;
  const known = new Map<string, Known>();
  /** Taken away: an answer that was read before may bring them once more. */
  const gone = new Set<string>();

  /** The topic as it stands. What its conversation says of it is not told again. */
  function adopt(groupID: string, info: Fields): Topic {
    const conversationID = `GROUP${info.topicID}`;
    const found: Known = known.get(conversationID) || { groupID, topic: emptyTopic(info.topicID), told: '' };
    known.set(conversationID, found);
    const { name, muteAll, avatar, introduction, notification, customData } = info;
    const fields = {
      topicName: name,
      muteAllMembers: muteAll,
      avatar,
      introduction,
      notification,
      customData,
    };
    setGiven(found.topic, fields);
    return refresh(conversationID, found);
  }

  function refresh(conversationID: string, found: Known): Topic {
    const { view } = conversations.hold(conversationID);
    const { unreadCount, lastMessage, groupAtInfoList, messageRemindType } = view;
    Object.assign(found.topic, {
      unreadCount,
      lastMessage,
      groupAtInfoList,
      selfInfo: { messageRemindType },
    });
    found.told = stateOf(view);
    return found.topic;
  }

  const tell = (groupID: string, topic: Topic): void => emit('onTopicUpdated', { groupID, topic });

  function take({ conversationID, topic }: Snapshot): void {
    const groupID = communityOf(conversationID);
    if (gone.has(conversationID)) conversations.drop(conversationID);
    // Whole, so what it does not name is not set.
    else if (topic && groupID) adopt(groupID, { ...NOTHING, ...topic });
  }

  function forget(conversationID: string): void {
    known.delete(conversationID);
    keepNewest(gone.add(conversationID), TOPICS_GONE);
    conversations.drop(conversationID);
  }

  return {
    onReset(snapshots) {
      known.clear();
      snapshots.forEach(take);
    },
    onSnapshot: take,

    onShown() {
      for (const [conversationID, one] of known)
        if (one.told !== stateOf(conversations.hold(conversationID).view))
          tell(one.groupID, refresh(conversationID, one));
    },

    onEvent: {
      topic(conversationID, { topicID, created, changes }) {
        const groupID = targetOf(conversationID);
        const topic = `GROUP${topicID}`;
        if (created) {
          gone.delete(topic);
          // Nothing was said in it yet: all that is to come is mine, and unread.
          sync.hold(topic, 0);
          const { view } = conversations.hold(topic);
          view.messageRemindType = view.groupProfile.selfInfo.messageRemindType;
        }
        const fresh = adopt(groupID, { ...changes, topicID });
        if (created) emit('onTopicCreated', { groupID, topicID });
        // What was said in it may have come before it was heard of.
        if (!created || fresh.unreadCount) tell(groupID, fresh);
      },
      topicsDeleted(conversationID, { topicIDs: topicIDList }) {
        for (const topicID of topicIDList) forget(`GROUP${topicID}`);
        emit('onTopicDeleted', { groupID: targetOf(conversationID), topicIDList });
      },
    },

    onInbox: {
      groupJoined({ groupID }) {
        for (const held of conversations.all())
          if (communityOf(held.view.conversationID) === groupID) conversations.reread(held);
      },
      groupLeft({ groupID: left, reason }) {
        for (const [conversationID, { groupID }] of known) {
          if (groupID !== left) continue;
          known.delete(conversationID);
          const held = conversations.hold(conversationID);
          held.view.unreadCount = 0;
          // What was said up to then is still mine to read. Of a community that ends not everybody asks at once.
          conversations.reread(held);
          if (reason !== 'dismissed') context.wantConversation(conversationID);
        }
      },
    },

    onLogout: () => known.clear(),

    methods: {
      async getJoinedCommunityList() {
        const { groups: all } = await request('group.list', {});
        for (const info of all) adoptGroup(context, info);
        return { groupList: groups.mine(true) };
      },
      createTopicInCommunity: ({ topicName: name, topicID, ...options }) =>
        request('topic.create', { ...options, name, topicID: topicID || undefined }, { once: !topicID }),
      async deleteTopicFromCommunity({ groupID, topicIDList: topicIDs }) {
        const { deleted, failed } = await request('topic.delete', { groupID, topicIDs });
        return {
          successTopicList: deleted.map((topicID) => ({ topicID })),
          failureTopicList: failed.map(failedTopic),
        };
      },
      async updateTopicProfile({ groupID, topicID, topicName: name, muteAllMembers: muteAll, ...texts }) {
        const changes = { ...texts, name, muteAll };
        const { topic } = await request('topic.update', { groupID, topicID, changes });
        return { topic: adopt(groupID, { ...NOTHING, ...topic }) };
      },
      async getTopicList({ groupID, topicIDList: topicIDs }) {
        const { topics: snapshots, failed } = await request('topic.list', { groupID, topicIDs });
        snapshots.forEach(sync.takeUp);
        const successTopicList: Topic[] = [];
        for (const { conversationID } of snapshots) {
          const one = known.get(conversationID);
          if (one) successTopicList.push(refresh(conversationID, one));
        }
        return { successTopicList, failureTopicList: failed.map(failedTopic) };
      },
    },
  };
}

const failedTopic = ({ topicID, code, text: message }: Failed): FailedTopic => ({ topicID, code, message });
type Failed = ReplyOf<'topic.list'>['failed'][number];

/** What a topic is that was given nothing else. */
const NOTHING = { muteAll: false, avatar: '', introduction: '', notification: '', customData: '' };

function emptyTopic(topicID: string): Topic {
  const { muteAll: muteAllMembers, ...texts } = { ...NOTHING, topicName: '' };
  const conversation = { unreadCount: 0, groupAtInfoList: [], lastMessage: noMessage(), selfInfo: {} };
  return { topicID, ...texts, muteAllMembers, ...conversation };
}

/** What of its conversation a topic shows. */
function stateOf({ unreadCount, messageRemindType, groupAtInfoList, lastMessage }: Conversation): string {
  const { lastSequence, messageForShow, isRevoked } = lastMessage;
  return [
    unreadCount,
    messageRemindType,
    groupAtInfoList.length,
    lastSequence,
    messageForShow,
    isRevoked,
  ].join();
}
