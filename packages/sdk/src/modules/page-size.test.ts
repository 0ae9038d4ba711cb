import { expect, test } from 'vitest';
import { pageSize } from './page-size.ts';

test.each<[count: unknown, size: number]>([
  [undefined, 15],
  [null, 15],
  [Number.NaN, 15],
  [0, 15],
  [-1, 15],
  [0.5, 15],
  ['many', 15],
  [{}, 15],
  [1, 1],
  [1.5, 1],
  [15, 15],
  [100, 100],
  [101, 100],
  [Infinity, 100],
])('of %s there are %s on a page', (count, size) => {
  expect(pageSize(count as number, 100, 15)).toBe(size);
});

test('a page is whole where nothing else is usual', () => {
  expect(pageSize(undefined, 20)).toBe(20);
});
