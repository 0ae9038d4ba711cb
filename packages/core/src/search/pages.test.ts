import { LIMITS } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { pageOf, pageStart } from './pages.ts';

const NOW = 1_700_000_000_000;

test('a cursor goes on where a page ended, for two minutes', () => {
  expect(LIMITS.searchCursorMs).toBe(120_000);
  const { items, cursor } = pageOf(['a', 'b', 'c'], pageStart(undefined, NOW), 2);
  expect(items).toEqual(['a', 'b']);
  for (const age of [LIMITS.searchCursorMs - 1, LIMITS.searchCursorMs])
    expect(pageStart(cursor, NOW + age)).toEqual({ offset: 2, asOfMs: NOW });
  expect(() => pageStart(cursor, NOW + LIMITS.searchCursorMs + 1)).toThrow(
    expect.objectContaining({ code: 10004 }),
  );
  expect(pageOf(['a', 'b', 'c'], pageStart(cursor, NOW), 2)).toEqual({ items: ['c'], cursor: '' });
});

test.each(['x', '1', '1.x', '-1.5', `1.${NOW + 1}`])('%s is no cursor', (cursor) => {
  expect(() => pageStart(cursor, NOW)).toThrow(expect.objectContaining({ code: 10004 }));
});
