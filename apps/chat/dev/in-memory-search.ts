import type { Tim, TimMessage } from '../src/chat-client/tim.ts';
import { textOf } from '../src/chat-client/message-item.ts';
import { ok } from './in-memory-replies.ts';
import type { InMemoryWorld } from './in-memory-world.ts';

/** The search of the server, over plain texts: in one conversation pages of messages, else how many each has. */
export function searchMethods(world: InMemoryWorld): Pick<Tim, 'searchCloudMessages'> {
  return {
    searchCloudMessages: async ({ keywordList, conversationID, count, cursor = '0' }) => {
      world.calls.push(`search ${keywordList.join(' ')}`);
      const from = Number(cursor);
      const asks = ({ type, payload, isRevoked }: TimMessage): boolean => {
        const text = textOf(type, payload).toLowerCase();
        return !isRevoked && keywordList.every((word) => text.includes(word.toLowerCase()));
      };
      const found = [...world.messages]
        .filter(([id]) => conversationID === undefined || id === conversationID)
        .map(([id, all]) => ({ id, hits: all.filter(asks).toReversed() }))
        .filter(({ hits }) => hits.length > 0);
      const all = conversationID === undefined ? found : (found[0]?.hits ?? []);
      const next = from + count < all.length ? String(from + count) : '';
      const page =
        conversationID === undefined
          ? found
              .slice(from, from + count)
              .map(({ id, hits }) => ({ id, hits, shown: hits.length > 1 ? [] : hits }))
          : found.map(({ id, hits }) => ({ id, hits, shown: hits.slice(from, from + count) }));
      const searchResultList = page.map(({ id, hits, shown }) => ({
        conversationID: id,
        messageCount: hits.length,
        messageList: shown,
      }));
      return ok({ totalCount: all.length, searchResultList, cursor: next });
    },
  };
}
