import { useEffect } from 'react';

export const IS_APPLE = /Mac|iPhone|iPad/u.test(navigator.userAgent);
export const SEARCH_SHORTCUT = IS_APPLE ? '⌘K' : 'Ctrl+K';

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export const isSearchShortcut = (event: Keys): boolean => isCommand(event, 'k');
export const isFindShortcut = (event: Keys): boolean => isCommand(event, 'f');

const isCommand = ({ key, ctrlKey, metaKey, altKey, shiftKey }: Keys, wanted: string): boolean =>
  key.toLowerCase() === wanted && (ctrlKey || metaKey) && !altKey && !shiftKey;

export interface Shortcuts {
  search(): void;
  /** Looks in the conversation; `false` leaves the key to the browser. */
  find(): boolean;
  escape(): void;
}

/** Keys that work everywhere in the app. Escape first belongs to whatever is open in front. */
export function useShortcuts({ search, find, escape }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open') !== null) return;
      if (isSearchShortcut(event)) {
        event.preventDefault();
        search();
      } else if (isFindShortcut(event)) {
        if (find()) event.preventDefault();
      } else if (event.key === 'Escape' && !event.isComposing) {
        escape();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [search, find, escape]);
}
