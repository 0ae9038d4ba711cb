import { expect, test } from 'vitest';
import { OnceKeys } from './once-keys.ts';

function over(table: string[]) {
  const looked: string[] = [];
  const keys = new OnceKeys((prefix) => {
    looked.push(prefix);
    return table.filter((key) => key.startsWith(prefix)).at(-1);
  });
  return { keys, looked };
}

test('a key beyond all of its app is known to be absent; any other must be looked for', () => {
  const { keys, looked } = over(['d/1/100-a/ann', 'd/1/200-a/ann', 'd/2/900-a/bob']);
  expect(keys.isBeyondAll('d/1/201-a/ann')).toBe(true);
  expect(keys.isBeyondAll('d/1/200-a/ann')).toBe(false);
  expect(keys.isBeyondAll('d/1/150-a/ann')).toBe(false);
  expect(keys.isBeyondAll('d/2/800-a/bob')).toBe(false);
  expect(keys.isBeyondAll('d/3/1/cat')).toBe(true);
  expect(looked).toEqual(['d/1/', 'd/2/', 'd/3/']);
});

test('a key that was put moves the end; one before it does not', () => {
  const { keys } = over([]);
  keys.note('d/1/500-a/ann');
  keys.note('d/1/400-a/ann');
  expect(keys.isBeyondAll('d/1/450-a/ann')).toBe(false);
  expect(keys.isBeyondAll('d/1/501-a/ann')).toBe(true);
});

test('the end is that of the bytes, which is the table’s', () => {
  const { keys } = over(['d/1/\u{1f600}']);
  expect(keys.isBeyondAll('d/1/\uffff')).toBe(false);
});
