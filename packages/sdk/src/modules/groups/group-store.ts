import type { GroupInfo } from '@sterna/protocol';
import { seconds } from '../../seconds.ts';
import type { Group } from '../../types/group.ts';
import { noMessage } from '../conversations/last-message.ts';
import { listOfFields, recordOfFields } from '../custom-fields.ts';
import { remindTypeOf } from '../conversations/remind-type.ts';

/** The groups this device knows; each is one object, changed in place. Some are mine, some were, some were only looked at. */
export interface GroupStore {
  /** Never missing: an unknown group has its ID and empty fields. */
  of(groupID: string): Group;
  /** Takes in what the server says of a group. Its members are counted by that, unless its log has told of later ones. */
  adopt(info: GroupInfo, userID: string, held?: { memberPos: number }): Group;
  /** Groups that I am a member of, in the order in which they became mine: communities with topics are a list of their own. */
  mine(hasTopics?: boolean): Group[];
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
    adopt({ self, memberCount, createTimeMs, lastInfoTimeMs, nextSeq, pos, isLive, ...info }, userID, held) {
      const { groupID } = info;
      const group = of(groupID);
      Object.assign(group, UNSET);
      Object.assign(group, groupFields(group, info), {
        createTime: seconds(createTimeMs),
        lastInfoTime: seconds(lastInfoTimeMs),
        nextMessageSeq: nextSeq,
      });
      if (!held || pos >= held.memberPos) group.memberCount = group.memberNum = memberCount;
      if (held) held.memberPos = Math.max(held.memberPos, pos);
      if (self) {
        const { role, joinTimeMs, nameCard = '', remindType } = self;
        const messageRemindType = remindTypeOf(remindType);
        group.selfInfo = { userID, role, messageRemindType, joinTime: seconds(joinTimeMs), nameCard };
        // At the start the lists say it; what the inbox has said since is not to be undone by them.
        if (!left.has(groupID) && !isLive) mine.add(groupID);
      }
      if (left.has(groupID)) group.selfInfo.role = '';
      return group;
    },
    mine: (hasTopics = false) => [...mine].map(of).filter((group) => group.isSupportTopic === hasTopics),
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

/** What was emptied is absent on the wire. */
const NO_TEXTS = { avatar: '', introduction: '', notification: '', ownerID: '' };
const UNSET = { ...NO_TEXTS, muteAllMembers: false };

/** Fields of a group under the names that applications know, the older name of the count too. Custom ones join those that are there. */
export function groupFields(group: Group, info: Partial<GroupInfo>): object {
  const { muteAll, custom, maxMemberCount, ...same } = info;
  const { groupCustomField, muteAllMembers, maxMemberNum } = group;
  return {
    ...same,
    maxMemberCount: maxMemberCount || maxMemberNum,
    maxMemberNum: maxMemberCount || maxMemberNum,
    muteAllMembers: muteAll === undefined ? muteAllMembers : muteAll,
    groupCustomField: listOfFields({ ...recordOfFields(groupCustomField), ...custom }),
  };
}

function emptyGroup(groupID: string): Group {
  return {
    groupID,
    name: '',
    ...NO_TEXTS,
    type: 'Private',
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
