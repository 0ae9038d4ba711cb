import type { MessageElement } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { allowedElements, forbiddenWords } from './forbidden-words.ts';

const text = (said: string): MessageElement[] => [{ type: 'TIMTextElem', payload: { text: said } }];
const WORDS = ['damn', '坏话', 'é', 'ｗｉｄｅ', '😈', '会社'];

const ROWS: [name: string, said: string, struck: string][] = [
  ['as it is listed', 'oh damn it', 'oh **** it'],
  ['in capitals', 'DAMN', '****'],
  ['full-width', 'oh ｄａｍｎ, ok', 'oh ****, ok'],
  ['with characters of no width in it', 'da\u200bm\u200d\ufeffn!', '****!'],
  ['with a soft hyphen in it', '坏\u00ad话', '**'],
  ['of a letter and its accent', 'e\u0301', '*'],
  ['listed full-width', 'wide', '****'],
  ['as a part of one sign', 'a㍿b', 'a*b'],
  ['of one sign', 'a😈b', 'a*b'],
];

test.each(ROWS)('a word is found %s', (_, said, struck) => {
  expect(allowedElements(text(said), forbiddenWords(WORDS, 'replace'))).toEqual(text(struck));
  expect(() => allowedElements(text(said), forbiddenWords(WORDS, 'refuse'))).toThrow();
});

test.each(['damnation', 'ｄａｍｎｅｄ', 'a\u200bb ﬁne', '👩\u200d👩'])('%s stays as it is', (said) => {
  const elements = text(said);
  expect(allowedElements(elements, forbiddenWords(WORDS, 'replace'))).toBe(elements);
});
