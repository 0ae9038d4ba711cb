/** How many face colours the tokens hold. */
export const FACES = 8;

/** The same person has the same colour everywhere, whatever they call themselves. */
export function faceOf(id: string): number {
  // Any start does; with this one the demo users all differ.
  let hash = 718;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  // Names that differ in their last letter alone differ only in low bits: stir once more.
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) % FACES;
}

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two characters that stand for a name: initials, or the first sign of a Chinese one. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  if (first === undefined) return [...segments.segment(name.trim())][0]?.segment ?? '?';
  const head = firstSign(first);
  if (last === undefined || !/\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(head)) return head;
  return head + firstSign(last);
}

function firstSign(word: string): string {
  for (const { segment } of segments.segment(word)) {
    if (/[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(segment)) return segment.toLocaleUpperCase();
  }
  return '';
}
