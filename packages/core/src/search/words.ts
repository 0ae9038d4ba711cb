/** Scripts that are written without spaces: every two neighbours are a word, so that a word of two characters is found. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Runs of one kind: of dense scripts, or of letters, marks and digits of the others. */
const RUN = new RegExp(`(?:${DENSE.source})+|(?:(?!${DENSE.source})[\\p{L}\\p{M}\\p{N}])+`, 'gu');
/** A longer word is no word that somebody types; its beginning is enough to find it. */
const WORD_LENGTH = 64;
/** Most texts of many languages have nothing to fold but case: what follows is then the same, and ten times cheaper. */
const BEYOND_ASCII = /[^\x00-\x7f]/;
const ASCII_RUN = /[a-z0-9]+/g;
const ACCENTS = /[\u0300-\u036f]/g;

/** The same for whoever types it: without case, width and accents. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replaceAll(ACCENTS, '').normalize('NFC');
}

const clipped = (run: string): string => run.slice(0, WORD_LENGTH);

/**
 * The words of a text, in their order. Of a dense run each two neighbours, and its last character alone:
 * so any stretch of it is a sequence of its words, the last of them as a beginning.
 */
export function wordsOf(text: string): string[] {
  if (!BEYOND_ASCII.test(text)) return (text.toLowerCase().match(ASCII_RUN) ?? []).map(clipped);
  return (folded(text).match(RUN) ?? []).flatMap((run) => {
    if (!DENSE.test(run)) return [clipped(run)];
    const characters = [...run];
    return characters.map((character, index) => character + (characters[index + 1] ?? ''));
  });
}

/** The words that a text must have in a row to say what was typed; the last is the beginning of one. Empty: nothing to look for. */
export function phraseOf(keyword: string): string[] {
  const words = wordsOf(keyword);
  const last = words.at(-1);
  const before = words.at(-2);
  // The end of what was typed need not be the end of a run.
  const isEndOfRun =
    last !== undefined &&
    before !== undefined &&
    DENSE.test(last) &&
    [...before].length === 2 &&
    before.endsWith(last);
  return isEndOfRun ? words.slice(0, -1) : words;
}

/** Whether words have a phrase in them. */
export function says(words: readonly string[], phrase: readonly string[]): boolean {
  const last = phrase.length - 1;
  return words.some((_, from) =>
    phrase.every((word, index) => {
      const said = words[from + index];
      return index === last ? said?.startsWith(word) : said === word;
    }),
  );
}

/** Whether words say all of the phrases, or any; where none is asked for, they do. */
export function saysPhrases(
  words: readonly string[],
  { phrases, all }: { phrases: readonly (readonly string[])[]; all: boolean },
): boolean {
  if (phrases.length === 0) return true;
  return all ? phrases.every((phrase) => says(words, phrase)) : phrases.some((phrase) => says(words, phrase));
}
