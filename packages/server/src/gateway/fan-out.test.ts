import { describe, expect, test } from 'vitest';
import { createFanOut, HANDED_PER_TURN, LINES_WAITING } from './fan-out.ts';

/** So many receivers, who note what they get and in how many goes. */
function crowd(size: number, turning: string[] = []) {
  const turns: (() => void)[] = [];
  const receivers = new Map<number, { lines: string[]; goes: number }>();
  for (let one = 0; one < size; one++) receivers.set(one, { lines: [], goes: 0 });
  const passed: string[] = [];
  const fanOut = createFanOut<string, { lines: string[]; goes: number }>({
    clock: {
      after(_, run) {
        turns.push(run);
        return () => undefined;
      },
    },
    receivers,
    hand(receiver, lines) {
      receiver.lines.push(...lines);
      receiver.goes += 1;
    },
    isTurningPoint: (line) => turning.includes(line),
    passed(line) {
      passed.push(line);
      if (turning.includes(line)) receivers.delete(0);
    },
  });
  const served = () => [...receivers.values()].filter(({ lines }) => lines.length > 0).length;
  /** Whether there was anything to do. */
  const turn = (): boolean => {
    const run = turns.shift();
    run?.();
    return run !== undefined;
  };
  const finish = (): void => {
    while (turn());
  };
  return { receivers, passed, fanOut, served, turn, finish };
}

describe('handing lines to many', () => {
  test('few get them at once', () => {
    const { fanOut, served, passed } = crowd(HANDED_PER_TURN);
    fanOut.add('a');
    expect(served()).toBe(HANDED_PER_TURN);
    expect(passed).toEqual(['a']);
  });

  test('many get them in slices, a turn each, and what waited together in one go', () => {
    const { fanOut, receivers, served, passed, turn, finish } = crowd(HANDED_PER_TURN * 2 + 1);
    fanOut.add('a');
    fanOut.add('b');
    const after: number[] = [];
    for (let taken = 0; taken < 3; taken++) {
      after.push(served());
      turn();
    }
    expect(after).toEqual([0, HANDED_PER_TURN, HANDED_PER_TURN * 2]);
    fanOut.add('c');
    finish();
    for (const { lines, goes } of receivers.values()) {
      expect(lines).toEqual(['a', 'b', 'c']);
      expect(goes).toBe(2);
    }
    expect(passed).toEqual(['a', 'b', 'c']);
    expect(turn()).toBe(false);
  });

  test('who leaves gets nothing after that, and everything before', () => {
    const { fanOut, receivers, finish } = crowd(HANDED_PER_TURN * 3, ['0 leaves']);
    const leaver = receivers.get(0);
    for (const line of ['a', '0 leaves', 'b']) fanOut.add(line);
    finish();
    expect(leaver?.lines).toEqual(['a', '0 leaves']);
    expect(receivers.get(1)?.lines).toEqual(['a', '0 leaves', 'b']);
    expect(receivers.size).toBe(HANDED_PER_TURN * 3 - 1);
  });

  test('a crowd that has shrunk meanwhile still gets what waits in its order', () => {
    const { fanOut, receivers, finish } = crowd(HANDED_PER_TURN + 1);
    fanOut.add('a');
    receivers.delete(5);
    fanOut.add('b');
    finish();
    expect(receivers.get(7)?.lines).toEqual(['a', 'b']);
  });

  test('not more than so many lines wait', () => {
    const { fanOut, receivers } = crowd(HANDED_PER_TURN * 2);
    const added = LINES_WAITING * 2 + 1;
    for (let line = 0; line < added; line++) fanOut.add(String(line));
    const got = receivers.get(0)?.lines.length ?? 0;
    expect(got).toBeGreaterThanOrEqual(added - LINES_WAITING * 2);
    expect(receivers.get(0)?.lines).toEqual(Array.from({ length: got }, (_, line) => String(line)));
  });
});
