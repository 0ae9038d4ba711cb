import { createFakeClock } from '@sterna/core/testing';
import { expect, test } from 'vitest';
import { createOriginWarnings } from './origin-warnings.ts';

test('an origin is told of once in ten minutes', async () => {
  const clock = createFakeClock();
  const isWorthALine = createOriginWarnings(clock);
  expect(isWorthALine('https://a.test')).toBe(true);
  expect(isWorthALine('https://a.test')).toBe(false);
  expect(isWorthALine('https://b.test')).toBe(true);
  await clock.advance(599_000);
  expect(isWorthALine('https://a.test')).toBe(false);
  await clock.advance(1000);
  expect(isWorthALine('https://a.test')).toBe(true);
});

test('of origins that are made up, ten are told of at once and one a minute', async () => {
  const clock = createFakeClock();
  const isWorthALine = createOriginWarnings(clock);
  const told = (prefix: string) =>
    Array.from({ length: 500 }, (_, index) => isWorthALine(`https://${prefix}${index}.test`)).filter(Boolean);
  expect(told('a')).toHaveLength(10);
  await clock.advance(60_000);
  expect(told('b')).toHaveLength(1);
  // One that found no room before is not taken for told.
  await clock.advance(60_000);
  expect(isWorthALine('https://a400.test')).toBe(true);
});
