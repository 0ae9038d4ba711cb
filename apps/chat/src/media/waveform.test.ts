import { describe, expect, test } from 'vitest';
import { barsOf } from './waveform.ts';

describe('a waveform', () => {
  test('follows the loudness, and its loudest bar is whole', () => {
    const samples = Float32Array.from({ length: 4000 }, (_, index) =>
      index < 2000 ? 0.1 * Math.sin(index) : 0.4 * Math.sin(index),
    );
    const bars = barsOf(samples, 4);
    expect(bars).toHaveLength(4);
    expect(bars[0]).toBeCloseTo(0.25, 1);
    expect(Math.max(...bars)).toBe(1);
  });

  test.each([0, 3, 1000])('of %i silent samples is a line', (length) => {
    expect(new Set(barsOf(new Float32Array(length), 8))).toEqual(new Set([0.08]));
  });
});
