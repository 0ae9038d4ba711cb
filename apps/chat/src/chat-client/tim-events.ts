import type { TimConversation, TimGroup, TimMessage, TimProfile, TimReactions, TimReceipt } from './tim.ts';
import type { TimFriend, TimFriendApplications, TimFriendGroup, TimUserStatus } from './tim-contacts.ts';
import type { TimTopic } from './tim-topics.ts';

/** The events of the published SDK that this app answers to, by their published names. */
export interface TimEventNames {
  readonly SDK_READY: 'sdkStateReady';
  readonly SDK_NOT_READY: 'sdkStateNotReady';
  readonly SDK_RELOAD: 'sdkReload';
  readonly MESSAGE_RECEIVED: 'onMessageReceived';
  readonly MESSAGE_REVOKED: 'onMessageRevoked';
  readonly MESSAGE_MODIFIED: 'onMessageModified';
  readonly MESSAGE_READ_BY_PEER: 'onMessageReadByPeer';
  readonly MESSAGE_READ_RECEIPT_RECEIVED: 'onMessageReadReceiptReceived';
  readonly MESSAGE_REACTIONS_UPDATED: 'onMessageReactionsUpdated';
  readonly PINNED_GROUP_MESSAGE_UPDATED: 'onPinnedGroupMessageUpdated';
  readonly CONVERSATION_LIST_UPDATED: 'onConversationListUpdated';
  readonly GROUP_LIST_UPDATED: 'onGroupListUpdated';
  readonly TOPIC_CREATED: 'onTopicCreated';
  readonly TOPIC_DELETED: 'onTopicDeleted';
  readonly TOPIC_UPDATED: 'onTopicUpdated';
  readonly PROFILE_UPDATED: 'onProfileUpdated';
  readonly FRIEND_LIST_UPDATED: 'onFriendListUpdated';
  readonly FRIEND_GROUP_LIST_UPDATED: 'onFriendGroupListUpdated';
  readonly FRIEND_APPLICATION_LIST_UPDATED: 'onFriendApplicationListUpdated';
  readonly BLACKLIST_UPDATED: 'blacklistUpdated';
  readonly MY_FOLLOWING_LIST_UPDATED: 'onMyFollowingListUpdated';
  readonly MY_FOLLOWERS_LIST_UPDATED: 'onMyFollowersListUpdated';
  readonly USER_STATUS_UPDATED: 'onUserStatusUpdated';
  readonly KICKED_OUT: 'kickedOut';
  readonly ERROR: 'error';
  readonly NET_STATE_CHANGE: 'netStateChange';
}

/** What each event carries, by the event's published value. */
export interface TimEventData {
  sdkStateReady: unknown;
  sdkStateNotReady: unknown;
  sdkReload: unknown;
  onMessageReceived: TimMessage[];
  onMessageRevoked: TimMessage[];
  onMessageModified: TimMessage[];
  onMessageReadByPeer: TimMessage[];
  onMessageReadReceiptReceived: TimReceipt[];
  onMessageReactionsUpdated: TimReactions[];
  onPinnedGroupMessageUpdated: { groupID: string; isPinned: boolean; message: TimMessage };
  onConversationListUpdated: TimConversation[];
  onGroupListUpdated: TimGroup[];
  onTopicCreated: { groupID: string; topicID: string };
  onTopicDeleted: { groupID: string; topicIDList: string[] };
  onTopicUpdated: { groupID: string; topic: TimTopic };
  onProfileUpdated: TimProfile[];
  onFriendListUpdated: TimFriend[];
  onFriendGroupListUpdated: TimFriendGroup[];
  onFriendApplicationListUpdated: TimFriendApplications;
  blacklistUpdated: string[];
  onMyFollowingListUpdated: unknown;
  onMyFollowersListUpdated: unknown;
  onUserStatusUpdated: TimUserStatus[];
  kickedOut: { type: string };
  error: { code: number; message: string };
  netStateChange: { state: string };
}
