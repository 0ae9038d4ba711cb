import type { MessageElement } from '@sterna/protocol';
import { ImError } from '../errors.ts';

/** What becomes of a text that has a forbidden word in it: it is refused, or the words are struck out. */
export interface ForbiddenWords {
  readonly pattern: RegExp;
  readonly action: 'refuse' | 'replace';
}

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/gu;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts without spaces have no edges of words. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Nobody sees them, and a word with them in it reads as without. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu;
/** A character with the accents that stand upon it, also those of half-width kana, which are letters, and what nobody sees. */
const CHARACTER = /[\s\S][\p{M}\uff9e\uff9f\u00ad\u200b-\u200f\u2060\ufeff]*/gu;

/** Accents are put in order by comparing each with those before it: no word has so many, and a heap of them is parted. */
const HEAP = /[\p{M}\uff9e\uff9f]{32}/gu;
const PARTING = '$&\u034f';

/** The same for whoever types it: without widths, as the search has it. */
const folded = (text: string): string =>
  text.replaceAll(INVISIBLE, '').replaceAll(HEAP, PARTING).normalize('NFKC');

/** What is read as one character: Hangul, too, that is spelled by its letters. Folded one by one they are the folded text. */
function charactersOf(text: string): string[] {
  const characters: string[] = [];
  for (const next of text.match(CHARACTER) ?? []) {
    const last = characters.at(-1);
    // Of no script more than a few join, so this stays linear.
    const isOne = last !== undefined && folded(last + next) !== folded(last) + folded(next);
    if (isOne) characters[characters.length - 1] = last + next;
    else characters.push(next);
  }
  return characters;
}

const hasEdge = (character: string | undefined): boolean =>
  character !== undefined && WORD_CHARACTER.test(character) && !DENSE.test(character);

/** A word is forbidden as a whole: what is longer is another word. */
function patternOf(word: string): string {
  const characters = [...word];
  const before = hasEdge(characters[0]) ? '(?<![\\p{L}\\p{M}\\p{N}])' : '';
  const after = hasEdge(characters.at(-1)) ? '(?![\\p{L}\\p{M}\\p{N}])' : '';
  return before + word.replaceAll(SPECIAL, '\\$&') + after;
}

/** The list, ready for use; undefined when it forbids nothing. Of two words that begin alike the longer is struck out. */
export function forbiddenWords(
  words: readonly string[],
  action: ForbiddenWords['action'],
): ForbiddenWords | undefined {
  if (words.length === 0) return undefined;
  const sorted = words.map(folded).sort((one, other) => other.length - one.length);
  return { pattern: new RegExp(sorted.map(patternOf).join('|'), 'giu'), action };
}

/** The text with a star for each character of a forbidden word, so that nothing is cut in two. */
function struckOut(text: string, { pattern }: ForbiddenWords): string {
  // Most texts say nothing of the kind: they are not taken apart.
  if (folded(text).search(pattern) === -1) return text;
  const characters = charactersOf(text);
  const plain = characters.map(folded);
  const forbidden = new Set<number>();
  for (const { index, 0: word } of plain.join('').matchAll(pattern))
    for (let place = index; place < index + word.length; place++) forbidden.add(place);
  if (forbidden.size === 0) return text;
  let at = 0;
  return characters
    .map((character, index) => {
      const { length } = plain[index] ?? '';
      // One character may stand for several.
      const places = Array.from({ length: Math.max(1, length) }, (_, offset) => at + offset);
      const isStruck = places.some((place) => forbidden.has(place));
      at += length;
      if (!isStruck) return character;
      return length === 0 ? '' : '*';
    })
    .join('');
}

/** The elements as they may be said: the same ones where nothing is forbidden. */
export function allowedElements(
  elements: MessageElement[],
  forbidden: ForbiddenWords | undefined,
): MessageElement[] {
  if (forbidden === undefined) return elements;
  let isChanged = false;
  const allowed = elements.map((element) => {
    if (element.type !== 'TIMTextElem') return element;
    const { text } = element.payload;
    const clean = struckOut(text, forbidden);
    if (clean === text) return element;
    if (forbidden.action === 'refuse') throw new ImError('messageForbidden');
    isChanged = true;
    return { ...element, payload: { text: clean } };
  });
  return isChanged ? allowed : elements;
}
