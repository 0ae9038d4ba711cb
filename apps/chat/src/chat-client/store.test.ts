import { expect, test } from 'vitest';
import { createStore } from './store.ts';

function world() {
  const tasks: (() => void)[] = [];
  const store = createStore(0, (run) => tasks.push(run));
  const told: number[] = [];
  store.subscribe(() => told.push(store.get()));
  return { store, told, nextTask: () => tasks.shift()?.() };
}

test('updates that come together are told once, with the last state', () => {
  const { store, told, nextTask } = world();
  for (let count = 0; count < 200; count += 1) store.update((value) => value + 1);
  expect(store.get()).toBe(200);
  expect(told).toEqual([]);
  nextTask();
  nextTask();
  expect(told).toEqual([200]);
});

test('an update by a listener is told in a task of its own', () => {
  const { store, told, nextTask } = world();
  store.subscribe(() => store.update((value) => Math.min(value + 1, 2)));
  store.update(() => 1);
  nextTask();
  expect(told).toEqual([1]);
  nextTask();
  expect(told).toEqual([1, 2]);
});

test('the same state tells nobody', () => {
  const { store, told, nextTask } = world();
  store.update((value) => value);
  nextTask();
  expect(told).toEqual([]);
});
