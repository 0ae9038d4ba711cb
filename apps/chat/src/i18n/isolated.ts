import type { Words } from './en.ts';

/** What is written from right to left, and the marks that turn what follows them. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** A name or a text that others chose, such that it turns nothing of a sentence that it stands in. */
export function isolated(text: string): string {
  if (!TURNS.test(text)) return text;
  return FIRST_STRONG_ISOLATE + text.replaceAll(/[\u2066-\u2069]/gu, '') + POP_ISOLATE;
}

/** The same words, whose sentences hold what they are given apart. */
export function isolating(words: Words): Words {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member is of the kind that it was
  return wrapped(words) as Words;
}

function wrapped(value: unknown): unknown {
  if (typeof value === 'function')
    return (...given: unknown[]): unknown =>
      Reflect.apply(
        value,
        undefined,
        given.map((one) => (typeof one === 'string' ? isolated(one) : one)),
      );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, wrapped(one)]));
}
