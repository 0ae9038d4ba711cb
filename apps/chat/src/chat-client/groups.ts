import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import { withPeople } from './people.ts';
import { GROUP_TYPE, JOIN_OPTION, JOIN_STATUS } from './published-values.ts';
import type { ChatState, GroupItem, MemberItem, MemberPage } from './state.ts';
import type { TimGroup, TimGroupMember } from './tim.ts';

/** The kinds of group that the app can make. */
export type NewGroupType = (typeof GROUP_TYPE)[keyof typeof GROUP_TYPE];

export interface NewGroup {
  name: string;
  type: NewGroupType;
  userIDs: readonly string[];
  /** For a community: its members talk in topics. */
  hasTopics?: boolean;
}

export interface GroupActions {
  createGroup(plan: NewGroup): Promise<string>;
  /** `note` is for whoever has to approve. */
  joinGroup(groupID: string, note: string): Promise<'joined' | 'already' | 'waiting'>;
  quitGroup(groupID: string): Promise<void>;
  dismissGroup(groupID: string): Promise<void>;
  /** Keeps the members of a group at hand, until the returned function is called. */
  watchGroup(groupID: string): () => void;
  /** Reads a group, and the first page of its members where they are watched, afresh. */
  reloadGroup(groupID: string): Promise<void>;
  loadMoreMembers(groupID: string): Promise<void>;
  addMembers(groupID: string, userIDs: readonly string[]): Promise<{ failed: string[] }>;
  removeMember(groupID: string, userID: string): Promise<void>;
}

export function toGroupItem(group: TimGroup): GroupItem {
  return {
    groupID: group.groupID,
    name: group.name,
    avatar: group.avatar,
    type: group.type,
    ownerID: group.ownerID,
    introduction: group.introduction,
    notification: group.notification,
    memberCount: group.memberCount,
    joinOption: group.joinOption,
    muteAll: group.muteAllMembers,
    hasTopics: group.isSupportTopic,
    myRole: group.selfInfo.role,
    myNameCard: group.selfInfo.nameCard,
  };
}

export function withGroupList(state: ChatState, list: readonly TimGroup[]): ChatState {
  const groups = new Map<string, GroupItem>();
  for (const group of list) {
    const before = state.groups.get(group.groupID);
    const item = toGroupItem(group);
    // The list carries fewer fields than a group's own profile: what is known already stays.
    groups.set(group.groupID, before === undefined ? item : { ...before, ...withoutEmpty(item) });
  }
  // A live room is in no list: one is in it until one leaves, or a notice says so. Communities with topics have their own.
  for (const group of state.groups.values())
    if (group.type === GROUP_TYPE.liveRoom || group.hasTopics) groups.set(group.groupID, group);
  return { ...state, groups, groupsLoaded: true };
}

export function withoutGroup(state: ChatState, groupID: string): ChatState {
  const groups = new Map(state.groups);
  groups.delete(groupID);
  return { ...state, groups };
}

export function withGroup(state: ChatState, group: TimGroup): ChatState {
  const closedRooms = new Map(state.closedRooms);
  closedRooms.delete(group.groupID);
  return { ...state, closedRooms, groups: new Map(state.groups).set(group.groupID, toGroupItem(group)) };
}

export function createGroupActions(context: Context): GroupActions {
  const { store } = context;

  const loadMembers = async (groupID: string, fresh: boolean): Promise<void> => {
    const update = context.updater();
    const offset = fresh ? 0 : (membersOf(store.get(), groupID)?.members.length ?? 0);
    update((state) => patchMembers(state, groupID, { loading: true, failed: false }));
    try {
      const { data } = await context
        .tim()
        .getGroupMemberList({ groupID, count: LIMITS.membersPerPage, offset });
      const page = data.memberList.map(toMemberItem);
      update((state) => {
        const before = fresh ? [] : (membersOf(state, groupID)?.members ?? []);
        const known = new Set(before.map((member) => member.userID));
        const members = [...before, ...page.filter((member) => !known.has(member.userID))];
        const complete = page.length < LIMITS.membersPerPage;
        return patchMembers(state, groupID, { members, complete, loading: false });
      });
    } catch {
      update((state) => patchMembers(state, groupID, { loading: false, failed: true }));
    }
  };

  const loadProfile = async (groupID: string): Promise<void> => {
    const update = context.updater();
    const { data } = await context.tim().getGroupProfile({ groupID });
    // A group that was left meanwhile may still be read: that does not make one a member again.
    update((state) => (state.groups.has(groupID) ? withGroup(state, data.group) : state));
  };

  const reload = async (groupID: string): Promise<void> => {
    await Promise.allSettled([loadProfile(groupID), loadMembers(groupID, true)]);
  };

  return {
    createGroup: async ({ name, type, userIDs, hasTopics = false }) => {
      const update = context.updater();
      const { data } = await context.tim().createGroup({
        name,
        type,
        ...(hasTopics && { isSupportTopic: true }),
        ...(type === GROUP_TYPE.public ? { joinOption: JOIN_OPTION.free } : {}),
        ...(type === GROUP_TYPE.liveRoom ? {} : { memberList: userIDs.map((userID) => ({ userID })) }),
      });
      // Its owner too listens in a live room only after coming in.
      if (type === GROUP_TYPE.liveRoom) await context.tim().joinGroup({ groupID: data.group.groupID });
      update((state) => withGroup(state, data.group));
      return data.group.groupID;
    },
    joinGroup: async (groupID, note) => {
      const update = context.updater();
      const { data } = await context
        .tim()
        .joinGroup({ groupID, ...(note === '' ? {} : { applyMessage: note }) });
      if (data.status === JOIN_STATUS.waiting) return 'waiting';
      if (data.status === JOIN_STATUS.already) return 'already';
      const profile = await context.tim().getGroupProfile({ groupID });
      update((state) => withGroup(state, profile.data.group));
      return 'joined';
    },
    quitGroup: async (groupID) => {
      await context.tim().quitGroup(groupID);
      store.update((state) => withoutGroup(state, groupID));
    },
    dismissGroup: async (groupID) => {
      await context.tim().dismissGroup(groupID);
      store.update((state) => withoutGroup(state, groupID));
    },
    watchGroup: (groupID) => {
      store.update((state) => ({ ...state, members: noMembers(groupID) }));
      void reload(groupID);
      return () =>
        store.update((state) => (membersOf(state, groupID) ? { ...state, members: undefined } : state));
    },
    reloadGroup: reload,
    loadMoreMembers: async (groupID) => {
      const page = membersOf(store.get(), groupID);
      if (page !== undefined && !page.loading && !page.complete) await loadMembers(groupID, false);
    },
    addMembers: async (groupID, userIDs) => {
      const { data } = await context.tim().addGroupMember({ groupID, userIDList: [...userIDs] });
      await reload(groupID);
      return { failed: [...data.failureUserIDList, ...(data.overLimitUserIDList ?? [])] };
    },
    removeMember: async (groupID, userID) => {
      await context.tim().deleteGroupMember({ groupID, userIDList: [userID] });
      await reload(groupID);
    },
  };
}

function noMembers(groupID: string): MemberPage {
  return { groupID, members: [], loading: false, failed: false, complete: false };
}

function membersOf(state: ChatState, groupID: string): MemberPage | undefined {
  return state.members?.groupID === groupID ? state.members : undefined;
}

function patchMembers(state: ChatState, groupID: string, change: Partial<MemberPage>): ChatState {
  const before = membersOf(state, groupID);
  if (before === undefined) return state;
  const members = { ...before, ...change };
  const people = (change.members ?? []).map(({ userID, nick, avatar }) => ({
    userID,
    nick,
    avatar,
    signature: state.people.get(userID)?.signature ?? '',
  }));
  return { ...withPeople(state, people), members };
}

export function toMemberItem(member: TimGroupMember): MemberItem {
  return {
    userID: member.userID,
    nick: member.nick,
    nameCard: member.nameCard,
    avatar: member.avatar,
    role: member.role,
    muteUntilMs: member.muteUntil * 1000,
  };
}

function withoutEmpty(item: GroupItem): Partial<GroupItem> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== '' && value !== 0));
}
