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
  const sorted = [...words].sort((one, other) => other.length - one.length);
  return { pattern: new RegExp(sorted.map(patternOf).join('|'), 'giu'), action };
}

/** A star for each character, so that nothing is cut in two. */
const struckOut = (word: string): string => '*'.repeat([...word].length);

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
    const clean = text.replaceAll(forbidden.pattern, struckOut);
    if (clean === text) return element;
    if (forbidden.action === 'refuse') throw new ImError('messageForbidden');
    isChanged = true;
    return { ...element, payload: { text: clean } };
  });
  return isChanged ? allowed : elements;
}
