import { useCallback, useEffect, useState } from 'react';
import { useAttention } from '../app/attention.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { targetOf } from '../chat-client/published-values.ts';
import { Composer } from '../composer/Composer.tsx';
import { Button } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { Arrivals } from './Arrivals.tsx';
import { ConversationHeader } from './ConversationHeader.tsx';
import styles from './ConversationPane.module.css';
import { MessageList } from './MessageList.tsx';
import { MessageSkeleton } from './MessageSkeleton.tsx';
import { NoMessages } from './NoMessages.tsx';
import { useSubject } from './subject.ts';

/** One conversation: who it is with, what was said, and the place to write. */
export function ConversationPane({ conversationID }: { conversationID: string }) {
  const { t } = useLanguage();
  const subject = useSubject(conversationID);
  return (
    <section className={styles.pane} aria-label={subject.title}>
      <ConversationHeader subject={subject} />
      <Messages conversationID={conversationID} />
      <Arrivals title={subject.title} />
      {subject.kind === 'system' ? null : subject.isFormerGroup ? (
        <p className={styles.closed}>{t.conversation.notMember}</p>
      ) : (
        <Composer conversationID={conversationID} title={subject.title} />
      )}
    </section>
  );
}

function Messages({ conversationID }: { conversationID: string }) {
  const { t } = useLanguage();
  const { loadFirst } = useClient();
  const subject = useSubject(conversationID);
  const timeline = useChat((state) => state.timelines[conversationID]);
  const onBottom = useReading(conversationID);
  if (timeline === undefined || timeline.first === 'loading') return <MessageSkeleton />;
  if (timeline.first === 'failed') {
    return (
      <div className={styles.failed} role="alert">
        <p>{t.conversation.loadFailed}</p>
        <Button icon="retry" onClick={() => void loadFirst(conversationID)}>
          {t.app.retry}
        </Button>
      </div>
    );
  }
  if (timeline.items.length === 0 && timeline.older === 'none') return <NoMessages subject={subject} />;
  return (
    <MessageList
      conversationID={conversationID}
      timeline={timeline}
      label={
        targetOf(conversationID).kind === 'group'
          ? t.conversation.messagesIn(subject.title)
          : t.conversation.messages(subject.title)
      }
      showsSenders={targetOf(conversationID).kind === 'group'}
      onBottom={onBottom}
    />
  );
}

/** Messages are read when the newest is in view and somebody looks at the page: not when they merely arrive. */
function useReading(conversationID: string): (atBottom: boolean) => void {
  const { attend, markRead } = useClient();
  const [atBottom, setAtBottom] = useState(false);
  const isLooking = useAttention();
  const isSynced = useChat((state) => state.session.name === 'active' && state.session.synced);
  const unread = useChat(
    (state) => state.conversations.find((item) => item.id === conversationID)?.unread ?? 0,
  );
  const isReading = atBottom && isLooking;
  useEffect(() => {
    attend(isReading ? conversationID : undefined);
    return () => attend(undefined);
  }, [attend, conversationID, isReading]);
  useEffect(() => {
    if (isReading && isSynced && unread > 0) void markRead(conversationID);
  }, [markRead, conversationID, isReading, isSynced, unread]);
  return useCallback((bottom: boolean) => setAtBottom(bottom), []);
}
