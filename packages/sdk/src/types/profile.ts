import type { AllowType, CustomField, ForbidType, Gender } from './values.ts';

export interface Profile {
  userID: string;
  nick: string;
  avatar: string;
  gender: Gender;
  /** As a number: 20000101. */
  birthday: number;
  location: string;
  selfSignature: string;
  allowType: AllowType | '';
  language: number;
  messageSettings: number;
  adminForbidType: ForbidType;
  level: number;
  role: number;
  /** The one time in milliseconds. */
  lastUpdatedTime: number;
  profileCustomField: CustomField[];
}

export interface Friend {
  userID: string;
  remark: string;
  groupList: string[];
  source: string;
  wording: string;
  timeStamp: number;
  profile: Profile;
  friendCustomField: CustomField[];
}

export interface FriendApplication {
  userID: string;
  nick: string;
  avatar: string;
  time: number;
  source: string;
  wording: string;
  type: 'Pendency_Type_ComeIn' | 'Pendency_Type_SendOut';
}

export interface FriendGroup {
  name: string;
  userIDList: string[];
  count: number;
}

export type FriendRelation =
  | 'CheckResult_Type_NoRelation'
  | 'CheckResult_Type_AWithB'
  | 'CheckResult_Type_BWithA'
  | 'CheckResult_Type_BothWay';

export interface FollowCounts {
  userID: string;
  followersCount: number;
  followingCount: number;
  mutualFollowersCount: number;
}

export interface UserStatus {
  userID: string;
  /** One of the `USER_STATUS_*` numbers. */
  statusType: number;
  customStatus: string;
}
