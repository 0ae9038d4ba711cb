import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPictureURL } from './Avatar.tsx';
import { FACES, faceOf, initialsOf } from './face.ts';

test.each([
  ['Alice Lindqvist', 'AL'],
  ['bob', 'B'],
  ['dave_smith', 'DS'],
  ['Anna Maria von Trapp', 'AT'],
  ['林晓雨', '林'],
  ['林 晓雨', '林'],
  ['🐦 tern', '🐦'],
  ['(ops) team', 'OT'],
  ['42', '4'],
  ['@#$', '@'],
  ['', '?'],
])('%j is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('any name has something to show, and any ID a colour', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(initialsOf(text)).not.toBe('');
      expect(faceOf(text)).toSatisfy((face: number) => Number.isInteger(face) && face >= 0 && face < FACES);
    }),
    { seed: 5, numRuns: 100 },
  );
});

test('colours are spread over similar IDs', () => {
  const counts = Array.from({ length: FACES }, () => 0);
  for (let index = 0; index < 800; index += 1) {
    const face = faceOf(`user${index}`);
    counts[face] = (counts[face] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(60);
});

test.each([
  ['https://example.org/a.png', true],
  ['HTTP://example.org/a.png', true],
  ['data:image/png;base64,AAAA', true],
  ['data:image/svg+xml,<svg/>', true],
  ['data:text/html,x', false],
  ['javascript:alert(1)', false],
  ['//example.org/a.png', false],
  ['', false],
])('%j as a picture: %s', (url, expected) => {
  expect(isPictureURL(url)).toBe(expected);
});
