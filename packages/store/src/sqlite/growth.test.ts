import { expect, test } from 'vitest';
import { Growth } from './growth.ts';

test('it names what grew after a row, each log once', () => {
  const growth = new Growth(3);
  growth.note('a', 4);
  growth.note('b', 4);
  growth.note('a', 6);
  expect(growth.after(3)).toEqual(['b', 'a']);
  expect(growth.after(4)).toEqual(['a']);
  expect(growth.after(6)).toEqual([]);
  expect(growth.after(2)).toBeUndefined();
});

test('it forgets the log that has been quiet longest, and then does not pretend to know', () => {
  const growth = new Growth(0);
  for (let row = 1; row <= 20_000; row++) growth.note(`log ${row}`, row);
  expect(growth.after(0)).toHaveLength(20_000);
  growth.note('one more', 20_001);
  expect(growth.after(0)).toBeUndefined();
  expect(growth.after(1)).toHaveLength(20_000);
});
