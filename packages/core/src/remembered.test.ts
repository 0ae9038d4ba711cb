import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('an answer is made once, and again only when many others came between', () => {
  const made: string[] = [];
  const shout = remembered(2, (word: string) => {
    made.push(word);
    return word.toUpperCase();
  });
  expect(['a', 'a', 'b', 'a', 'c', 'a'].map(shout)).toEqual(['A', 'A', 'B', 'A', 'C', 'A']);
  expect(made).toEqual(['a', 'b', 'c']);
  expect(['d', 'e', 'f', 'b'].map(shout)).toEqual(['D', 'E', 'F', 'B']);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'b']);
});

test('whatever it remembers, it answers as if it did not', () => {
  const questions = fc.array(fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), questions, (most, asked) => {
      const square = remembered(most, (number: number) => ({ square: number * number }));
      expect(asked.map(square)).toEqual(asked.map((number) => ({ square: number * number })));
    }),
  );
});
