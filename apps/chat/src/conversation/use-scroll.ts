import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  type Anchor,
  anchorOf,
  holdStill,
  isAtBottom,
  positionOf,
  wantsNewer,
  wantsOlder,
} from './scroll.ts';

export interface ScrollState {
  /** Unknown until the list has taken its first place. */
  atBottom: boolean | undefined;
  scrollToBottom(): void;
  /** Brings a message to the middle of the window, and holds it there while others come in around it. */
  show(element: Element): void;
}

export interface ScrollOptions {
  scrollerRef: RefObject<HTMLElement | null>;
  contentRef: RefObject<HTMLElement | null>;
  /** The list ends with the newest message: who is at its bottom stays there. */
  isLive: boolean;
  /** Asks for older messages; it may be called often. */
  onNearTop(): void;
  /** The same for newer ones, where there are any. */
  onNearBottom(): void;
}

/** How long after the last movement the page still counts as being scrolled. */
const SCROLLING_MS = 900;

/** Follows the scrolling element, holds it still while content changes, and asks for history in time. */
export function useScroll(options: ScrollOptions): ScrollState {
  const { scrollerRef, contentRef } = options;
  const [atBottom, setAtBottom] = useState<boolean>();
  const anchor = useRef<Anchor>(undefined);
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    const scroller = scrollerRef.current;
    const content = contentRef.current;
    if (scroller === null || content === null) return undefined;
    let frame = 0;
    let idle: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      frame = 0;
      const position = positionOf(scroller);
      const bottom = isAtBottom(position);
      setAtBottom(bottom);
      anchor.current = bottom && latest.current.isLive ? undefined : anchorOf(scroller);
      if (wantsOlder(position)) latest.current.onNearTop();
      if (wantsNewer(position)) latest.current.onNearBottom();
    };
    const lookSoon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const onScroll = (): void => {
      scroller.dataset['scrolling'] = '';
      clearTimeout(idle);
      idle = setTimeout(() => delete scroller.dataset['scrolling'], SCROLLING_MS);
      lookSoon();
    };
    // Runs after layout and before paint: what it corrects is never seen.
    const resized = new ResizeObserver(() => {
      if (anchor.current !== undefined) holdStill(scroller, anchor.current);
      lookSoon();
    });
    look();
    resized.observe(content);
    resized.observe(scroller);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(idle);
      resized.disconnect();
      scroller.removeEventListener('scroll', onScroll);
    };
  }, [scrollerRef, contentRef]);

  const scrollToBottom = useCallback(() => {
    const scroller = scrollerRef.current;
    if (scroller === null) return;
    const { fromBottom, windowHeight } = positionOf(scroller);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || fromBottom > windowHeight * 3;
    anchor.current = undefined;
    scroller.scrollTo({ top: 0, behavior: calm ? 'instant' : 'smooth' });
  }, [scrollerRef]);

  const show = useCallback((element: Element) => {
    element.scrollIntoView({ block: 'center' });
    anchor.current = { element, top: element.getBoundingClientRect().top };
  }, []);

  return { atBottom, scrollToBottom, show };
}
