import type { Group, GroupApplication, GroupAttributes, GroupCounters, GroupMember, Topic } from './group.ts';
import type { Message } from './message.ts';
import type { FailedTopic, FailedUser, IMResponse } from './result.ts';
import type { CustomField, GroupRole, GroupType, InviteOption, JoinOption, JoinStatus } from './values.ts';

export interface NewGroupMember {
  userID: string;
  role?: GroupRole | undefined;
  memberCustomField?: CustomField[] | undefined;
}

export interface CreateGroupOptions {
  name: string;
  /** Work (`Private`) when absent. */
  type?: GroupType | undefined;
  groupID?: string | undefined;
  introduction?: string | undefined;
  notification?: string | undefined;
  avatar?: string | undefined;
  maxMemberNum?: number | undefined;
  joinOption?: JoinOption | undefined;
  inviteOption?: InviteOption | undefined;
  /** Must be absent for an AVChatRoom. */
  memberList?: NewGroupMember[] | undefined;
  groupCustomField?: CustomField[] | undefined;
  isSupportTopic?: boolean | undefined;
}

export interface UpdateGroupProfileOptions {
  groupID: string;
  name?: string | undefined;
  avatar?: string | undefined;
  introduction?: string | undefined;
  notification?: string | undefined;
  muteAllMembers?: boolean | undefined;
  joinOption?: JoinOption | undefined;
  inviteOption?: InviteOption | undefined;
  groupCustomField?: CustomField[] | undefined;
}

/** One of `message` (the notice, or a copy of it) and `application` says which request is answered. */
export interface HandleGroupApplicationOptions {
  handleAction: 'Agree' | 'Reject';
  handleMessage?: string | undefined;
  message?: Message | undefined;
  application?: GroupApplication | undefined;
}

export interface GroupQuery {
  keywordList?: string[] | undefined;
  keywordListMatchType?: 'or' | 'and' | undefined;
  groupTypeList?: GroupType[] | undefined;
  count?: number | undefined;
  cursor?: string | undefined;
}

export interface GroupMemberQuery {
  keywordList?: string[] | undefined;
  keywordListMatchType?: 'or' | 'and' | undefined;
  groupIDList?: string[] | undefined;
  count?: number | undefined;
  cursor?: string | undefined;
}

export type SearchPage<Item> = IMResponse<{
  totalCount: number;
  searchResultList: Item[];
  cursor: string;
}>;

export interface GroupMethods {
  getGroupList(options?: {
    groupProfileFilter?: string[] | undefined;
  }): Promise<IMResponse<{ groupList: Group[] }>>;
  getGroupProfile(options: {
    groupID: string;
    groupCustomFieldFilter?: string[] | undefined;
    memberCustomFieldFilter?: string[] | undefined;
  }): Promise<IMResponse<{ group: Group }>>;
  createGroup(
    options: CreateGroupOptions,
  ): Promise<IMResponse<{ group: Group; overLimitUserIDList?: string[] }>>;
  dismissGroup(groupID: string): Promise<IMResponse<{ groupID: string }>>;
  updateGroupProfile(options: UpdateGroupProfileOptions): Promise<IMResponse<{ group: Group }>>;
  /** Waiting for approval is not an error: see `status`. */
  joinGroup(options: {
    groupID: string;
    type?: GroupType | undefined;
    applyMessage?: string | undefined;
  }): Promise<IMResponse<{ status: JoinStatus; group?: Group }>>;
  quitGroup(groupID: string): Promise<IMResponse<{ groupID: string }>>;
  searchGroupByID(groupID: string): Promise<IMResponse<{ group: Group }>>;
  changeGroupOwner(options: { groupID: string; newOwnerID: string }): Promise<IMResponse<{ group: Group }>>;
  handleGroupApplication(options: HandleGroupApplicationOptions): Promise<IMResponse<{ group: Group }>>;
  getGroupApplicationList(): Promise<IMResponse<{ applicationList: GroupApplication[] }>>;
  getGroupOnlineMemberCount(groupID: string): Promise<IMResponse<{ memberCount: number }>>;
  /** Replaces all attributes. */
  initGroupAttributes(options: {
    groupID: string;
    groupAttributes: GroupAttributes;
  }): Promise<IMResponse<{ groupAttributes: GroupAttributes }>>;
  /** Creates or overwrites the named keys. */
  setGroupAttributes(options: {
    groupID: string;
    groupAttributes: GroupAttributes;
  }): Promise<IMResponse<{ groupAttributes: GroupAttributes }>>;
  /** No keys means all of them. */
  deleteGroupAttributes(options: {
    groupID: string;
    keyList?: string[] | undefined;
  }): Promise<IMResponse<{ keyList: string[] }>>;
  getGroupAttributes(options: {
    groupID: string;
    keyList?: string[] | undefined;
  }): Promise<IMResponse<{ groupAttributes: GroupAttributes }>>;
  setGroupCounters(options: {
    groupID: string;
    counters: GroupCounters;
  }): Promise<IMResponse<{ counters: GroupCounters }>>;
  increaseGroupCounter(options: GroupCounterStep): Promise<IMResponse<GroupCounterStep>>;
  decreaseGroupCounter(options: GroupCounterStep): Promise<IMResponse<GroupCounterStep>>;
  getGroupCounters(options: {
    groupID: string;
    keyList?: string[] | undefined;
  }): Promise<IMResponse<{ counters: GroupCounters }>>;
  pinGroupMessage(options: {
    groupID: string;
    message: Message;
    isPinned: boolean;
  }): Promise<IMResponse<object>>;
  getPinnedGroupMessageList(groupID: string): Promise<IMResponse<{ messageList: Message[] }>>;
  searchCloudGroups(options: GroupQuery): Promise<SearchPage<Group>>;
}

export interface GroupCounterStep {
  groupID: string;
  key: string;
  value: number;
}

export interface GroupMemberMethods {
  /** `data.offset` is the next page's; 0 or an empty string is the end. */
  getGroupMemberList(options: {
    groupID: string;
    count?: number | undefined;
    offset?: number | string | undefined;
    role?: GroupRole | undefined;
    filter?: number | undefined;
  }): Promise<IMResponse<{ memberList: GroupMember[]; offset: number | string }>>;
  getGroupMemberProfile(options: {
    groupID: string;
    userIDList: string[];
    memberCustomFieldFilter?: string[] | undefined;
  }): Promise<IMResponse<{ memberList: GroupMember[] }>>;
  addGroupMember(options: { groupID: string; userIDList: string[] }): Promise<
    IMResponse<{
      successUserIDList: string[];
      failureUserIDList: string[];
      existedUserIDList: string[];
      overLimitUserIDList: string[];
      group: Group;
    }>
  >;
  deleteGroupMember(options: {
    groupID: string;
    userIDList: string[];
    reason?: string | undefined;
    duration?: number | undefined;
  }): Promise<IMResponse<{ group: Group; userIDList: string[] }>>;
  /** Seconds from now; 0 lets the member speak again. */
  setGroupMemberMuteTime(options: {
    groupID: string;
    userID: string;
    muteTime: number;
  }): Promise<IMResponse<{ group: Group; member: GroupMember }>>;
  setGroupMemberRole(options: {
    groupID: string;
    userID: string;
    role: GroupRole;
  }): Promise<IMResponse<{ group: Group; member: GroupMember }>>;
  /** My own card when `userID` is absent. */
  setGroupMemberNameCard(options: {
    groupID: string;
    nameCard: string;
    userID?: string | undefined;
  }): Promise<IMResponse<{ group: Group; member: GroupMember }>>;
  setGroupMemberCustomField(options: {
    groupID: string;
    memberCustomField: CustomField[];
    userID?: string | undefined;
  }): Promise<IMResponse<{ group: Group; member: GroupMember }>>;
  markGroupMemberList(options: {
    groupID: string;
    userIDList: string[];
    markType: number;
    enableMark: boolean;
  }): Promise<IMResponse<{ successUserIDList: string[]; failureUserIDList: FailedUser[] }>>;
  searchCloudGroupMembers(options: GroupMemberQuery): Promise<SearchPage<GroupMember & { groupID: string }>>;
}

export interface TopicMethods {
  getJoinedCommunityList(): Promise<IMResponse<{ groupList: Group[] }>>;
  createTopicInCommunity(options: {
    groupID: string;
    topicName: string;
    topicID?: string | undefined;
    avatar?: string | undefined;
    notification?: string | undefined;
    introduction?: string | undefined;
    customData?: string | undefined;
  }): Promise<IMResponse<{ topicID: string }>>;
  deleteTopicFromCommunity(options: {
    groupID: string;
    topicIDList?: string[] | undefined;
  }): Promise<IMResponse<{ successTopicList: { topicID: string }[]; failureTopicList: FailedTopic[] }>>;
  updateTopicProfile(options: {
    groupID: string;
    topicID: string;
    topicName?: string | undefined;
    avatar?: string | undefined;
    notification?: string | undefined;
    introduction?: string | undefined;
    customData?: string | undefined;
    muteAllMembers?: boolean | undefined;
  }): Promise<IMResponse<{ topic: Topic }>>;
  getTopicList(options: {
    groupID: string;
    topicIDList?: string[] | undefined;
  }): Promise<IMResponse<{ successTopicList: Topic[]; failureTopicList: FailedTopic[] }>>;
}
