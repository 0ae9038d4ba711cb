import type { GroupInfo } from '@sterna/protocol';
import type { Group } from '../../types/group.ts';
import { noMessage } from '../conversations/last-message.ts';

/** The groups this device knows; each is one object, changed in place. Some are mine, some were, some were only looked at. */
export interface GroupStore {
  /** Never missing: an unknown group has its ID and empty fields. */
  of(groupID: string): Group;
  /** Takes in what the server says of a group. `hasCount`: the members are counted by its log. */
  adopt(info: GroupInfo, userID: string, hasCount: boolean): Group;
  /** Groups that I am a member of, in the order in which they became mine. */
  mine(): Group[];
  isMine(groupID: string): boolean;
  /** Whether I am a member is for my inbox to say: an answer to a request may be older. */
  join(groupID: string): void;
  leave(groupID: string): void;
  /** The list is read anew; the objects stay. */
  leaveAll(): void;
  clear(): void;
}

export function createGroupStore(): GroupStore {
  const groups = new Map<string, Group>();
  const mine = new Set<string>();
  const left = new Set<string>();

  function of(groupID: string): Group {
    let group = groups.get(groupID);
    if (!group) groups.set(groupID, (group = emptyGroup(groupID)));
    return group;
  }

  return {
    of,
    adopt(info, userID, hasCount) {
      // At the start the lists say it; what the inbox has said since is not to be undone by them.
      if (info.self && !left.has(info.groupID)) mine.add(info.groupID);
      const group = Object.assign(of(info.groupID), fieldsOf(info, userID));
      if (left.has(info.groupID)) group.selfInfo.role = '';
      if (!hasCount) group.memberCount = group.memberNum = info.memberCount;
      return group;
    },
    mine: () => [...mine].map(of),
    isMine: (groupID) => mine.has(groupID),
    join(groupID) {
      left.delete(groupID);
      mine.add(groupID);
    },
    leave(groupID) {
      left.add(groupID);
      mine.delete(groupID);
      const group = groups.get(groupID);
      if (group) group.selfInfo.role = '';
    },
    leaveAll() {
      left.clear();
      mine.clear();
    },
    clear() {
      groups.clear();
      left.clear();
      mine.clear();
    },
  };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** The wire's fields by their published names; the older name of a count is filled too. */
function fieldsOf(info: GroupInfo, userID: string): Partial<Group> {
  const { self, maxMemberCount } = info;
  return {
    name: info.name,
    avatar: info.avatar ?? '',
    type: info.type,
    introduction: info.introduction ?? '',
    notification: info.notification ?? '',
    ownerID: info.ownerID ?? '',
    createTime: seconds(info.createTimeMs),
    infoSequence: info.infoSequence,
    lastInfoTime: seconds(info.lastInfoTimeMs),
    nextMessageSeq: info.nextSeq,
    maxMemberCount,
    maxMemberNum: maxMemberCount,
    joinOption: info.joinOption,
    muteAllMembers: info.muteAll === true,
    ...(isInviteOption(info.inviteOption) && { inviteOption: info.inviteOption }),
    ...(self && {
      selfInfo: {
        userID,
        role: self.role,
        messageRemindType: isRemindType(self.remindType) ? self.remindType : 'AcceptAndNotify',
        joinTime: seconds(self.joinTimeMs),
        nameCard: self.nameCard ?? '',
      },
    }),
  };
}

function isInviteOption(value: string | undefined): value is Group['inviteOption'] {
  return value !== undefined;
}

function isRemindType(value: string | undefined): value is Group['selfInfo']['messageRemindType'] {
  return value !== undefined;
}

function emptyGroup(groupID: string): Group {
  return {
    groupID,
    name: '',
    avatar: '',
    type: 'Private',
    introduction: '',
    notification: '',
    ownerID: '',
    createTime: 0,
    infoSequence: 0,
    lastInfoTime: 0,
    selfInfo: { userID: '', role: '', messageRemindType: 'AcceptAndNotify', joinTime: 0, nameCard: '' },
    lastMessage: noMessage(),
    nextMessageSeq: 1,
    memberCount: 0,
    maxMemberCount: 0,
    memberNum: 0,
    maxMemberNum: 0,
    memberList: [],
    muteAllMembers: false,
    joinOption: 'DisableApply',
    inviteOption: 'FreeAccess',
    groupCustomField: [],
    isSupportTopic: false,
  };
}
