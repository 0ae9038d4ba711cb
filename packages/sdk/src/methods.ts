import type { ChatSDK } from './types/sdk.ts';

/**
 * Every public method, once, by domain. What a composed build leaves out rejects with 2998 by this list; the whole build
 * ships the much shorter one of what no domain has. Which version has which method is in `docs/compatibility.md`.
 */
export const PROMISE_METHODS = {
  lifecycle: 'login logout destroy',
  message:
    'sendMessage uploadFile resendMessage revokeMessage deleteMessage modifyMessage downloadMergerMessage getMessageList getMessageListHopping sendMessageReadReceipt getMessageReadReceiptList getGroupMessageReadMemberList setMessageExtensions getMessageExtensions deleteMessageExtensions addMessageReaction removeMessageReaction getMessageReactions getAllUserListOfMessageReaction',
  conversation:
    'getConversationList getConversationProfile deleteConversation clearHistoryMessage setMessageRead setAllMessageRead pinConversation setMessageRemindType setConversationDraft setConversationCustomData markConversation getConversationGroupList createConversationGroup deleteConversationGroup renameConversationGroup addConversationsToGroup deleteConversationsFromGroup setAllReceiveMessageOpt getAllReceiveMessageOpt',
  group:
    'getGroupList getGroupProfile createGroup dismissGroup updateGroupProfile joinGroup quitGroup searchGroupByID changeGroupOwner handleGroupApplication getGroupApplicationList getGroupOnlineMemberCount initGroupAttributes setGroupAttributes deleteGroupAttributes getGroupAttributes setGroupCounters increaseGroupCounter decreaseGroupCounter getGroupCounters pinGroupMessage getPinnedGroupMessageList',
  groupMember:
    'getGroupMemberList getGroupMemberProfile addGroupMember deleteGroupMember setGroupMemberMuteTime setGroupMemberRole setGroupMemberNameCard setGroupMemberCustomField markGroupMemberList',
  profile: 'getMyProfile getUserProfile updateMyProfile',
  relationship:
    'getBlacklist addToBlacklist removeFromBlacklist getFriendList addFriend deleteFriend checkFriend getFriendProfile updateFriend getFriendApplicationList acceptFriendApplication refuseFriendApplication deleteFriendApplication setFriendApplicationRead getFriendGroupList createFriendGroup deleteFriendGroup addToFriendGroup removeFromFriendGroup renameFriendGroup followUser unfollowUser getMyFollowersList getMyFollowingList getMutualFollowersList getUserFollowInfo checkFollowType',
  userStatus: 'setSelfStatus getUserStatus subscribeUserStatus unsubscribeUserStatus',
  topic:
    'getJoinedCommunityList createTopicInCommunity deleteTopicFromCommunity updateTopicProfile getTopicList',
  signaling: 'invite inviteInGroup cancel accept reject modifyInvitation',
  translation: 'translateText convertVoiceToText',
  search: 'searchCloudMessages searchCloudUsers searchCloudGroups searchCloudGroupMembers',
} as const;

/** The methods that answer at once, with the answer of one that is not built. */
export const SYNC_METHODS = {
  on: undefined,
  once: undefined,
  off: undefined,
  setLogLevel: undefined,
  registerPlugin: undefined,
  isReady: false,
  getLoginUser: '',
  getServerTime: 0,
  ready: undefined,
  createTextMessage: undefined,
  createTextAtMessage: undefined,
  createImageMessage: undefined,
  createAudioMessage: undefined,
  createVideoMessage: undefined,
  createFileMessage: undefined,
  createCustomMessage: undefined,
  createFaceMessage: undefined,
  createLocationMessage: undefined,
  createMergerMessage: undefined,
  createForwardMessage: undefined,
  findMessage: null,
  getTotalUnreadMessageCount: 0,
  addSignalingListener: undefined,
  removeSignalingListener: undefined,
  inviteSync: '',
  inviteInGroupSync: '',
  getSignalingInfo: null,
  callExperimentalAPI: undefined,
  downloadLog: undefined,
} as const;

/** For builds that name their domains: every method is there, whichever domain is not. */
export function everyMethod(): string {
  return [...Object.values(PROMISE_METHODS), ...Object.keys(SYNC_METHODS)].join(' ');
}

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;
/** Held equal to `keyof ChatSDK` by a type test. */
export type MethodName =
  | Words<(typeof PROMISE_METHODS)[keyof typeof PROMISE_METHODS]>
  | keyof typeof SYNC_METHODS;

export type Method = ChatSDK[MethodName];
