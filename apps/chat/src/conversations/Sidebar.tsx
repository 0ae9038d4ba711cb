import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import { SEARCH_SHORTCUT } from '../app/shortcuts.ts';
import { useChat, useMyID } from '../chat-client/hooks.tsx';
import { conversationIDOf, GROUP_TYPE, isUserID } from '../chat-client/published-values.ts';
import type { ConversationItem } from '../chat-client/state.ts';
import { withUnsent } from '../chat-client/unsent-lines.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ConversationList } from './ConversationList.tsx';
import { EmptyList } from './EmptyList.tsx';
import { filterConversations } from './filter.ts';
import { ListSkeleton } from './ListSkeleton.tsx';
import { SearchBox } from './SearchBox.tsx';
import styles from './Sidebar.module.css';
import { SidebarHeader } from './SidebarHeader.tsx';
import { focusRow, moveRowFocus } from './row-focus.ts';

export interface SidebarProps {
  openID: string | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
}

export function Sidebar({ openID, searchRef }: SidebarProps) {
  const { t } = useLanguage();
  const [query, setQuery] = useState('');
  const myID = useMyID();
  const conversations = useListed();
  const loaded = useChat((state) => state.conversationsLoaded);
  const isEmpty = useChat(
    (state) =>
      conversations.length === 0 &&
      ![...state.groups.values()].some(({ type, hasTopics }) => type === GROUP_TYPE.liveRoom || hasTopics),
  );
  const found = filterConversations(conversations, query);
  const typedID = query.trim();
  const startsWith =
    isUserID(typedID) &&
    typedID !== myID &&
    !conversations.some((item) => item.id === conversationIDOf('c2c', typedID))
      ? typedID
      : undefined;

  const openFirst = (): void =>
    searchRef.current?.closest(`.${styles.sidebar}`)?.querySelector<HTMLElement>('[data-row]')?.click();

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // The search field answers some keys itself, and moves the focus while it does.
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const atTop = moveRowFocus(event);
    if (atTop) searchRef.current?.focus();
  };

  return (
    <div className={styles.sidebar} role="presentation" onKeyDown={onKeyDown}>
      <SidebarHeader />
      <SearchBox
        inputRef={searchRef}
        label={t.conversations.searchLabel}
        keys={SEARCH_SHORTCUT}
        value={query}
        onChange={setQuery}
        onDown={(input) => focusRow(input.closest(`.${styles.sidebar}`), 0)}
        onEnter={openFirst}
      />
      {!loaded ? (
        <ListSkeleton />
      ) : isEmpty && query === '' ? (
        <EmptyList />
      ) : (
        <ConversationList
          conversations={found}
          openID={openID}
          query={query}
          startsWith={query === '' ? undefined : startsWith}
          onPick={() => setQuery('')}
        />
      )}
    </div>
  );
}

/** The conversations as the list shows them. */
function useListed(): readonly ConversationItem[] {
  const conversations = useChat((state) => state.conversations);
  const unsent = useChat((state) => state.unsent);
  const people = useChat((state) => state.people);
  const groups = useChat((state) => state.groups);
  return useMemo(
    () => withUnsent(conversations, unsent, { people, groups }),
    [conversations, unsent, people, groups],
  );
}
