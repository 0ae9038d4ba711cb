import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRoute, parseRoute } from './route.ts';
import { isFindShortcut, isSearchShortcut } from './shortcuts.ts';

test('any conversation can be in the address', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.boolean(),
      fc.option(fc.string({ unit: 'grapheme' })),
      (id, open, words) => {
        const search = words ?? undefined;
        const details = open && search === undefined;
        const route = { conversationID: `GROUP@TGS#/${id}`, details, search, contacts: false };
        expect(parseRoute(formatRoute(route))).toEqual(route);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

test.each(['', '#', '#/', '#/%E0%A4%A', '#nonsense', '#/garbage', '#/garbage/details', '#/C2C', '#/GROUP'])(
  '%j is the list',
  (hash) => {
    expect(parseRoute(hash)).toEqual({
      conversationID: undefined,
      details: false,
      search: undefined,
      contacts: false,
    });
  },
);

test('the contacts have an address', () => {
  const route = { conversationID: undefined, details: false, search: undefined, contacts: true };
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test('the search has a key, and only that', () => {
  const key = { key: 'k', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };
  expect(isSearchShortcut(key)).toBe(true);
  expect(isSearchShortcut({ ...key, key: 'K', ctrlKey: false, metaKey: true })).toBe(true);
  expect(isSearchShortcut({ ...key, shiftKey: true })).toBe(false);
  expect(isSearchShortcut({ ...key, key: 'j' })).toBe(false);
  expect(isFindShortcut({ ...key, key: 'f' })).toBe(true);
  expect(isFindShortcut(key)).toBe(false);
});
