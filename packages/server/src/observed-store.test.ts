import type { Outcome, Store } from '@sterna/core';
import { createFakeClock, createMemoryStore, createSeededRandom, loginCommand } from '@sterna/core/testing';
import { expect, test } from 'vitest';
import { observeStore } from './observed-store.ts';

function open(store?: Partial<Store>) {
  const clock = createFakeClock();
  const seen: unknown[] = [];
  const memory = createMemoryStore({ clock, random: createSeededRandom(1) });
  const observed = observeStore(
    Object.assign(memory, store),
    {
      executed: (type: string, outcome: Outcome, ms: number) => seen.push([type, outcome.ok, ms]),
      executionUnknown: (type: string) => seen.push([type, 'unknown']),
      committed: (commands: number) => seen.push(['batch', commands]),
    },
    clock,
  );
  return { observed, clock, seen };
}

test('commands are told with their outcome, and what becomes durable together is one batch', async () => {
  const { observed, seen } = open();
  const first = await Promise.all(['a', 'b', 'c'].map((userID) => observed.execute(loginCommand(userID))));
  expect(first.map(({ ok }) => ok)).toEqual([true, true, true]);
  await observed.execute(loginCommand('d'));
  await Promise.resolve();
  const told = ['session.login', true, 0];
  expect(seen).toEqual([told, told, told, ['batch', 3], told, ['batch', 1]]);
});

test('a command of which nobody knows is told too, and its caller hears the error', async () => {
  const lost = new Error('lost');
  const { observed, seen } = open({ execute: () => Promise.reject(lost) });
  await expect(observed.execute(loginCommand('a'))).rejects.toBe(lost);
  expect(seen).toEqual([['session.login', 'unknown']]);
});
