import { expect, test } from 'vitest';
import { boxOf } from './box.ts';

test.each([
  ['a landscape', [4000, 3000], [320, 240]],
  ['a portrait', [3000, 4000], [270, 360]],
  ['one that is small stays as it is', [200, 150], [200, 150]],
  ['an icon has room for what stands on it', [16, 16], [96, 96]],
  ['a strip is not a line', [10_000, 10], [320, 96]],
  ['a tower', [10, 10_000], [96, 360]],
  ['nobody knows', [0, 0], [240, 180]],
])('%s', (_, [width = 0, height = 0], [boxWidth = 0, boxHeight = 0]) => {
  expect(boxOf({ width, height })).toEqual({ width: boxWidth, height: boxHeight });
});
