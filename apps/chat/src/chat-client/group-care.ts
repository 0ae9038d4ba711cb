import { avatarChange, type NewAvatar } from './avatar.ts';
import type { Context } from './context.ts';
import { type GroupActions, toMemberItem } from './groups.ts';
import { LIMITS } from './limits.ts';
import type { Application, MemberItem } from './state.ts';
import type { GroupChanges, TimApplication } from './tim.ts';

/** What of a group's profile is to change, as it is on the page. */
export interface GroupEdits extends Omit<GroupChanges, 'avatar'> {
  avatar?: NewAvatar;
}

/** What owners and admins do with a group, and a member with their own place in it. */
export interface GroupCareActions {
  updateGroup(groupID: string, edits: GroupEdits): Promise<void>;
  setAdmin(groupID: string, userID: string, isAdmin: boolean): Promise<void>;
  /** Seconds from now; 0 lets the member speak again. */
  muteMember(groupID: string, userID: string, seconds: number): Promise<void>;
  transferGroup(groupID: string, userID: string): Promise<void>;
  setMyNameCard(groupID: string, nameCard: string): Promise<void>;
  /** Some of a group's members, to be named in a message. */
  listMembers(groupID: string): Promise<readonly MemberItem[]>;
  loadApplications(): Promise<void>;
  answerApplication(application: Application, agree: boolean): Promise<void>;
}

export function createGroupCareActions(
  context: Context,
  groups: Pick<GroupActions, 'reloadGroup'>,
): GroupCareActions {
  const { store } = context;

  const loadApplications = async (): Promise<void> => {
    const update = context.updater();
    const { data } = await context.tim().getGroupApplicationList();
    update((state) => ({ ...state, applications: data.applicationList.map(toApplication) }));
  };

  return {
    updateGroup: async (groupID, { avatar, ...changes }) => {
      const picture = await avatarChange(context, avatar);
      await context.tim().updateGroupProfile({ groupID, ...changes, ...picture });
      await groups.reloadGroup(groupID);
    },
    setAdmin: async (groupID, userID, isAdmin) => {
      await context.tim().setGroupMemberRole({ groupID, userID, role: isAdmin ? 'Admin' : 'Member' });
      await groups.reloadGroup(groupID);
    },
    muteMember: async (groupID, userID, muteTime) => {
      await context.tim().setGroupMemberMuteTime({ groupID, userID, muteTime });
      await groups.reloadGroup(groupID);
    },
    transferGroup: async (groupID, newOwnerID) => {
      await context.tim().changeGroupOwner({ groupID, newOwnerID });
      await groups.reloadGroup(groupID);
    },
    setMyNameCard: async (groupID, nameCard) => {
      await context.tim().setGroupMemberNameCard({ groupID, nameCard });
      await groups.reloadGroup(groupID);
    },
    listMembers: async (groupID) => {
      const members: MemberItem[] = [];
      for (let page = 0; page < LIMITS.membersPagesSearched; page += 1) {
        const { data } = await context.tim().getGroupMemberList({
          groupID,
          count: LIMITS.membersPerPage,
          offset: members.length,
        });
        members.push(...data.memberList.map(toMemberItem));
        if (data.memberList.length < LIMITS.membersPerPage) break;
      }
      return members;
    },
    loadApplications,
    answerApplication: async (application, agree) => {
      try {
        await context.tim().handleGroupApplication({
          handleAction: agree ? 'Agree' : 'Reject',
          application: application.source,
        });
      } finally {
        // Answered, or answered by another admin meanwhile: either way it waits no longer.
        store.update((state) => ({
          ...state,
          applications: state.applications.filter((one) => !isSame(one, application)),
        }));
        await loadApplications().catch(() => undefined);
      }
    },
  };
}

function toApplication(application: TimApplication): Application {
  const { groupID, groupName, userID, applicant, applicantNick, note } = application;
  return {
    groupID,
    groupName,
    userID: userID || applicant,
    nick: applicantNick,
    note,
    source: application,
  };
}

function isSame(one: Application, other: Application): boolean {
  return one.groupID === other.groupID && one.userID === other.userID;
}
