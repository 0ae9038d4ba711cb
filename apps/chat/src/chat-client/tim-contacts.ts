import type { TimFailure, TimProfile, TimResult } from './tim.ts';

export interface TimFriend {
  userID: string;
  remark: string;
  groupList: string[];
  profile: TimProfile;
}

export interface TimFriendGroup {
  name: string;
  userIDList: string[];
}

export interface TimFriendApplication {
  userID: string;
  nick: string;
  avatar: string;
  wording: string;
  /** Seconds. */
  time: number;
  /** Whether it came or was sent. */
  type: string;
}

export interface TimFriendApplications {
  friendApplicationList: TimFriendApplication[];
  unreadCount: number;
}

export interface TimUserStatus {
  userID: string;
  /** 1 online. */
  statusType: number;
}

/** What became of one user of a list; 0 is done. */
export interface TimFollowed {
  code: number;
  message: string;
}

export type AllowType = 'AllowType_Type_AllowAny' | 'AllowType_Type_NeedConfirm' | 'AllowType_Type_DenyAny';

/** What of a list could not be done. */
export type TimFailures = TimResult<{ failureUserIDList: TimFailure[] }>;

/** People one knows, and those one does not want to hear of. */
export interface TimContacts {
  getFriendList(): Promise<TimResult<TimFriend[]>>;
  addFriend(options: {
    to: string;
    source: string;
    wording?: string;
    remark?: string;
  }): Promise<TimResult<{ code: number }>>;
  deleteFriend(options: { userIDList: string[] }): Promise<TimFailures>;
  updateFriend(options: { userID: string; remark: string }): Promise<unknown>;
  getFriendApplicationList(): Promise<TimResult<TimFriendApplications>>;
  acceptFriendApplication(options: { userID: string; type: 'Response_Action_AgreeAndAdd' }): Promise<unknown>;
  refuseFriendApplication(options: { userID: string }): Promise<unknown>;
  deleteFriendApplication(options: {
    userID: string;
    type: 'Pendency_Type_ComeIn' | 'Pendency_Type_SendOut';
  }): Promise<unknown>;
  setFriendApplicationRead(): Promise<unknown>;
  getFriendGroupList(): Promise<TimResult<TimFriendGroup[]>>;
  createFriendGroup(options: { name: string; userIDList: string[] }): Promise<TimFailures>;
  deleteFriendGroup(options: { name: string }): Promise<unknown>;
  renameFriendGroup(options: { oldName: string; newName: string }): Promise<unknown>;
  addToFriendGroup(options: { name: string; userIDList: string[] }): Promise<TimFailures>;
  removeFromFriendGroup(options: { name: string; userIDList: string[] }): Promise<TimFailures>;
  getBlacklist(): Promise<TimResult<string[]>>;
  addToBlacklist(options: { userIDList: string[] }): Promise<unknown>;
  removeFromBlacklist(options: { userIDList: string[] }): Promise<unknown>;
  followUser(userIDs: string[]): Promise<TimResult<TimFollowed[]>>;
  unfollowUser(userIDs: string[]): Promise<TimResult<TimFollowed[]>>;
  checkFollowType(userIDs: string[]): Promise<TimResult<{ followType: number }[]>>;
  getUserFollowInfo(
    userIDs: string[],
  ): Promise<TimResult<{ followersCount: number; followingCount: number }[]>>;
  subscribeUserStatus(options: { userIDList: string[] }): Promise<unknown>;
  getUserStatus(options: { userIDList: string[] }): Promise<TimResult<{ successUserList: TimUserStatus[] }>>;
}
