/**
 * The scrolling element lays its content out from the bottom (`column-reverse`): `scrollTop` is 0 at the newest
 * message and negative above it. Older messages put in front therefore move nothing, in every browser, and
 * someone at the bottom stays there. What is left to do by hand is to hold still when something grows below.
 */
export interface ScrollPosition {
  fromBottom: number;
  fromTop: number;
  windowHeight: number;
}

/** Closer than this to the newest message counts as being there. */
const BOTTOM_PX = 40;

export function positionOf(scroller: HTMLElement): ScrollPosition {
  const fromBottom = Math.max(0, -scroller.scrollTop);
  return {
    fromBottom,
    fromTop: scroller.scrollHeight - scroller.clientHeight - fromBottom,
    windowHeight: scroller.clientHeight,
  };
}

export function isAtBottom({ fromBottom }: ScrollPosition): boolean {
  return fromBottom <= BOTTOM_PX;
}

/** History is asked for well before its end is in sight. */
export function wantsOlder({ fromTop, windowHeight }: ScrollPosition): boolean {
  return fromTop < windowHeight * 2;
}

/** The same at the other end, where a stretch of the past goes on. */
export function wantsNewer({ fromBottom, windowHeight }: ScrollPosition): boolean {
  return fromBottom < windowHeight * 2;
}

export interface Anchor {
  element: Element;
  top: number;
}

/** The message in the middle of the window: what the reader is looking at. */
export function anchorOf(scroller: HTMLElement): Anchor | undefined {
  const box = scroller.getBoundingClientRect();
  const middle = box.top + box.height / 2;
  const messages = scroller.querySelectorAll('[data-message]');
  // They stand in order from top to bottom: the first that ends below the middle is found by halving.
  let low = 0;
  let high = messages.length - 1;
  while (low < high) {
    const half = (low + high) >> 1;
    if ((messages[half]?.getBoundingClientRect().bottom ?? 0) > middle) high = half;
    else low = half + 1;
  }
  const element = messages[low];
  return element === undefined ? undefined : { element, top: element.getBoundingClientRect().top };
}

/** Puts the anchor back where it was, after the content changed. */
export function holdStill(scroller: HTMLElement, anchor: Anchor): void {
  if (!anchor.element.isConnected) return;
  const moved = anchor.element.getBoundingClientRect().top - anchor.top;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
}
