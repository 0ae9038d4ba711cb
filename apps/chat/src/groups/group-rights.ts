import { GROUP_TYPE, ROLE } from '../chat-client/published-values.ts';
import type { GroupItem } from '../chat-client/state.ts';
import type { Words } from '../i18n/en.ts';

/** What the user may do in a group, as the published table of group types says. The server decides; this hides. */
export interface GroupRights {
  invite: boolean;
  leave: boolean;
  dismiss: boolean;
  remove(role: string): boolean;
}

export function rightsIn({ type, myRole }: Pick<GroupItem, 'type' | 'myRole'>): GroupRights {
  const isOwner = myRole === ROLE.owner;
  const isAdmin = myRole === ROLE.admin;
  const isWork = type === GROUP_TYPE.work;
  return {
    invite: isWork || type === GROUP_TYPE.community,
    leave: isWork || !isOwner,
    dismiss: isOwner && !isWork,
    remove: (role) =>
      type !== GROUP_TYPE.liveRoom && role !== ROLE.owner && (isOwner || (isAdmin && role === ROLE.member)),
  };
}

export function groupTypeName(t: Words, type: string): string {
  switch (type) {
    case GROUP_TYPE.work:
      return t.groups.work;
    case GROUP_TYPE.public:
      return t.groups.public;
    case GROUP_TYPE.meeting:
      return t.groups.meeting;
    case GROUP_TYPE.liveRoom:
      return t.groups.liveRoom;
    case GROUP_TYPE.community:
      return t.groups.community;
    default:
      return type;
  }
}
