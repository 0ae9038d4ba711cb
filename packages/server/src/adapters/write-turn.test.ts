import { expect, test } from 'vitest';
import { createWriteTurn } from './write-turn.ts';

const turnByHand = () => {
  const scheduled: (() => void)[] = [];
  return { turn: createWriteTurn((run) => scheduled.push(run)), scheduled, end: () => scheduled.shift()?.() };
};

test('all writers of a turn are flushed once, in their order, by one scheduled run', () => {
  const { turn, scheduled, end } = turnByHand();
  const order: string[] = [];
  for (const name of ['a', 'b', 'c']) turn.add({ flush: () => order.push(name) });
  expect(scheduled).toHaveLength(1);
  end();
  expect(order).toEqual(['a', 'b', 'c']);
});

test('what is added while flushing waits for the next turn', () => {
  const { turn, scheduled, end } = turnByHand();
  const order: string[] = [];
  turn.add({
    flush() {
      order.push('first');
      turn.add({ flush: () => order.push('second') });
    },
  });
  end();
  expect(order).toEqual(['first']);
  expect(scheduled).toHaveLength(1);
  end();
  expect(order).toEqual(['first', 'second']);
});

test('equal batches of one turn share one frame, others do not, and none outlives the turn', () => {
  const { turn, end } = turnByHand();
  const item = `"${'ä'.repeat(200)}"`;
  const seen: unknown[] = [];
  const asks = (items: string[]) => turn.add({ flush: () => seen.push(turn.frameOf(items)) });
  asks([item, '1']);
  asks([item, '1']);
  asks([item]);
  asks([item, '2']);
  end();
  expect(seen[1]).toBe(seen[0]);
  expect(new Set(seen).size).toBe(3);
  asks([item, '2']);
  end();
  expect(seen[4]).not.toBe(seen[3]);
  expect(seen[4]).toEqual(seen[3]);
});
