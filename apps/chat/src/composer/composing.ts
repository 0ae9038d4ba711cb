/** What a key press says about itself; the DOM's event has all of it. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing' | 'keyCode'
>;

/** The code that browsers give every key while an input method is composing; Safari's only sign of it. */
const COMPOSING_KEY_CODE = 229;

/** Enter sends, unless it only confirms a candidate of a Chinese, Japanese or Korean input method. */
export function isSendKey(event: KeyPress): boolean {
  if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return false;
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
}

/** How many bytes of UTF-8 a text is past the limit. */
export function bytesOver(text: string, limit: number): number {
  // No character takes more than three bytes per unit of length: most texts need no counting.
  if (text.length * 3 <= limit) return 0;
  return Math.max(0, new TextEncoder().encode(text.trim()).length - limit);
}
