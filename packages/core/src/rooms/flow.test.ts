import { describe, expect, test } from 'vitest';
import { createRoomFlow, type Priority } from './flow.ts';

/** So many of each are said each second, evenly, for ten seconds; what of them came through, a second. */
function through(perSecond: number, said: Partial<Record<Priority, number>>): Record<string, number> {
  const flow = createRoomFlow(perSecond, 0);
  const passed: Record<string, number> = {};
  const due = Object.entries(said).flatMap(([priority, rate]) =>
    Array.from({ length: rate * 10 }, (_, index) => ({
      atMs: (index * 1000) / rate,
      priority: priority as Priority,
    })),
  );
  due.sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, priority } of due) {
    if (!flow.take(priority, atMs) || atMs < 2_000) continue;
    passed[priority] = (passed[priority] ?? 0) + 1 / 8;
  }
  return passed;
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
    const flow = createRoomFlow(40, 0);
    const taken = Array.from({ length: 50 }, () => flow.take('High', 0));
    expect(taken.filter(Boolean)).toHaveLength(40);
    expect(flow.take('High', 25)).toBe(true);
    expect(flow.take('High', 26)).toBe(false);
  });

  test('what is said on other nodes counts', () => {
    const flow = createRoomFlow(40, 0);
    for (let said = 0; said < 40; said++) flow.spend(0);
    expect(flow.take('High', 0)).toBe(false);
  });

  test('a room of one message a second has room for every priority', () => {
    const flow = createRoomFlow(1, 0);
    expect(flow.take('Lowest', 0)).toBe(true);
    expect(flow.take('High', 500)).toBe(false);
    expect(flow.take('Lowest', 1000)).toBe(true);
  });
});
