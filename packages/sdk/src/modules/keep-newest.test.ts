import { expect, test } from 'vitest';
import { keepNewest } from './keep-newest.ts';

test.each([
  [2, [1, 2], []],
  [2, [1, 2, 3], [1]],
  [1, [1, 2, 3, 4], [1, 2, 3]],
  [0, [1], [1]],
])('of so many, %i, of %j what came first goes: %j', (most, all, gone) => {
  const set = new Set(all);
  keepNewest(set, most);
  expect([...set]).toEqual(all.filter((one) => !gone.includes(one)));
  const map = new Map(all.map((one) => [one, one]));
  keepNewest(map, most);
  expect([...map.keys()]).toEqual([...set]);
});

test('what comes again stays where it was', () => {
  const set = new Set([1, 2]);
  keepNewest(set.add(1).add(3), 2);
  expect([...set]).toEqual([2, 3]);
});
