import type { GroupInfo, GroupMemberInfo, Profile } from '@sterna/protocol';
import type { Group, Head, Member } from '../records.ts';
import { KINDS } from './kinds.ts';

/** The group as it travels, for a member or for somebody outside. */
export function groupView(group: Group, head: Head, self: Member | undefined): GroupInfo {
  const { dismissedPos: _dismissed, custom, ...fields } = group;
  return {
    ...fields,
    ...(custom && { custom: { ...custom } }),
    nextSeq: head.seq + 1,
    pos: head.pos,
    ...(!KINDS[group.type].stored && { isLive: true as const }),
    ...(self && {
      self: {
        role: self.role,
        joinTimeMs: self.joinTimeMs,
        remindType: self.remindType ?? KINDS[group.type].defaultRemindType,
        ...(self.nameCard !== undefined && { nameCard: self.nameCard }),
        ...(self.muteUntilMs !== undefined && { muteUntilMs: self.muteUntilMs }),
      },
    }),
  };
}

/** A member as it travels, with the name and picture of its user. */
export function memberView(userID: string, member: Member, { nick, avatar }: Profile): GroupMemberInfo {
  const { role, joinTimeMs, nameCard, muteUntilMs, custom } = member;
  return {
    userID,
    role,
    joinTimeMs,
    ...(nick && { nick }),
    ...(avatar && { avatar }),
    ...(nameCard !== undefined && { nameCard }),
    ...(muteUntilMs !== undefined && { muteUntilMs }),
    ...(custom && { custom: { ...custom } }),
  };
}
