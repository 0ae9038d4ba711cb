export type TextPart = { text: string; href?: string };

/** Only these become links: a message comes from somebody else. */
const LINK =
  /(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^\u3000-\u303f\uff00-\uffef]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;
const SAFE_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** Three at most are drawn large. */
const LARGE_EMOJI = 3;

/** Cuts a text into words and links. The words are put on the page as text, never as HTML. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const found = trimTail(match[0]);
    const href = toHref(found);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** A picture by itself, by its variation selector, by a skin tone, or as a keycap. */
const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|[\d#*]\ufe0f?\u20e3)/u;

/** One to three emoji and nothing else. */
export function isLargeEmoji(text: string): boolean {
  const signs = text.replace(/\s+/gu, '');
  // The longest emoji is a family of joined people; a longer text cannot be three.
  if (signs === '' || signs.length > 60 || /^\p{Letter}/u.test(signs)) return false;
  const segments = [...graphemes.segment(signs)];
  return segments.length <= LARGE_EMOJI && segments.every(({ segment }) => EMOJI.test(segment));
}

function toHref(found: string): string | undefined {
  const address = found.includes('://')
    ? found
    : found.includes('@')
      ? `mailto:${found}`
      : `https://${found}`;
  const url = URL.parse(address);
  return url !== null &&
    SAFE_SCHEMES.has(url.protocol) &&
    (url.protocol === 'mailto:' || url.hostname.includes('.') || url.hostname === 'localhost')
    ? url.href
    : undefined;
}

/** The full stop after an address belongs to the sentence; a closing bracket only to one opened inside. */
function trimTail(found: string): string {
  let text = found;
  for (;;) {
    const last = text.at(-1) ?? '';
    const opening = { ')': '(', ']': '[' }[last];
    const isClosing = opening !== undefined && text.split(opening).length <= text.split(last).length - 1;
    if (!isClosing && !/[.,;:!?*_~]/u.test(last)) return text;
    text = text.slice(0, -1);
  }
}
