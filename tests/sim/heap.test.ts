import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from './heap.ts';

test('items come out in order, however they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = new Heap<number>((a, b) => a - b);
      for (const number of numbers) heap.push(number);
      const out: number[] = [];
      while (heap.peek() !== undefined) out.push(heap.pop() ?? NaN);
      expect(out).toEqual([...numbers].sort((a, b) => a - b));
    }),
  );
});
