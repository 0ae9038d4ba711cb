import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RANGES_AHEAD } from '../limits.ts';
import { createTape, hasGap, take, type Range } from './tape.ts';

const range = (from: number, to: number, ...positions: number[]): Range<string> => ({
  from,
  to,
  events: positions.map((pos) => [pos, `event ${pos}`] as const),
});
const positions = (events: Range<string>['events']): number[] => events.map(([pos]) => pos);

describe('take', () => {
  test('gives what is next', () => {
    const tape = createTape<string>(3);
    expect(positions(take(tape, range(4, 5, 4, 5)))).toEqual([4, 5]);
    expect(tape.pos).toBe(5);
  });

  test('gives nothing twice', () => {
    const tape = createTape<string>(3);
    take(tape, range(4, 5, 4, 5));
    expect(take(tape, range(4, 5, 4, 5))).toEqual([]);
    expect(positions(take(tape, range(1, 6, 1, 4, 6)))).toEqual([6]);
  });

  test('passes over positions that hold nothing', () => {
    const tape = createTape<string>(0);
    expect(positions(take(tape, range(1, 9, 2)))).toEqual([2]);
    expect(tape.pos).toBe(9);
  });

  test('holds back what came early until the gap is filled', () => {
    const tape = createTape<string>(0);
    expect(take(tape, range(3, 3, 3))).toEqual([]);
    expect(hasGap(tape)).toBe(true);
    expect(positions(take(tape, range(1, 2, 1, 2)))).toEqual([1, 2, 3]);
    expect(hasGap(tape)).toBe(false);
  });

  test('a range of no positions says where the log stands', () => {
    const tape = createTape<string>(2);
    expect(take(tape, range(5, 4))).toEqual([]);
    expect(hasGap(tape)).toBe(true);
    take(tape, range(3, 4, 3, 4));
    expect(hasGap(tape)).toBe(false);
    expect(tape.pos).toBe(4);
  });

  test('holds back a bounded number of ranges, and still knows of the gap', () => {
    const tape = createTape<string>(0);
    for (let pos = 2; pos < 500; pos++) take(tape, range(pos, pos, pos));
    expect(tape.ahead).toHaveLength(RANGES_AHEAD);
    expect(positions(take(tape, range(1, 1, 1)))).toEqual(
      Array.from({ length: RANGES_AHEAD + 1 }, (_, index) => index + 1),
    );
  });

  test('whatever the order, doubling and overlap, each event comes once and in order', () => {
    const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 5 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 10 }), (list, start) => {
        const tape = createTape<string>(start);
        const applied: number[] = [];
        for (const [from, length] of [...list, [start + 1, 50] as const]) {
          // Odd positions hold nothing for this reader.
          const held = Array.from({ length: length + 1 }, (_, index) => from + index).filter(
            (pos) => pos % 2 === 0,
          );
          applied.push(...positions(take(tape, range(from, from + length, ...held))));
        }
        const expected = Array.from({ length: tape.pos - start }, (_, index) => start + 1 + index).filter(
          (pos) => pos % 2 === 0,
        );
        expect(applied).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
