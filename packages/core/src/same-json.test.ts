import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameJson } from './same-json.ts';

test.each([
  ['members in another order', { a: 1, b: [2] }, { b: [2], a: 1 }],
  ['an absent member and an undefined one', { a: 1 }, { a: 1, b: undefined }],
  ['zeros of either sign', { a: 0 }, { a: -0 }],
])('the same: %s', (_, one, other) => {
  expect(isSameJson(one, other)).toBe(true);
});

test.each([
  ['a number and its text', 1, '1'],
  ['null and an empty object', null, {}],
  ['a list and an object with its members', ['a'], { 0: 'a' }],
  ['one member more', { a: 1 }, { a: 1, b: 2 }],
  ['a list in another order', [1, 2], [2, 1]],
  ['a name that every object inherits', {}, { toString: 'x' }],
])('not the same: %s', (_, one, other) => {
  expect(isSameJson(one, other)).toBe(false);
  expect(isSameJson(other, one)).toBe(false);
});

test('what was written and read again is the same, and what differs as text differs', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const [text, otherText] = [one, other].map((value) => JSON.stringify(value));
      const again: unknown = JSON.parse(text ?? '');
      expect(isSameJson(one, again)).toBe(true);
      if (isSameJson(one, other)) expect(text?.length).toBe(otherText?.length);
    }),
  );
});
