import type { UserInfo } from './message.ts';
import type { SearchPage } from './group-methods.ts';
import type {
  FollowCounts,
  Friend,
  FriendApplication,
  FriendGroup,
  FriendRelation,
  Profile,
  UserStatus,
} from './profile.ts';
import type { FailedUser, IMResponse, UserResult } from './result.ts';
import type { AllowType, CustomField, ForbidType, Gender } from './values.ts';

export interface UpdateMyProfileOptions {
  nick?: string | undefined;
  avatar?: string | undefined;
  gender?: Gender | undefined;
  selfSignature?: string | undefined;
  allowType?: AllowType | undefined;
  birthday?: number | undefined;
  location?: string | undefined;
  language?: number | undefined;
  messageSettings?: number | undefined;
  adminForbidType?: ForbidType | undefined;
  level?: number | undefined;
  role?: number | undefined;
  profileCustomField?: CustomField[] | undefined;
}

export interface UserQuery {
  keywordList?: string[] | undefined;
  keywordListMatchType?: 'or' | 'and' | undefined;
  userGenderType?: Gender | undefined;
  /** Spelt so in the published API. */
  miniBirthday?: number | undefined;
  maxBirthday?: number | undefined;
  count?: number | undefined;
  cursor?: string | undefined;
}

export interface ProfileMethods {
  getMyProfile(): Promise<IMResponse<Profile>>;
  getUserProfile(options: { userIDList: string[] }): Promise<IMResponse<Profile[]>>;
  updateMyProfile(options: UpdateMyProfileOptions): Promise<IMResponse<Profile>>;
  searchCloudUsers(options: UserQuery): Promise<SearchPage<Profile>>;
}

export interface AddFriendOptions {
  to: string;
  /** `AddSource_Type_` and up to eight letters. */
  source: string;
  wording?: string | undefined;
  type?: 'Add_Type_Single' | 'Add_Type_Both' | undefined;
  remark?: string | undefined;
  groupName?: string | undefined;
}

export type FriendGroupResult = IMResponse<{
  friendGroup: FriendGroup;
  failureUserIDList: FailedUser[];
}>;
export type FollowResult = IMResponse<{ userID: string; code: number; message: string }[]>;
export type FollowPage = IMResponse<{ resultList: UserInfo[]; nextCursor: string }>;

export interface RelationMethods {
  getBlacklist(): Promise<IMResponse<string[]>>;
  addToBlacklist(options: { userIDList: string[] }): Promise<IMResponse<string[]>>;
  removeFromBlacklist(options: { userIDList: string[] }): Promise<IMResponse<string[]>>;
  getFriendList(): Promise<IMResponse<Friend[]>>;
  /** `data.code` 0: friends now; 30539: waiting for the other side. */
  addFriend(options: AddFriendOptions): Promise<IMResponse<{ code: number }>>;
  deleteFriend(options: {
    userIDList: string[];
    type?: 'Delete_Type_Single' | 'Delete_Type_Both' | undefined;
  }): Promise<IMResponse<UserResult>>;
  checkFriend(options: {
    userIDList: string[];
    type?: 'CheckResult_Type_Single' | 'CheckResult_Type_Both' | undefined;
  }): Promise<
    IMResponse<{
      successUserIDList: { userID: string; relation: FriendRelation }[];
      failureUserIDList: FailedUser[];
    }>
  >;
  getFriendProfile(options: {
    userIDList: string[];
  }): Promise<IMResponse<{ friendList: Friend[]; failureUserIDList: FailedUser[] }>>;
  updateFriend(options: {
    userID: string;
    remark?: string | undefined;
    friendCustomField?: CustomField[] | undefined;
  }): Promise<IMResponse<Friend>>;
  getFriendApplicationList(): Promise<
    IMResponse<{ friendApplicationList: FriendApplication[]; unreadCount: number }>
  >;
  acceptFriendApplication(options: {
    userID: string;
    type: 'Response_Action_Agree' | 'Response_Action_AgreeAndAdd';
    remark?: string | undefined;
    tag?: string | undefined;
  }): Promise<IMResponse<object>>;
  refuseFriendApplication(options: { userID: string }): Promise<IMResponse<object>>;
  deleteFriendApplication(options: {
    userID: string;
    type: 'Pendency_Type_ComeIn' | 'Pendency_Type_SendOut';
  }): Promise<IMResponse<object>>;
  setFriendApplicationRead(): Promise<IMResponse<object>>;
  getFriendGroupList(): Promise<IMResponse<FriendGroup[]>>;
  createFriendGroup(options: { name: string; userIDList: string[] }): Promise<FriendGroupResult>;
  deleteFriendGroup(options: { name: string }): Promise<IMResponse<object>>;
  addToFriendGroup(options: { name: string; userIDList: string[] }): Promise<FriendGroupResult>;
  removeFromFriendGroup(options: { name: string; userIDList: string[] }): Promise<FriendGroupResult>;
  renameFriendGroup(options: { oldName: string; newName: string }): Promise<IMResponse<FriendGroup>>;
  followUser(userIDList: string[]): Promise<FollowResult>;
  unfollowUser(userIDList: string[]): Promise<FollowResult>;
  getMyFollowersList(startIndex?: string): Promise<FollowPage>;
  getMyFollowingList(startIndex?: string): Promise<FollowPage>;
  getMutualFollowersList(startIndex?: string): Promise<FollowPage>;
  /** My own counts without an argument. */
  getUserFollowInfo(userIDList?: string[]): Promise<IMResponse<FollowCounts[]>>;
  /** 0 none, 1 follows me, 2 I follow, 3 mutual. */
  checkFollowType(userIDList: string[]): Promise<IMResponse<{ userID: string; followType: number }[]>>;
}

export interface UserStatusMethods {
  setSelfStatus(options: { customStatus: string }): Promise<IMResponse<UserStatus>>;
  getUserStatus(options: {
    userIDList: string[];
  }): Promise<IMResponse<{ successUserList: UserStatus[]; failureUserList: FailedUser[] }>>;
  subscribeUserStatus(options: {
    userIDList: string[];
  }): Promise<IMResponse<{ failureUserList: FailedUser[] }>>;
  /** Everybody when `userIDList` is absent. */
  unsubscribeUserStatus(options?: {
    userIDList?: string[] | undefined;
  }): Promise<IMResponse<{ failureUserList: FailedUser[] }>>;
}
