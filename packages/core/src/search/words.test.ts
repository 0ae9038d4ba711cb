import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phraseOf, says, wordsOf } from './words.ts';

const finds = (text: string, keyword: string): boolean => {
  const phrase = phraseOf(keyword);
  return phrase.length > 0 && says(wordsOf(text), phrase);
};

describe('words', () => {
  const rows: [text: string, keyword: string, found: boolean][] = [
    ['我在北京工作', '北京', true],
    ['我在北京工作', '京', true],
    ['我在北京工作', '作', true],
    ['我在北京工作', '北作', false],
    ['我在北京工作', '京工作', true],
    ['我在北 京工作', '北京', false],
    ['去东京', '京都', false],
    ['用GPT4模型', 'gpt4模', true],
    ['用GPT4模型', 'GPT', true],
    ['北京abc', '京abc', true],
    ['北京xabc', '京abc', false],
    ['東京タワー', 'タワ', true],
    ['안녕하세요', '하세', true],
    ['Hello, World!', 'world', true],
    ['Hello, World!', 'hello wor', true],
    ['Hello, World!', 'llo', false],
    ['Hello big World', 'hello world', false],
    ['Café Ａｂｃ', 'cafe abc', true],
    ['naïve', 'NAIVE', true],
    ['हिन्दी भाषा', 'हिन्दी', true],
    ['100% sure', '100', true],
    ['👍', '👍', false],
    ['', 'a', false],
  ];
  test.each(rows)('%s is found by %s: %s', (text, keyword, found) => {
    expect(finds(text, keyword)).toBe(found);
  });

  test('any stretch of a dense text is found in it, and a beginning of any word', () => {
    const dense = fc.array(fc.constantFrom(...'北京上海天气好'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(dense, fc.nat(), fc.nat(), (characters, a, b) => {
        const from = a % characters.length;
        const to = from + 1 + (b % (characters.length - from));
        expect(finds(characters.join(''), characters.slice(from, to).join(''))).toBe(true);
      }),
    );
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), word, (words, other) => {
        const typed = (words[0] ?? '').slice(0, 3);
        expect(finds(`${other} ${words.join(' ')}`, typed)).toBe(true);
      }),
    );
  });

  test('a text of ASCII alone has the words that it has beside others', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 200 });
    fc.assert(
      fc.property(ascii, (text) => {
        expect([...wordsOf(text), '茶']).toEqual(wordsOf(`${text} 茶`));
      }),
    );
    expect(wordsOf('X'.repeat(70))).toEqual(['x'.repeat(64)]);
  });
});
