import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIntake } from './intake.ts';

/** An intake whose turns are the test's, and sources that note whether they are held. */
function setUp(bounds: { perTurn: number; waitingBytes: number }) {
  let scheduled: (() => void)[] = [];
  const intake = createIntake({ ...bounds, schedule: (run) => void scheduled.push(run) });
  const handled: string[] = [];
  const held = new Set<string>();
  return {
    handled,
    held,
    take(name: string, text: string) {
      const source = { pause: () => void held.add(name), resume: () => void held.delete(name) };
      sources.set(name, sources.get(name) ?? source);
      intake.take(sources.get(name) ?? source, Buffer.from(text), (frame) => handled.push(String(frame)));
    },
    turn() {
      const now = scheduled;
      scheduled = [];
      for (const run of now) run();
      return now.length;
    },
  };
}

const sources = new Map<string, { pause(): void; resume(): void }>();

describe('intake', () => {
  test('handles at once what fits into the turn, and the rest in the turns after it', () => {
    sources.clear();
    const { take, turn, handled } = setUp({ perTurn: 2, waitingBytes: 100 });
    for (const text of ['1', '2', '3', '4', '5']) take('a', text);
    expect(handled).toEqual(['1', '2']);
    turn();
    expect(handled).toEqual(['1', '2', '3', '4']);
    take('b', '6');
    expect(handled).toHaveLength(4);
    turn();
    expect(handled).toEqual(['1', '2', '3', '4', '5', '6']);
    take('a', '7');
    turn();
    expect(handled.at(-1)).toBe('7');
    turn();
    expect(turn(), 'with nothing to do it asks for no turn').toBe(0);
  });

  test('holds who sends more than may wait, until half of it is gone', () => {
    sources.clear();
    const { take, turn, held } = setUp({ perTurn: 1, waitingBytes: 4 });
    take('a', '0');
    for (const text of ['1', '2', '3', '4']) take('a', text);
    expect(held.size).toBe(0);
    take('b', '5');
    take('b', '6');
    expect([...held]).toEqual(['b']);
    for (let turns = 0; turns < 3; turns++) turn();
    expect([...held]).toEqual(['b']);
    turn();
    expect(held.size).toBe(0);
  });

  test('keeps the order, holds nobody for ever, and never handles more than the bound in a turn', () => {
    const step = fc.oneof(fc.constant('turn' as const), fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, perTurn) => {
        sources.clear();
        const world = setUp({ perTurn, waitingBytes: 5 });
        const taken: string[] = [];
        let before = 0;
        const turn = () => {
          world.turn();
          expect(world.handled.length - before).toBeLessThanOrEqual(perTurn * 2);
          before = world.handled.length;
        };
        for (const [index, name] of steps.entries()) {
          if (name === 'turn') turn();
          else if (!world.held.has(name)) world.take(name, taken[taken.push(String(index % 10)) - 1] ?? '');
        }
        for (let turns = 0; turns <= steps.length + 1; turns++) turn();
        expect(world.handled).toEqual(taken);
        expect(world.held.size).toBe(0);
      }),
    );
  });
});
