import type { TimFailure, TimGroup, TimLastMessage, TimResult } from './tim.ts';

/** A topic of a community: a conversation that is in no list. */
export interface TimTopic {
  topicID: string;
  topicName: string;
  avatar: string;
  introduction: string;
  muteAllMembers: boolean;
  unreadCount: number;
  lastMessage: TimLastMessage;
  groupAtInfoList: { atTypeArray: number[] }[];
  selfInfo: { messageRemindType?: string | undefined };
}

/** What of the published SDK is about communities that talk in topics. */
export interface TimTopics {
  getJoinedCommunityList(): Promise<TimResult<{ groupList: TimGroup[] }>>;
  getTopicList(options: { groupID: string }): Promise<TimResult<{ successTopicList: TimTopic[] }>>;
  createTopicInCommunity(options: {
    groupID: string;
    topicName: string;
    introduction?: string;
  }): Promise<TimResult<{ topicID: string }>>;
  updateTopicProfile(options: {
    groupID: string;
    topicID: string;
    topicName?: string;
    introduction?: string;
    muteAllMembers?: boolean;
  }): Promise<TimResult<{ topic: TimTopic }>>;
  deleteTopicFromCommunity(options: {
    groupID: string;
    topicIDList: string[];
  }): Promise<TimResult<{ failureTopicList: TimFailure[] }>>;
}
