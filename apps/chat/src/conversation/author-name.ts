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
