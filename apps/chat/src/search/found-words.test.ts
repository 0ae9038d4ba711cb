import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keywordsOf } from '../chat-client/search.ts';
import { foundLine, foundParts } from './found-words.ts';

/** What was found stands in brackets. */
const marked = (parts: ReturnType<typeof foundParts>): string =>
  parts.map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join('');

describe('words that were found', () => {
  test.each([
    ['Meet at the harbour', 'harb', 'Meet at the [harb]our'],
    ['The Harbour, the harbour!', 'HARBOUR', 'The [Harbour], the [harbour]!'],
    ['unharboured', 'harbour', 'unharboured'],
    ['Ökafor and okafor', 'okaf', '[Ökaf]or and [okaf]or'],
    ['Cafe\u0301 noir', 'café', '[Cafe\u0301] noir'],
    ['我们周四在北京见', '北京', '我们周四在[北京]见'],
    ['见Alice吧', 'alice', '见[Alice]吧'],
    ['ｗｉｄｅ letters', 'wide', '[ｗｉｄｅ] letters'],
    ['see svalbard?layer=colonies', 'svalbard?layer', 'see [svalbard]?[layer]=colonies'],
    ['🐧 penguin 🐧', 'penguin', '🐧 [penguin] 🐧'],
    ['nothing of it', 'else', 'nothing of it'],
    ['one two three', 'three one', '[one] two [three]'],
  ])('%s: %s', (text, query, expected) => {
    expect(marked(foundParts(text, keywordsOf(query)))).toBe(expected);
  });

  test('no character is lost, whatever is looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
        const parts = foundParts(text, keywordsOf(query));
        expect(parts.map((part) => part.text).join('')).toBe(text);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test('a long message begins shortly before them', () => {
    const text = `${'a long way to go before it comes '.repeat(4)}to the harbour`;
    expect(marked(foundLine(text, ['harbour']))).toBe('…go before it comes to the [harbour]');
    expect(marked(foundLine('  two\n lines ', ['lines']))).toBe('two [lines]');
    expect(foundLine('', ['x'])).toEqual([]);
  });
});

test('what was typed is cut into words that can be found', () => {
  expect(keywordsOf('  the harbour … ?! the ')).toEqual(['the', 'harbour']);
  expect(keywordsOf('a b c d e f')).toHaveLength(5);
  expect(keywordsOf('🐧 …')).toEqual([]);
  expect(keywordsOf('x'.repeat(200))[0]).toHaveLength(32);
});
