import { expect, test } from 'vitest';
import { prefixEnd } from './prefix-end.ts';

test.each([
  ['u/1/', 'u/10'],
  ['', undefined],
  ['a\u{10ffff}', 'b'],
  ['\u{10ffff}', undefined],
  ['\ud7ff', '\ue000'],
  ['\uffff', '\u{10000}'],
  ['👋', '\u{1f44c}'],
])('the end of %j is %j', (prefix, end) => {
  expect(prefixEnd(prefix)).toBe(end);
});
