import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

/** Turns, and what was begun and ended in them; each piece of work ends when the test says so. */
function take(most: number) {
  const turns = createTurns(most);
  const log: string[] = [];
  const ends = new Map<string, { end(): void; fail(error: Error): void }>();
  const begin = (key: string, name: string): Promise<string> =>
    turns.take(key, () => {
      log.push(name);
      return new Promise((resolve, reject) => ends.set(name, { end: () => resolve(name), fail: reject }));
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { log, begin, settle, of: (name: string) => ends.get(name) };
}

test('one key’s work is done in the order of the asking, others’ meanwhile; what fails holds nobody up', async () => {
  const { log, begin, settle, of } = take(10);
  const first = begin('ann', 'a1');
  const second = begin('ann', 'a2');
  const other = begin('ben', 'b1');
  await settle();
  expect(log).toEqual(['a1', 'b1']);
  of('b1')?.end();
  expect(await other).toBe('b1');
  of('a1')?.fail(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await settle();
  expect(log).toEqual(['a1', 'b1', 'a2']);
  of('a2')?.end();
  expect(await second).toBe('a2');
});

test('as many as may be wait, one more is refused at once, and there is room again when one is done', async () => {
  const { log, begin, settle, of } = take(2);
  const first = begin('ann', 'a1');
  const second = begin('ann', 'a2');
  await expect(begin('ann', 'a3')).rejects.toMatchObject({ reason: 'tooFrequent' });
  await settle();
  of('a1')?.end();
  await first;
  const fourth = begin('ann', 'a4');
  await settle();
  of('a2')?.end();
  await second;
  await settle();
  of('a4')?.end();
  expect(await fourth).toBe('a4');
  expect(log).toEqual(['a1', 'a2', 'a4']);
});
