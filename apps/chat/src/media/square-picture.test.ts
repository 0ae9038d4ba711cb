import { expect, test } from 'vitest';
import { middleSquare } from './square-picture.ts';

test.each([
  ['wide', { width: 1600, height: 1000 }, { x: 300, y: 0, side: 1000 }],
  ['high', { width: 3, height: 10 }, { x: 0, y: 3.5, side: 3 }],
  ['square', { width: 7, height: 7 }, { x: 0, y: 0, side: 7 }],
])('of a picture that is %s the middle is taken', (_, size, square) => {
  expect(middleSquare(size)).toEqual(square);
});
