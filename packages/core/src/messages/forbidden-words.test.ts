import type { MessageElement } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { allowedElements, forbiddenWords } from './forbidden-words.ts';

const text = (said: string): MessageElement[] => [{ type: 'TIMTextElem', payload: { text: said } }];
const WORDS = ['damn', '坏话', 'é', 'ｗｉｄｅ', '😈', '会社', '한글', 'ガス', '바보'];

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
  ['in Hangul', '이한글은', '이**은'],
  [
    'in Hangul by its letters',
    `${'이'.normalize('NFD')}\u1112\u1161\u11ab\u1100\u1173\u11af!`,
    '\u110b\u1175**!',
  ],
  ['in Hangul that is half spelled', '\ud558\u11ab\u1100\u1173ᆯ', '**'],
  ['in half-width Hangul', 'ﾲￂﾲￌ', '**'],
  ['in Hangul with characters of no width in it', '\u1112\u200b\u1161\u11ab\u00ad글', '**'],
  ['in half-width kana', 'ｶﾞｽ!', '**!'],
  ['of a letter, its accent, and what nobody sees between', 'e\u200b\u0301', '*'],
];

test.each(ROWS)('a word is found %s', (_, said, struck) => {
  expect(allowedElements(text(said), forbiddenWords(WORDS, 'replace'))).toEqual(text(struck));
  expect(() => allowedElements(text(said), forbiddenWords(WORDS, 'refuse'))).toThrow();
});

test('composed or not, the same words are struck out of any text', () => {
  const random = createSeededRandom(7);
  const characters = [...'한글각각é가eガスㄱㅏ\u200b a'];
  const forbidden = forbiddenWords(['한글', '각', 'é', 'ガス'], 'replace');
  const struck = (said: string): unknown => allowedElements(text(said), forbidden);
  let found = 0;
  for (let round = 0; round < 2_000; round++) {
    const said = Array.from({ length: 12 }, () => characters[random.below(characters.length)]).join('');
    const [composed, apart] = [said.normalize('NFC'), said.normalize('NFD')];
    const stars = (form: string): string => JSON.stringify(struck(form)).normalize('NFC');
    expect(stars(apart)).toBe(stars(composed));
    if (stars(composed).includes('*')) found += 1;
  }
  expect(found).toBeGreaterThan(1_000);
});

test.each(['damnation', 'ｄａｍｎｅｄ', 'a\u200bb ﬁne', '👩\u200d👩'])('%s stays as it is', (said) => {
  const elements = text(said);
  expect(allowedElements(elements, forbiddenWords(WORDS, 'replace'))).toBe(elements);
});
