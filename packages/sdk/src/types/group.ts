import type { GroupAtInfo, LastMessage } from './conversation.ts';
import type { CustomField, GroupRole, GroupType, InviteOption, JoinOption, RemindType } from './values.ts';

export interface GroupSelfInfo {
  userID: string;
  role: GroupRole | '';
  messageRemindType: RemindType;
  joinTime: number;
  nameCard: string;
}

export interface Group {
  groupID: string;
  name: string;
  avatar: string;
  type: GroupType;
  introduction: string;
  notification: string;
  ownerID: string;
  createTime: number;
  infoSequence: number;
  lastInfoTime: number;
  selfInfo: GroupSelfInfo;
  lastMessage: LastMessage;
  /** The number the next stored message gets. */
  nextMessageSeq: number;
  memberCount: number;
  maxMemberCount: number;
  /** The older name of `memberCount`. */
  memberNum: number;
  /** The older name of `maxMemberCount`. */
  maxMemberNum: number;
  memberList: GroupMember[];
  muteAllMembers: boolean;
  joinOption: JoinOption;
  inviteOption: InviteOption;
  groupCustomField: CustomField[];
  isSupportTopic: boolean;
}

export interface GroupMember {
  userID: string;
  nick: string;
  avatar: string;
  role: GroupRole;
  nameCard: string;
  joinTime: number;
  lastSendMsgTime: number;
  /** Absolute seconds: muted while this is in the future. */
  muteUntil: number;
  memberCustomField: CustomField[];
  isOnline?: boolean;
  markList?: number[];
}

export interface GroupApplication {
  applicant: string;
  applicantNick: string;
  applicantAvatar?: string;
  groupID: string;
  groupName: string;
  /** 0 asks to join, 2 was invited and needs approval. */
  applicationType: number;
  userID: string;
  note: string;
  [token: string]: unknown;
}

export interface Topic {
  topicID: string;
  topicName: string;
  avatar: string;
  introduction: string;
  notification: string;
  unreadCount: number;
  muteAllMembers: boolean;
  customData: string;
  groupAtInfoList: GroupAtInfo[];
  lastMessage: LastMessage;
  selfInfo: { muteTime?: number; messageRemindType?: RemindType };
}

export type GroupAttributes = Record<string, string>;
export type GroupCounters = Record<string, number>;
