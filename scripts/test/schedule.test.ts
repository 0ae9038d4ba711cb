import { expect, test } from 'vitest';
import { runSchedule, type Task } from './schedule.ts';

/** Runs the tasks with each taking one turn; the record says who ran beside whom. */
async function record(tasks: readonly Task[], failing: readonly string[] = [], limit = 2) {
  const running = new Set<string>();
  const lines: string[] = [];
  await runSchedule(
    tasks,
    limit,
    async ({ name }) => {
      running.add(name);
      lines.push([...running].join('+'));
      await new Promise(setImmediate);
      running.delete(name);
      return !failing.includes(name);
    },
    ({ name }, because) => lines.push(`${name} without ${because}`),
  );
  return lines;
}

test('two at a time, in the order of the table', async () => {
  expect(await record([{ name: 'a' }, { name: 'b' }, { name: 'c' }])).toEqual(['a', 'a+b', 'b+c']);
});

test('one at a time where the limit is one', async () => {
  expect(await record([{ name: 'a' }, { name: 'b' }], [], 1)).toEqual(['a', 'b']);
});

test('a step waits for those that it builds on, others go ahead', async () => {
  expect(await record([{ name: 'a' }, { name: 'b', after: ['a'] }, { name: 'c' }])).toEqual([
    'a',
    'a+c',
    'c+b',
  ]);
});

test('a step that is alone has nobody beside it', async () => {
  const tasks = [{ name: 'a' }, { name: 'b', alone: true }, { name: 'c' }];
  const lines = await record(tasks);
  expect(lines).toContain('b');
  expect(lines.filter((line) => line.includes('b'))).toEqual(['b']);
  expect(lines).toHaveLength(3);
});

test('what is in the background goes on beside a step that is alone', async () => {
  const tasks = [{ name: 'a', background: true }, { name: 'b', alone: true }, { name: 'c' }];
  expect(await record(tasks)).toEqual(['a', 'a+b', 'c']);
  expect(await record(tasks.toReversed())).toEqual(['c', 'c+a', 'a+b']);
});

test('what builds on a failure is not run, however far behind it', async () => {
  const tasks = [{ name: 'a' }, { name: 'b', after: ['a'] }, { name: 'c', after: ['b'] }, { name: 'd' }];
  expect(await record(tasks, ['a'])).toEqual(['a', 'a+d', 'b without a', 'c without b']);
});

test('a table that waits for nobody is refused', async () => {
  await expect(record([{ name: 'a', after: ['ghost'] }])).rejects.toThrow(
    /wait for a step that never comes: a/,
  );
});
