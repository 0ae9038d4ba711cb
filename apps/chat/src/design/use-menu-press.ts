import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { MenuAnchor } from './Menu.tsx';

/** How long a finger rests before it means "what can I do with this?". */
const LONG_PRESS_MS = 500;
/** A finger that moves further than this scrolls. */
const MOVED_PX = 10;

export interface MenuPress {
  onContextMenu(event: MouseEvent): void;
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(): void;
  onPointerCancel(): void;
}

/**
 * Opens a menu where the right button was clicked, or a finger rests. Some systems turn a resting finger into a
 * right click by themselves, and some never do.
 */
export function useMenuPress(open: (anchor: MenuAnchor) => void): MenuPress {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const stop = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  const openAt = (x: number, y: number): void => open({ left: x, right: x, top: y, bottom: y });
  return {
    onContextMenu: (event) => {
      stop();
      // A link in a text, or a piece of text that is marked, keeps the browser's own menu.
      const isOfBrowser = event.target instanceof Element && event.target.closest('a[target]') !== null;
      if (isOfBrowser || getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      openAt(event.clientX, event.clientY);
    },
    onPointerDown: (event) => {
      if (event.pointerType !== 'touch') return;
      const { clientX, clientY } = event;
      start.current = { x: clientX, y: clientY };
      stop();
      timer.current = setTimeout(() => {
        swallowClick();
        openAt(clientX, clientY);
      }, LONG_PRESS_MS);
    },
    onPointerMove: ({ clientX, clientY }) => {
      if (Math.hypot(clientX - start.current.x, clientY - start.current.y) > MOVED_PX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}

/** Lifting the finger after the menu opened is not a click on what lies there, be it the menu itself. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  // Where lifting makes no click, the next touch is its own.
  window.addEventListener('pointerdown', () => window.removeEventListener('click', swallow, true), {
    capture: true,
    once: true,
  });
}
