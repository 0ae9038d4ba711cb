import { useCallback, useEffect, useRef, useState } from 'react';
import { useAttention } from '../app/attention.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { conversationIn } from '../chat-client/conversations.ts';
import { communityOf, GROUP_TYPE, targetOf } from '../chat-client/published-values.ts';
import type { GroupItem } from '../chat-client/state.ts';
import { Composer } from '../composer/Composer.tsx';
import { Button } from '../design/Button.tsx';
import { cx } from '../design/cx.ts';
import { useTold } from '../design/use-told.ts';
import { useLanguage } from '../i18n/language.tsx';
import { LiveStream } from '../live-room/LiveStream.tsx';
import { RoomEnd } from '../live-room/RoomEnd.tsx';
import { TopicList } from '../topics/TopicList.tsx';
import { Arrivals } from './Arrivals.tsx';
import { ConversationHeader } from './ConversationHeader.tsx';
import styles from './ConversationPane.module.css';
import { MessageList } from './MessageList.tsx';
import { MessageSkeleton } from './MessageSkeleton.tsx';
import { NoMessages } from './NoMessages.tsx';
import { PinnedBar } from './PinnedBar.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { type Subject, useSubject } from './subject.ts';

/** One conversation: who it is with, what was said, and the place to write. */
export function ConversationPane({ conversationID }: { conversationID: string }) {
  const subject = useSubject(conversationID);
  const room = useLiveRoom(subject);
  const { stopSelecting } = useClient();
  useEffect(() => stopSelecting, [stopSelecting]);
  return (
    <section className={styles.pane} aria-label={subject.title}>
      <ConversationHeader subject={subject} />
      {subject.hasTopics ? (
        <TopicList groupID={subject.targetID} />
      ) : subject.closedRoom !== undefined ? (
        <RoomEnd groupID={subject.targetID} room={subject.closedRoom} />
      ) : room === undefined ? (
        <>
          {subject.kind === 'group' && !subject.isFormerGroup && <PinnedBar groupID={subject.targetID} />}
          <Messages conversationID={conversationID} />
          <Arrivals conversationID={conversationID} title={subject.title} />
        </>
      ) : (
        <LiveStream group={room} />
      )}
      <Foot subject={subject} />
    </section>
  );
}

/** The live room that the conversation is of, if so. Its address is the way in: it stands in no list. */
function useLiveRoom({ kind, targetID }: Subject): GroupItem | undefined {
  const { store, visitLiveRoom } = useClient();
  const isLoaded = useChat((state) => state.groupsLoaded && state.topicsLoaded);
  const group = useChat((state) => (kind === 'group' ? state.groups.get(targetID) : undefined));
  useEffect(() => {
    // Asked once, on arrival: who leaves, or is sent out, while it is open does not come back by it.
    if (
      kind === 'group' &&
      isLoaded &&
      communityOf(targetID) === undefined &&
      !store.get().groups.has(targetID)
    )
      visitLiveRoom(targetID).catch(() => undefined);
  }, [kind, targetID, isLoaded, store, visitLiveRoom]);
  return group?.type === GROUP_TYPE.liveRoom ? group : undefined;
}

/** Where one writes, or why one cannot, or what is to be done with the messages that are marked. */
function Foot({ subject }: { subject: Subject }) {
  const { t } = useLanguage();
  const { conversationID, kind } = subject;
  const isSelecting = useChat((state) => state.selection?.conversationID === conversationID);
  const isBlocked = useChat((state) => kind === 'c2c' && state.blocked.has(subject.targetID));
  if (isSelecting) return <SelectionBar conversationID={conversationID} />;
  if (kind === 'system' || subject.hasTopics || subject.closedRoom !== undefined) return null;
  if (isBlocked) return <BlockedBar userID={subject.targetID} name={subject.title} />;
  if (subject.isFormerGroup)
    return (
      <p className={styles.closed}>
        {subject.community === undefined ? t.conversation.notMember : t.topics.gone}
      </p>
    );
  return <Composer subject={subject} />;
}

/** Who is blocked is not written to either: first they are let in again. */
function BlockedBar({ userID, name }: { userID: string; name: string }) {
  const { t } = useLanguage();
  const { unblock } = useClient();
  const told = useTold();
  return (
    <div className={cx(styles.closed, styles.blocked)}>
      <p>{t.contacts.blockedHere(name)}</p>
      <Button onClick={() => told(unblock(userID))}>{t.contacts.unblock}</Button>
    </div>
  );
}

function Messages({ conversationID }: { conversationID: string }) {
  const { t } = useLanguage();
  const { loadFirst } = useClient();
  const subject = useSubject(conversationID);
  const timeline = useChat((state) => state.timelines[conversationID]);
  const onBottom = useReading(conversationID);
  useApplications(subject.kind === 'system', timeline?.items.length ?? 0);
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

/** The notices ask for answers: which of them still wait is asked with every notice that comes. */
function useApplications(areNotices: boolean, count: number): void {
  const { loadApplications } = useClient();
  useEffect(() => {
    // Without the list no answer is offered; the next notice asks again.
    if (areNotices && count > 0) loadApplications().catch(() => undefined);
  }, [areNotices, count, loadApplications]);
}

/** Messages are read when the newest is in view and somebody looks at the page: not when they merely arrive. */
function useReading(conversationID: string): (atBottom: boolean) => void {
  const { attend, markRead, markUnread } = useClient();
  const opensMarked = useRef(true);
  const [atBottom, setAtBottom] = useState(false);
  const isLooking = useAttention();
  const isSynced = useChat((state) => state.session.name === 'active' && state.session.synced);
  const unread = useChat((state) => conversationIn(state, conversationID)?.unread ?? 0);
  const isMarked = useChat((state) => conversationIn(state, conversationID)?.markedUnread === true);
  const isReading = atBottom && isLooking;
  useEffect(() => {
    // Coming back to it is what the mark was for; one that is set while it is open stays until then.
    if (opensMarked.current && isMarked) markUnread(conversationID, false).catch(() => undefined);
    opensMarked.current = false;
  }, [markUnread, conversationID, isMarked]);
  useEffect(() => {
    attend(isReading ? conversationID : undefined);
    return () => attend(undefined);
  }, [attend, conversationID, isReading]);
  useEffect(() => {
    if (isReading && isSynced && unread > 0) void markRead(conversationID);
  }, [markRead, conversationID, isReading, isSynced, unread]);
  return useCallback((bottom: boolean) => setAtBottom(bottom), []);
}
