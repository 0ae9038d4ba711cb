import type { Tim } from '../src/chat-client/tim.ts';
import { failure, ok } from './in-memory-replies.ts';
import { type InMemoryWorld, listedGroups } from './in-memory-world.ts';

type CareMethod =
  | 'updateGroupProfile'
  | 'changeGroupOwner'
  | 'setGroupMemberRole'
  | 'setGroupMemberMuteTime'
  | 'setGroupMemberNameCard'
  | 'getGroupApplicationList'
  | 'handleGroupApplication'
  | 'pinGroupMessage'
  | 'getPinnedGroupMessageList';

/** What owners and admins do. */
export function groupCareMethods(world: InMemoryWorld): Pick<Tim, CareMethod> {
  const change = (groupID: string, changes: Record<string, unknown>) => {
    const before = world.groups.get(groupID);
    if (before === undefined) throw failure('No such group', 10010);
    const group = { ...before, ...changes };
    world.groups.set(groupID, group);
    world.emit('onGroupListUpdated', listedGroups(world));
    return ok({ group });
  };
  return {
    updateGroupProfile: async ({ groupID, ...changes }) => change(groupID, changes),
    changeGroupOwner: async ({ groupID, newOwnerID }) =>
      change(groupID, { ownerID: newOwnerID, selfInfo: { role: 'Member', nameCard: '' } }),
    setGroupMemberRole: async ({ groupID, userID, role }) => {
      const admins = world.admins.get(groupID) ?? new Set<string>();
      if (role === 'Admin') admins.add(userID);
      else admins.delete(userID);
      world.admins.set(groupID, admins);
      return ok({});
    },
    setGroupMemberMuteTime: async ({ userID, muteTime }) => {
      world.calls.push(`mute ${userID} ${muteTime}`);
      return ok({});
    },
    setGroupMemberNameCard: async ({ groupID, nameCard }) =>
      change(groupID, { selfInfo: { role: 'Owner', nameCard } }),
    getGroupApplicationList: async () => ok({ applicationList: [] }),
    handleGroupApplication: async ({ handleAction, application }) => {
      world.calls.push(`${handleAction} ${application.userID}`);
      return ok({});
    },
    pinGroupMessage: async ({ groupID, message, isPinned }) => {
      const others = (world.pinned.get(groupID) ?? []).filter(({ ID }) => ID !== message.ID);
      world.pinned.set(groupID, isPinned ? [...others, message] : others);
      world.emit('onPinnedGroupMessageUpdated', { groupID, isPinned, message });
      return ok({});
    },
    getPinnedGroupMessageList: async (groupID) => ok({ messageList: world.pinned.get(groupID) ?? [] }),
  };
}
