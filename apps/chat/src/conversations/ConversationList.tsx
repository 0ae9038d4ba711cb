import { useEffect } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { keywordsOf } from '../chat-client/search.ts';
import type { ConversationItem } from '../chat-client/state.ts';
import { useLanguage } from '../i18n/language.tsx';
import { LiveRooms } from '../live-room/LiveRooms.tsx';
import { FoundEverywhere } from '../search/FoundEverywhere.tsx';
import { Communities } from '../topics/Communities.tsx';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow.tsx';
import { previewPeople } from './preview.ts';
import { StartChat } from './StartChat.tsx';

export interface ConversationListProps {
  conversations: readonly ConversationItem[];
  openID: string | undefined;
  /** A userID that was typed and has no conversation yet. */
  startsWith: string | undefined;
  /** What was typed, to be looked for in the messages too. */
  query: string;
  onPick(): void;
}

export function ConversationList({
  conversations,
  openID,
  startsWith,
  query,
  onPick,
}: ConversationListProps) {
  const { t } = useLanguage();
  const { ensurePeople } = useClient();
  const isUnsearchable = keywordsOf(query).length === 0;
  const attendedID = useChat((state) => state.attendedID);
  useEffect(() => ensurePeople(conversations.flatMap(previewPeople)), [ensurePeople, conversations]);
  return (
    <nav className={styles.list} aria-label={t.conversations.list}>
      {query === '' && <LiveRooms openID={openID} />}
      {query === '' && <Communities openID={openID} />}
      <ul>
        {conversations.map((item, index) => (
          <ConversationRow
            key={item.id}
            item={item}
            isOpen={item.id === openID}
            isAttended={item.id === attendedID}
            isFirst={index === 0}
            onPick={onPick}
          />
        ))}
      </ul>
      <FoundEverywhere typed={query} onPick={onPick} />
      {startsWith !== undefined && <StartChat key={startsWith} userID={startsWith} onStarted={onPick} />}
      {query !== '' && conversations.length === 0 && isUnsearchable && startsWith === undefined && (
        <p className={styles.nothing} role="status">
          {t.conversations.noMatch}
        </p>
      )}
    </nav>
  );
}
