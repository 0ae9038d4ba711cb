import type { GroupMemberInfo } from '@sterna/protocol';
import type { GroupMember } from '../../types/group.ts';

/** A member as applications see it. */
export function memberOf(info: GroupMemberInfo): GroupMember {
  return {
    userID: info.userID,
    nick: info.nick ?? '',
    avatar: info.avatar ?? '',
    role: info.role,
    nameCard: info.nameCard ?? '',
    joinTime: Math.floor(info.joinTimeMs / 1000),
    lastSendMsgTime: 0,
    muteUntil: Math.floor((info.muteUntilMs ?? 0) / 1000),
    memberCustomField: Object.entries(info.custom ?? {}).map(([key, value]) => ({ key, value })),
  };
}
