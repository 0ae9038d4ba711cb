import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useToday } from '../app/clock.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { countsAsUnread } from '../chat-client/timeline.ts';
import type { Timeline } from '../chat-client/state.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ChunkView } from './ChunkView.tsx';
import { type ChunkWindow, ChunkWindowContext, createChunkWindow } from './chunk-window.ts';
import { HistoryEnd } from './HistoryEnd.tsx';
import { JumpToLatest } from './JumpToLatest.tsx';
import styles from './MessageList.module.css';
import { ShowsSenders } from './Rows.tsx';
import { buildDays } from './timeline-rows.ts';
import { useScroll } from './use-scroll.ts';

export interface MessageListProps {
  conversationID: string;
  timeline: Timeline;
  label: string;
  showsSenders: boolean;
  /** Told when the newest message comes into view, and when it leaves it. */
  onBottom(atBottom: boolean): void;
}

export function MessageList({ conversationID, timeline, label, showsSenders, onBottom }: MessageListProps) {
  const { format } = useLanguage();
  const { loadOlder, loadNewer, returnToLatest } = useClient();
  const today = useToday();
  const scrollerRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const { items, older, newer, dividerKey } = timeline;
  const isLive = newer === 'none';
  useShowDivider(scrollerRef, dividerKey);
  const { atBottom, scrollToBottom, show } = useScroll({
    scrollerRef,
    contentRef,
    isLive,
    onNearTop: () => {
      if (older === 'idle') void loadOlder(conversationID);
    },
    onNearBottom: () => {
      if (newer === 'idle') void loadNewer(conversationID);
    },
  });
  useShowSpotlight(scrollerRef, conversationID, show);
  const days = useMemo(() => buildDays(items, dividerKey), [items, dividerKey]);
  const [chunkWindow, setChunkWindow] = useState<ChunkWindow>();
  const unseen = useUnseen(timeline, atBottom);

  useEffect(() => {
    if (scrollerRef.current === null) return undefined;
    const made = createChunkWindow(scrollerRef.current);
    setChunkWindow(made);
    return () => made.close();
  }, []);
  useEffect(() => onBottom(atBottom === true && isLive), [onBottom, atBottom, isLive]);
  useFollowOwn(timeline, scrollToBottom);

  return (
    <div className={styles.window}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <div ref={scrollerRef} className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
        <div ref={contentRef} className={styles.content}>
          <HistoryEnd state={older} onRetry={() => void loadOlder(conversationID)} />
          <ChunkWindowContext value={chunkWindow}>
            <ShowsSenders value={showsSenders}>
              {days.map((day) => (
                <section key={day.key} aria-label={format.day(day.timeMs, today)}>
                  <div className={styles.day}>
                    <h3 className={styles.dayName}>{format.day(day.timeMs, today)}</h3>
                  </div>
                  {day.chunks.map((chunk) => (
                    <ChunkView key={chunk.key} rows={chunk.rows} />
                  ))}
                </section>
              ))}
            </ShowsSenders>
          </ChunkWindowContext>
          <HistoryEnd state={newer} onRetry={() => void loadNewer(conversationID)} />
        </div>
      </div>
      {(atBottom === false || !isLive) && (
        <JumpToLatest
          count={unseen}
          onJump={() => (isLive ? scrollToBottom() : void returnToLatest(conversationID))}
        />
      )}
    </div>
  );
}

/** How many messages came in since the newest one was last in view. */
function useUnseen(timeline: Timeline, atBottom: boolean | undefined): number {
  const { items, newer, dividerKey } = timeline;
  const lastKey = items.at(-1)?.key;
  // What follows on a stretch of the past has not come in: it is read again.
  const isLive = newer === 'none';
  const [seenKey, setSeenKey] = useState<string>();
  useEffect(() => {
    if (atBottom === true && isLive) setSeenKey(lastKey);
  }, [atBottom, isLive, lastKey]);
  return useMemo(() => {
    if (atBottom !== false || !isLive) return 0;
    const seen = items.findLastIndex((item) => item.key === seenKey);
    const divider = items.findIndex((item) => item.key === dividerKey);
    const from = seen === -1 ? divider : seen + 1;
    return from === -1 ? 0 : items.slice(from).filter(countsAsUnread).length;
  }, [items, atBottom, isLive, seenKey, dividerKey]);
}

/** A conversation opens at its first unread message. */
function useShowDivider(scrollerRef: { current: HTMLElement | null }, dividerKey: string | undefined): void {
  const opened = useRef(true);
  useLayoutEffect(() => {
    if (!opened.current) return;
    opened.current = false;
    if (dividerKey !== undefined)
      scrollerRef.current?.querySelector('[data-divider]')?.scrollIntoView({ block: 'start' });
  }, [scrollerRef, dividerKey]);
}

/** A message that was jumped to comes to the middle of the window. */
function useShowSpotlight(
  scrollerRef: { current: HTMLElement | null },
  conversationID: string,
  show: (element: Element) => void,
): void {
  const spotlight = useChat((state) => state.spotlight);
  useLayoutEffect(() => {
    if (spotlight?.conversationID !== conversationID) return;
    const place = `[data-message="${CSS.escape(spotlight.key)}"]`;
    const element = scrollerRef.current?.querySelector(place);
    if (element !== null && element !== undefined) show(element);
  }, [scrollerRef, conversationID, spotlight, show]);
}

/** What one sends oneself is always shown. */
function useFollowOwn({ items }: Timeline, scrollToBottom: () => void): void {
  const last = items.at(-1);
  const known = useRef(last?.key);
  useLayoutEffect(() => {
    if (last === undefined || last.key === known.current) return;
    known.current = last.key;
    if (last.mine && last.delivery === 'sending') scrollToBottom();
  }, [last, scrollToBottom]);
}
