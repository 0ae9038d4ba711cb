import type { MessageItem } from '../chat-client/message-item.ts';
import type { ChatState } from '../chat-client/state.ts';
import { isUnsent } from '../chat-client/timeline.ts';

/** What the arrow up takes up again: the last text that I sent here, if nothing newer of mine is another kind. */
export function lastOwnText(
  { timelines }: Pick<ChatState, 'timelines'>,
  conversationID: string,
): MessageItem | undefined {
  const last = timelines[conversationID]?.items.findLast((item) => item.mine && !item.recalled);
  return last !== undefined && last.kind === 'text' && !isUnsent(last) ? last : undefined;
}
