export interface FoundPart {
  text: string;
  isFound: boolean;
}

/** Scripts written without spaces: a word may begin anywhere in them. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const IN_WORD = /[\p{Letter}\p{Number}]/u;
/** What of a long message stands before the first word that was found. */
const BEFORE = 28;

/** Cuts a text at the words that were looked for, accents and case aside: these begin words, as in the search. */
export function foundParts(text: string, keywords: readonly string[]): FoundPart[] {
  const { characters, owners } = folded(text);
  const marked = new Uint8Array(text.length);
  for (const word of keywords.flatMap(wordsOf)) {
    for (let at = characters.indexOf(word); at !== -1; at = characters.indexOf(word, at + 1)) {
      if (
        !DENSE.test(word) &&
        IN_WORD.test(characters[at - 1] ?? '') &&
        !DENSE.test(characters[at - 1] ?? '')
      )
        continue;
      marked.fill(1, owners[at], owners[at + word.length] ?? text.length);
    }
  }
  const parts: FoundPart[] = [];
  for (let from = 0, to = 0; from < text.length; from = to) {
    while (to < text.length && marked[to] === marked[from]) to += 1;
    parts.push({ text: text.slice(from, to), isFound: marked[from] === 1 });
  }
  return parts;
}

/** One line of a message, which begins shortly before the first word that was found. */
export function foundLine(text: string, keywords: readonly string[]): FoundPart[] {
  const [first, ...rest] = foundParts(text.replace(/\s+/gu, ' ').trim(), keywords);
  if (first === undefined) return [];
  if (first.isFound || rest.length === 0 || first.text.length <= BEFORE) return [first, ...rest];
  // Whole words, unless there is no space to cut at.
  const tail = first.text.slice(-BEFORE).replace(/^[\udc00-\udfff]/u, '');
  const cut = tail.trimEnd().includes(' ') ? tail.slice(tail.indexOf(' ') + 1) : tail;
  return [{ text: `…${cut}`, isFound: false }, ...rest];
}

/** The text as it is compared, and of each of its places the place in the original. */
function folded(text: string): { characters: string; owners: number[] } {
  let characters = '';
  const owners: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = fold(character);
    characters += plain;
    for (let index = 0; index < plain.length; index += 1) owners.push(place);
    place += character.length;
  }
  return { characters, owners };
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .toLowerCase();
}

function wordsOf(keyword: string): string[] {
  return fold(keyword)
    .split(/[^\p{Letter}\p{Mark}\p{Number}]+/u)
    .filter((word) => word !== '');
}
