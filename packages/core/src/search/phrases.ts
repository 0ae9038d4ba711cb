import { ImError } from '../errors.ts';
import type { Phrases } from '../ports/search.ts';
import { phraseOf } from './words.ts';

/** What keywords ask for. Those without a letter or digit ask for nothing that could be found. */
export function phrasesOf(keywords: readonly string[] = [], match: 'or' | 'and' = 'or'): Phrases {
  const phrases = keywords.map(phraseOf);
  if (phrases.some(({ length }) => length === 0))
    throw new ImError('badParameter', 'a keyword needs a letter or a digit');
  return { phrases, all: match === 'and' };
}
