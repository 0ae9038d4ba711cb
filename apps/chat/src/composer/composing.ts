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

/** How many characters at its end a text has beyond so many bytes of UTF-8: a writer counts no bytes. */
export function charactersOver(text: string, limit: number): number {
  // No character takes more than three bytes per unit of length: most texts need no counting.
  if (text.length * 3 <= limit) return 0;
  const bytes = new TextEncoder().encode(text.trim());
  if (bytes.length <= limit) return 0;
  // The first bytes of characters; the one that the limit cuts through is over, too.
  const cut = isFirst(bytes[limit]) ? 0 : 1;
  return bytes.subarray(limit).filter(isFirst).length + cut;
}

function isFirst(byte = 0): boolean {
  return byte >> 6 !== 0b10;
}
