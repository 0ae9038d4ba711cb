import { useCallback, useEffect, useRef } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { totalUnread } from '../chat-client/conversations.ts';
import { communityOf, targetOf } from '../chat-client/published-values.ts';
import { ConnectionBanner } from '../connection/ConnectionBanner.tsx';
import { ContactsSidebar } from '../contacts/ContactsSidebar.tsx';
import { usePresence } from '../contacts/use-presence.ts';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { NothingOpen } from '../conversation/NothingOpen.tsx';
import { ListSkeleton } from '../conversations/ListSkeleton.tsx';
import { Sidebar } from '../conversations/Sidebar.tsx';
import { GroupPanel } from '../groups/GroupPanel.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { PersonPanel } from '../profile/PersonPanel.tsx';
import { openSearch, stepBack, useRoute } from './route.ts';
import { useShortcuts } from './shortcuts.ts';
import { SearchPanel } from '../search/SearchPanel.tsx';
import { TopicPanel } from '../topics/TopicPanel.tsx';
import styles from './Workspace.module.css';

/** Until the SDK has everything in step there is nothing true to show, and nothing can be asked. */
export function Workspace() {
  const isSynced = useChat((state) => state.session.name === 'active' && state.session.synced);
  return (
    <div className={styles.workspace}>
      <ConnectionBanner />
      {isSynced ? <Panes /> : <Waiting />}
    </div>
  );
}

function Waiting() {
  return (
    <main className={styles.panes} data-pane="list">
      <div className={styles.sidebar}>
        <div className={styles.waiting}>
          <ListSkeleton />
        </div>
      </div>
      <div className={styles.main} />
    </main>
  );
}

/** The list, the conversation, and its details. A phone shows one at a time. */
function Panes() {
  const { conversationID, details, search, contacts } = useRoute();
  const { t } = useLanguage();
  const { open, store, stopSelecting, stopWriting } = useClient();
  const searchRef = useRef<HTMLInputElement>(null);
  const findRef = useRef<HTMLInputElement>(null);
  const isOpen = conversationID !== undefined;

  useEffect(() => void open(conversationID), [open, conversationID]);
  useTitle();
  usePresence(conversationID);
  useShortcuts({
    search: useCallback(() => searchRef.current?.focus(), []),
    find: useCallback(() => {
      const field = findRef.current;
      // Pressed once more it is the browser's own.
      if (conversationID === undefined || document.activeElement === field) return false;
      if (field === null) openSearch(conversationID);
      else field.focus();
      return true;
    }, [conversationID]),
    escape: useCallback(() => {
      // What one is in the middle of ends first.
      if (store.get().selection !== undefined) stopSelecting();
      else if (store.get().writing?.kind === 'reply') stopWriting();
      else if (isOpen || contacts) stepBack();
    }, [isOpen, contacts, store, stopSelecting, stopWriting]),
  });

  return (
    <main
      className={styles.panes}
      data-pane={details || search !== undefined ? 'details' : isOpen ? 'conversation' : 'list'}
    >
      {/* A phone shows one pane at a time: whichever it is, the page has a heading. */}
      <h1 className="visually-hidden">Sterna</h1>
      <div className={styles.sidebar}>
        {contacts ? <ContactsSidebar /> : <Sidebar openID={conversationID} searchRef={searchRef} />}
      </div>
      <div className={styles.main}>
        {isOpen ? <ConversationPane key={conversationID} conversationID={conversationID} /> : <NothingOpen />}
      </div>
      {isOpen && details && <Details key={conversationID} conversationID={conversationID} />}
      {isOpen && search !== undefined && (
        <section
          key={`${conversationID}/${search}`}
          className={styles.details}
          aria-label={t.search.inConversation}
        >
          <SearchPanel conversationID={conversationID} words={search} fieldRef={findRef} />
        </section>
      )}
    </main>
  );
}

function Details({ conversationID }: { conversationID: string }) {
  const { t } = useLanguage();
  const target = targetOf(conversationID);
  const isTopic = target.kind === 'group' && communityOf(target.id) !== undefined;
  return (
    <section
      className={styles.details}
      aria-label={isTopic ? t.topics.details : target.kind === 'group' ? t.groups.details : t.profile.details}
    >
      {isTopic && <TopicPanel conversationID={conversationID} />}
      {target.kind === 'group' && !isTopic && <GroupPanel groupID={target.id} />}
      {target.kind === 'c2c' && <PersonPanel userID={target.id} />}
    </section>
  );
}

/** The number of unread messages stands in the title of the page. */
function useTitle(): void {
  const unread = useChat(
    ({ conversations, topics, attendedID }) =>
      totalUnread(conversations, attendedID) + totalUnread(topics.values(), attendedID),
  );
  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) Sterna` : 'Sterna';
    return () => {
      document.title = 'Sterna';
    };
  }, [unread]);
}
