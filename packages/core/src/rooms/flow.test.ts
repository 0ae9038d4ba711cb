import { describe, expect, test } from 'vitest';
import { createRoomFlow, type Priority } from './flow.ts';

/** So many of each are said each second, evenly, for ten seconds; what of them came through, a second. */
function through(perSecond: number, said: Partial<Record<Priority, number>>): Record<string, number> {
  const clock = { monotonicMs: () => 0 };
  const flow = createRoomFlow(perSecond, clock);
  const passed: Record<string, number> = {};
  const due = Object.entries(said).flatMap(([priority, rate]) =>
    Array.from({ length: rate * 10 }, (_, index) => ({
      atMs: (index * 1000) / rate,
      priority: priority as Priority,
    })),
  );
  due.sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, priority } of due) {
    clock.monotonicMs = () => atMs;
    if (!flow.take(priority) || atMs < 2_000) continue;
    passed[priority] = (passed[priority] ?? 0) + 1 / 8;
  }
  return passed;
}

/** A flow, and whether something may be said in it at a time. */
function flowOf(perSecond: number) {
  const clock = { monotonicMs: () => 0 };
  const flow = createRoomFlow(perSecond, clock);
  const at = (ms: number, priority: Priority): boolean => {
    clock.monotonicMs = () => ms;
    return flow.take(priority);
  };
  return { flow, at };
}

describe('what may be said in a room', () => {
  test.each<[Partial<Record<Priority, number>>, Partial<Record<Priority, number>>]>([
    [{ Lowest: 100 }, { Lowest: 40 }],
    [{ High: 100 }, { High: 40 }],
    [{ Normal: 30 }, { Normal: 30 }],
    [
      { High: 20, Normal: 100 },
      { High: 20, Normal: 20 },
    ],
    [
      { High: 10, Normal: 20, Low: 100 },
      { High: 10, Normal: 20, Low: 10 },
    ],
    [{ Normal: 50, Lowest: 50 }, { Normal: 40 }],
  ])('of %o a second %o come through', (said, expected) => {
    const passed = through(40, said);
    expect(Object.keys(passed)).toEqual(Object.keys(expected));
    for (const [priority, rate] of Object.entries(expected)) {
      expect(Math.abs((passed[priority] ?? 0) - rate), priority).toBeLessThanOrEqual(1);
    }
  });

  test('a full second at once, and then nothing', () => {
    const { flow, at } = flowOf(40);
    const taken = Array.from({ length: 50 }, () => flow.take('High'));
    expect(taken.filter(Boolean)).toHaveLength(40);
    expect(at(25, 'High')).toBe(true);
    expect(at(26, 'High')).toBe(false);
  });

  test('what is said on other nodes counts', () => {
    const { flow, at } = flowOf(40);
    for (let said = 0; said < 40; said++) flow.spend();
    expect(at(0, 'High')).toBe(false);
  });

  test('a room of one message a second has room for every priority', () => {
    const { at } = flowOf(1);
    expect(at(0, 'Lowest')).toBe(true);
    expect(at(500, 'High')).toBe(false);
    expect(at(1000, 'Lowest')).toBe(true);
  });
});
