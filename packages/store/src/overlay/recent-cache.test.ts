import { createSeededRandom } from '@sterna/core/testing';
import { expect, test } from 'vitest';
import { RecentCache } from './recent-cache.ts';

test('it never holds more than its weight, and always what was used just now', () => {
  const random = createSeededRandom(8);
  const cache = new RecentCache<number>(100);
  for (let step = 0; step < 5_000; step++) {
    const key = `${random.below(200)}`;
    if (random.chance(0.5)) {
      cache.set(key, step, 1);
      expect(cache.get(key)?.value).toBe(step);
    } else if (cache.get(key) !== undefined) expect(cache.get(key)).toBeDefined();
    // Each half may go over by the entry that fills it.
    expect(cache.size).toBeLessThanOrEqual(102);
  }
});

test('what is used again and again outlives what is not', () => {
  const cache = new RecentCache<string>(10);
  cache.set('kept', 'x', 1);
  for (let step = 0; step < 100; step++) {
    cache.set(`${step}`, '', 1);
    expect(cache.get('kept')?.value).toBe('x');
  }
  expect(cache.get('0')).toBeUndefined();
});

test('absence can be remembered too, and a value replaced', () => {
  const cache = new RecentCache<string | undefined>(10);
  cache.set('key', undefined, 1);
  expect(cache.get('key')).toMatchObject({ value: undefined });
  cache.set('key', 'x', 1);
  expect(cache.get('key')).toMatchObject({ value: 'x' });
});
