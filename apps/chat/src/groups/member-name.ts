import type { MemberItem } from '../chat-client/state.ts';

export function memberName(member: Pick<MemberItem, 'userID' | 'nick' | 'nameCard'>): string {
  return member.nameCard || member.nick || member.userID;
}
