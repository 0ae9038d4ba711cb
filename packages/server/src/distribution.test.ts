import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Distribution } from './distribution.ts';

test('shows what the library would show of the same values', async () => {
  const options = { name: 'x', help: 'Something', buckets: [0.5, 1, 10] };
  const [ours, theirs] = [new Registry(), new Registry()];
  const distribution = new Distribution({ ...options, registers: [ours] });
  const histogram = new Histogram({ ...options, registers: [theirs] });
  expect(await ours.metrics()).toBe(await theirs.metrics());
  for (const value of [0, 0.5, 0.7, 1, 1.5, 10, 11, 1e9]) {
    distribution.add(value);
    histogram.observe(value);
  }
  const shown = await ours.metrics();
  expect(shown).toBe(await theirs.metrics());
  expect(shown).toContain('x_bucket{le="1"} 4');
  expect(await theirs.getMetricsAsJSON()).toMatchObject(await ours.getMetricsAsJSON());
});
