import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { type FoundIn, type FoundPage, keywordsOf } from '../chat-client/search.ts';

interface Answer {
  state: 'idle' | 'searching' | 'ready' | 'failed';
  /** What the results below were found by. */
  keywords: readonly string[];
  total: number;
  found: readonly FoundIn[];
  more: 'none' | 'idle' | 'loading' | 'failed';
}

export interface Found extends Answer {
  showMore(): void;
  retry(): void;
}

const NOTHING: Answer = { state: 'idle', keywords: [], total: 0, found: [], more: 'none' };

/** What the server finds while somebody types; an answer to what was typed before is never shown for it. */
export function useFound(typed: string, conversationID: string | undefined): Found {
  const { searchMessages } = useClient();
  const [answer, setAnswer] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  /** The search that is on the page, and where its results go on. */
  const current = useRef({ cursor: '' });
  const asked = keywordsOf(typed).join(' ');
  const keywords = useMemo(() => keywordsOf(asked), [asked]);

  useEffect(() => {
    const search = { cursor: '' };
    current.current = search;
    if (keywords.length === 0) {
      setAnswer(NOTHING);
      return undefined;
    }
    // What was found before stays until there is something to put in its place.
    setAnswer((before) => ({ ...before, state: 'searching', more: 'none' }));
    const ask = async (): Promise<void> => {
      try {
        const page = await searchMessages({ keywords, conversationID }, '');
        if (current.current !== search) return;
        search.cursor = page.cursor;
        setAnswer({ state: 'ready', keywords, total: page.total, found: page.found, more: moreAfter(page) });
      } catch {
        if (current.current === search) setAnswer({ ...NOTHING, state: 'failed' });
      }
    };
    const timer = setTimeout(() => void ask(), LIMITS.searchPauseMs);
    return () => clearTimeout(timer);
  }, [searchMessages, keywords, conversationID, attempt]);

  const showMore = useCallback(() => {
    const search = current.current;
    const patch = (change: (before: Answer) => Answer): void => {
      if (current.current === search) setAnswer(change);
    };
    patch((before) => ({ ...before, more: 'loading' }));
    searchMessages({ keywords, conversationID }, search.cursor).then(
      (page) => {
        search.cursor = page.cursor;
        patch((before) => ({ ...before, found: joined(before.found, page.found), more: moreAfter(page) }));
      },
      () => patch((before) => ({ ...before, more: 'failed' })),
    );
  }, [searchMessages, keywords, conversationID]);

  // A page's place is known to the server for a short time: after a failure all is asked again.
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...answer, showMore, retry };
}

const moreAfter = ({ cursor }: FoundPage): Answer['more'] => (cursor === '' ? 'none' : 'idle');

/** Of one conversation there are pages of messages; of many, pages of conversations. */
function joined(before: readonly FoundIn[], page: readonly FoundIn[]): readonly FoundIn[] {
  const known = new Map(before.map((one) => [one.conversationID, one]));
  for (const one of page) {
    const items = [...(known.get(one.conversationID)?.items ?? []), ...one.items];
    known.set(one.conversationID, { ...one, items });
  }
  return [...known.values()];
}
