const STORAGE_KEY = 'sterna.emoji';
/** Three rows of the grid. */
export const RECENT_EMOJI = 24;

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

export function readRecent(storage: Shelf): string[] {
  return (storage.getItem(STORAGE_KEY) ?? '')
    .split(' ')
    .filter((emoji) => emoji !== '')
    .slice(0, RECENT_EMOJI);
}

export function addRecent(storage: Shelf, emoji: string): void {
  const others = readRecent(storage).filter((known) => known !== emoji);
  storage.setItem(STORAGE_KEY, [emoji, ...others].slice(0, RECENT_EMOJI).join(' '));
}
