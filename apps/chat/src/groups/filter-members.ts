import type { MemberItem } from '../chat-client/state.ts';

/** Members whose name in the group, own name or ID holds what was typed. */
export function filterMembers(members: readonly MemberItem[], query: string): readonly MemberItem[] {
  const wanted = query.trim().toLocaleLowerCase();
  if (wanted === '') return members;
  return members.filter(({ userID, nick, nameCard }) =>
    [userID, nick, nameCard].some((text) => text.toLocaleLowerCase().includes(wanted)),
  );
}
