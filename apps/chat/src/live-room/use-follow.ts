import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { MessageItem } from '../chat-client/message-item.ts';

export interface Following {
  /** What is on the page: the newest, or what was there when one began to read back. */
  shown: readonly MessageItem[];
  isFollowing: boolean;
  /** How many have come in meanwhile. */
  unseen: number;
  onScroll(): void;
  follow(): void;
}

/** So close to the end one is still at it. */
const NEAR_PX = 24;

/** A stream runs on while its end is in view; who reads back has it stand still until the way back is taken. */
export function useFollow(
  scrollerRef: RefObject<HTMLElement | null>,
  items: readonly MessageItem[],
): Following {
  const [held, setHeld] = useState<readonly MessageItem[]>();
  const newest = items.at(-1);
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  }, [items]);
  const onScroll = useCallback((): void => {
    // The list is laid out from its end: that is where it is at 0.
    const isAtEnd = Math.abs(scrollerRef.current?.scrollTop ?? 0) < NEAR_PX;
    setHeld((before) => (isAtEnd ? undefined : (before ?? latest.current)));
  }, [scrollerRef]);
  const follow = useCallback((): void => {
    setHeld(undefined);
    scrollerRef.current?.scrollTo({ top: 0 });
  }, [scrollerRef]);
  const ownKey = newest?.delivery === 'sending' ? newest.key : undefined;
  useEffect(() => {
    // What one says oneself is always shown.
    if (ownKey !== undefined) follow();
  }, [ownKey, follow]);
  const lastHeld = held?.at(-1)?.key;
  return {
    shown: held ?? items,
    isFollowing: held === undefined,
    unseen: held === undefined ? 0 : items.length - 1 - items.findLastIndex(({ key }) => key === lastHeld),
    onScroll,
    follow,
  };
}
