import { useChat, usePerson } from '../chat-client/hooks.tsx';
import type { ChatState, Friend } from '../chat-client/state.ts';

/** What I call somebody: my own name for them, theirs, or the ID. */
export function contactName(state: Pick<ChatState, 'friends' | 'people'>, userID: string): string {
  return state.friends.get(userID)?.remark || state.people.get(userID)?.nick || userID;
}

export function useContactName(userID: string): string {
  usePerson(userID);
  return useChat((state) => contactName(state, userID));
}

/** The friends that are wanted, by name; those of a group, where one is named. */
export function listFriends(
  state: Pick<ChatState, 'friends' | 'people'>,
  { query, group }: { query: string; group: string | undefined },
): Friend[] {
  const wanted = query.trim().toLocaleLowerCase();
  return [...state.friends.values()]
    .map((friend) => ({ friend, name: contactName(state, friend.userID) }))
    .filter(({ friend }) => group === undefined || friend.groups.includes(group))
    .filter(({ friend: { userID }, name }) => `${name}\n${userID}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ friend }) => friend);
}
