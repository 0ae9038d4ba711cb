import { useChat, useMyID } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import type { ChatState } from '../chat-client/state.ts';

/** The name that others know the sender by: one's own too, where "You" would be somebody else to the reader. */
export function authorName(
  { people, me }: Pick<ChatState, 'people' | 'me'>,
  item: Pick<MessageItem, 'from' | 'mine' | 'senderName'>,
): string {
  if (item.mine) return me?.nick || item.from;
  return item.senderName || people.get(item.from)?.nick || item.from;
}

/** Whether somebody named by an ID is me, and how they are called here. */
export function usePersonName(userID: string): string {
  const myID = useMyID();
  const nick = useChat((state) => (userID === myID ? state.me?.nick : state.people.get(userID)?.nick));
  return nick || userID;
}
