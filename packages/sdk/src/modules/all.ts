import { messageCreators } from '../messages/creators.ts';
import { conversationSettings } from './conversations/conversation-settings.ts';
import { conversations } from './conversations/conversations.ts';
import type { EngineModuleFactory } from './engine-module.ts';
import { groupLife } from './groups/group-life.ts';
import { groups } from './groups/groups.ts';
import { messageLife } from './messages/message-life.ts';
import { messages } from './messages/messages.ts';
import { blacklist } from './people/blacklist.ts';
import { profiles } from './profiles/profiles.ts';

/** The domains of every whole build, in the order in which events reach them: profiles and groups before what shows them. */
export const allModules: readonly EngineModuleFactory[] = [
  profiles,
  groups,
  groupLife,
  messageCreators,
  messages,
  messageLife,
  conversations,
  conversationSettings,
  blacklist,
];

/** What these leave to further domains: a test holds that with these every method is there. A domain that joins them takes its names out. */
export const UNBUILT =
  'downloadMergerMessage sendMessageReadReceipt getMessageReadReceiptList getGroupMessageReadMemberList setSelfStatus getUserStatus subscribeUserStatus unsubscribeUserStatus initGroupAttributes setGroupAttributes deleteGroupAttributes getGroupAttributes setGroupCounters increaseGroupCounter decreaseGroupCounter getGroupCounters pinGroupMessage getPinnedGroupMessageList getConversationGroupList createConversationGroup deleteConversationGroup renameConversationGroup addConversationsToGroup deleteConversationsFromGroup setAllReceiveMessageOpt getAllReceiveMessageOpt setMessageExtensions getMessageExtensions deleteMessageExtensions addMessageReaction removeMessageReaction getMessageReactions getAllUserListOfMessageReaction markGroupMemberList getFriendList addFriend deleteFriend checkFriend getFriendProfile updateFriend getFriendApplicationList acceptFriendApplication refuseFriendApplication deleteFriendApplication setFriendApplicationRead getFriendGroupList createFriendGroup deleteFriendGroup addToFriendGroup removeFromFriendGroup renameFriendGroup followUser unfollowUser getMyFollowersList getMyFollowingList getMutualFollowersList getUserFollowInfo checkFollowType getJoinedCommunityList createTopicInCommunity deleteTopicFromCommunity updateTopicProfile getTopicList invite inviteInGroup cancel accept reject modifyInvitation translateText convertVoiceToText searchCloudMessages searchCloudUsers searchCloudGroups searchCloudGroupMembers addSignalingListener removeSignalingListener inviteSync inviteInGroupSync getSignalingInfo';
