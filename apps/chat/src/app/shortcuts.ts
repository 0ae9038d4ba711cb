import { useEffect } from 'react';

export const IS_APPLE = /Mac|iPhone|iPad/u.test(navigator.userAgent);
export const SEARCH_SHORTCUT = IS_APPLE ? '⌘K' : 'Ctrl+K';

export function isSearchShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  return (
    event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  );
}

export interface Shortcuts {
  search(): void;
  escape(): void;
}

/** Keys that work everywhere in the app. Escape first belongs to whatever is open in front. */
export function useShortcuts({ search, escape }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open') !== null) return;
      if (isSearchShortcut(event)) {
        event.preventDefault();
        search();
      } else if (event.key === 'Escape' && !event.isComposing) {
        escape();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [search, escape]);
}
