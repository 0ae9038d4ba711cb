import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { MessageItem } from './message-item.ts';
import { plainItem } from './timeline-state.ts';

/** What is looked for: in one conversation, or in all. */
export interface MessageQuery {
  /** Every one of them has to be said. */
  keywords: readonly string[];
  conversationID: string | undefined;
}

/** What one conversation has of it. Of several messages in one of many conversations only the number is told. */
export interface FoundIn {
  conversationID: string;
  count: number;
  items: readonly MessageItem[];
}

export interface FoundPage {
  /** Messages where one conversation was searched, else conversations. */
  total: number;
  found: readonly FoundIn[];
  /** Goes on after this page; empty at the end. */
  cursor: string;
}

export interface SearchActions {
  searchMessages(query: MessageQuery, cursor: string): Promise<FoundPage>;
}

const WORD = /[\p{Letter}\p{Number}]/u;

/** The words of what was typed; what has no letter and no digit cannot be found. */
export function keywordsOf(text: string): string[] {
  const words = text.split(/\s+/u).filter((word) => WORD.test(word));
  return [...new Set(words.map(shortened))].slice(0, LIMITS.keywords);
}

const shortened = (word: string): string => [...word].slice(0, LIMITS.keywordCharacters).join('');

export function createSearchActions(context: Context): SearchActions {
  return {
    searchMessages: async ({ keywords, conversationID }, cursor) => {
      const { data } = await context.tim().searchCloudMessages({
        keywordList: [...keywords],
        keywordListMatchType: 'and',
        count: LIMITS.foundPerPage,
        ...(conversationID === undefined ? {} : { conversationID }),
        ...(cursor === '' ? {} : { cursor }),
      });
      const found = data.searchResultList.map((one) => ({
        conversationID: one.conversationID,
        count: one.messageCount,
        items: one.messageList.map(plainItem),
      }));
      return { total: data.totalCount, found, cursor: data.cursor };
    },
  };
}
