import type { ConversationItem } from '../chat-client/state.ts';

/** Conversations whose name or ID holds the words typed, accents and case aside. */
export function filterConversations(
  conversations: readonly ConversationItem[],
  query: string,
): readonly ConversationItem[] {
  const words = fold(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return conversations;
  return conversations.filter((item) => {
    const text = fold(`${item.title} ${item.targetID}`);
    return words.every((word) => text.includes(word));
  });
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLocaleLowerCase();
}
