import { GROUP_TYPE, JOIN_OPTION, ROLE } from '../chat-client/published-values.ts';
import type { GroupItem } from '../chat-client/state.ts';
import type { Words } from '../i18n/en.ts';

/** What the user may do in a group, as the published table of group types says. The server decides; this hides. */
export interface GroupRights {
  invite: boolean;
  leave: boolean;
  dismiss: boolean;
  /** Its name, its texts, its picture. */
  edit: boolean;
  /** What one is called in it alone. */
  nameOneself: boolean;
  /** For all to see, and any member may take it down again. */
  pin: boolean;
  /** How one joins is no question in a private group: by invitation. */
  setJoinOption: boolean;
  muteAll: boolean;
  setAdmins: boolean;
  transfer: boolean;
  approve: boolean;
  /** Makes topics, changes them and takes them away. */
  keepTopics: boolean;
  recallOthers: boolean;
  remove(role: string): boolean;
  mute(role: string): boolean;
}

export function rightsIn({ type, myRole }: Pick<GroupItem, 'type' | 'myRole'>): GroupRights {
  const isOwner = myRole === ROLE.owner;
  const isAdmin = myRole === ROLE.admin;
  const isWork = type === GROUP_TYPE.work;
  const isLiveRoom = type === GROUP_TYPE.liveRoom;
  const leads = isOwner || isAdmin;
  const outranks = (role: string): boolean =>
    isOwner ? role !== ROLE.owner : isAdmin && role === ROLE.member;
  return {
    invite: isWork || type === GROUP_TYPE.community,
    leave: isWork || !isOwner,
    dismiss: isOwner && !isWork,
    edit: isLiveRoom ? isOwner : leads || isWork,
    nameOneself: !isLiveRoom,
    pin: !isLiveRoom,
    setJoinOption: leads && !isWork && !isLiveRoom,
    muteAll: leads && !isWork,
    setAdmins: isOwner && !isLiveRoom,
    transfer: isOwner && !isLiveRoom,
    approve: leads && !isWork,
    keepTopics: isOwner && type === GROUP_TYPE.community,
    recallOthers: leads,
    // Of a private group only the owner removes.
    remove: (role) => !isLiveRoom && outranks(role) && (isOwner || !isWork),
    mute: (role) => !isWork && outranks(role),
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

/** How one joins, where that is a question at all. */
export function joinOptionName(
  t: Words,
  { type, joinOption }: Pick<GroupItem, 'type' | 'joinOption'>,
): string {
  if (type === GROUP_TYPE.work) return '';
  const option = Object.values(JOIN_OPTION).find((known) => known === joinOption);
  return option === undefined ? '' : t.groups.joinOptions[option];
}
