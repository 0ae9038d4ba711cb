import type { AllReceiveMessageOpt, Conversation } from './conversation.ts';
import type { Group, GroupAttributes, Topic } from './group.ts';
import type {
  GroupSystemNoticeMessage,
  Message,
  MessageExtension,
  MessageReactions,
  MessageReadReceipt,
  UserInfo,
} from './message.ts';
import type { Friend, FriendApplication, FriendGroup, Profile, UserStatus } from './profile.ts';
import type { EventName, KickedOutType, NetState } from './values.ts';

export interface FollowListChange {
  isAdd: boolean;
  userInfoList: UserInfo[];
}

/** The `data` of each event, by the event's value. List events carry the whole list. */
export interface EventMap {
  sdkStateReady: undefined;
  sdkStateNotReady: undefined;
  sdkDestroy: undefined;
  sdkReload: undefined;
  onMessageReceived: Message[];
  onMessageRevoked: Message[];
  onMessageModified: Message[];
  onMessageReadByPeer: Message[];
  onMessageReadReceiptReceived: MessageReadReceipt[];
  onMessageExtensionsUpdated: { messageID: string; extensions: MessageExtension[] };
  onMessageExtensionsDeleted: { messageID: string; keyList: string[] };
  onMessageReactionsUpdated: MessageReactions[];
  receiveGroupSystemNotice: { type: number; message: GroupSystemNoticeMessage };
  onRoomCustomDataReceived: unknown;
  onConversationListUpdated: Conversation[];
  onTotalUnreadMessageCountUpdated: number;
  onConversationGroupListUpdated: string[];
  onConversationInGroupUpdated: { groupName: string; conversationList: Conversation[] };
  onAllReceiveMessageOptUpdated: AllReceiveMessageOpt;
  onGroupListUpdated: Group[];
  groupAttributesUpdated: { groupID: string; groupAttributes: GroupAttributes };
  onGroupCounterUpdated: { groupID: string; key: string; value: number };
  onPinnedGroupMessageUpdated: {
    groupID: string;
    isPinned: boolean;
    message: Message;
    operatorInfo: UserInfo;
  };
  onTopicCreated: { groupID: string; topicID: string };
  onTopicDeleted: { groupID: string; topicIDList: string[] };
  onTopicUpdated: { groupID: string; topic: Topic };
  onProfileUpdated: Profile[];
  onUserStatusUpdated: UserStatus[];
  blacklistUpdated: string[];
  onFriendListUpdated: Friend[];
  onFriendGroupListUpdated: FriendGroup[];
  onFriendApplicationListUpdated: {
    friendApplicationList: FriendApplication[];
    unreadCount: number;
  };
  onMyFollowersListUpdated: FollowListChange;
  onMyFollowingListUpdated: FollowListChange;
  onMutualFollowersListUpdated: FollowListChange;
  kickedOut: { type: KickedOutType };
  error: { code: number; message: string };
  netStateChange: { state: NetState };
  onServerConfigUpdated: unknown;
}

/** What a handler receives. */
export interface TIMEvent<Name extends string = string, Data = unknown> {
  name: Name;
  data: Data;
}

export type EventOf<Name extends EventName> = TIMEvent<Name, EventMap[Name]>;
export type EventHandler<Name extends EventName> = (event: EventOf<Name>) => unknown;
