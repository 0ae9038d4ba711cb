import type { Clock } from '@sterna/core';

/** Receivers that are handed to in one turn of the event loop: some ten milliseconds of work, their writes included. */
export const HANDED_PER_TURN = 1_000;

/** Lines that may wait; past them the work is done at once, however long the turn: whoever makes more of them waits with it. */
export const LINES_WAITING = 1_000;

/** Hands lines to many receivers, in their order, without holding up everybody else for long. */
export interface FanOut<Line> {
  add(line: Line): void;
}

export interface FanOutOptions<Line, Receiver> {
  clock: Pick<Clock, 'after'>;
  /** Who receives now. Whoever comes while lines wait has to find out by other means what they say. */
  receivers: { readonly size: number; values(): Iterable<Receiver> };
  /** Lines that have waited together leave together: so a receiver who gets many is written to once. */
  hand(receiver: Receiver, lines: readonly Line[]): void;
  /** Whether the line changes who receives: then it is handed before anything that follows it, and `passed` called in between. */
  isTurningPoint?: (line: Line) => boolean;
  passed?: (line: Line) => void;
}

/**
 * Few receivers are handed to at once. To many it is done in slices, one a turn; what is added meanwhile waits for the next round.
 * The more that wait, the fewer writes for each of them: under load it gets cheaper instead of later.
 */
export function createFanOut<Line, Receiver>(options: FanOutOptions<Line, Receiver>): FanOut<Line> {
  const { clock, receivers, hand, isTurningPoint = () => false, passed } = options;
  let waiting: Line[] = [];
  let round: { lines: Line[]; to: Receiver[]; next: number } | undefined;

  function handAtOnce(line: Line): void {
    const lines = [line];
    for (const receiver of receivers.values()) hand(receiver, lines);
    passed?.(line);
  }

  function begin(): void {
    const turning = waiting.findIndex(isTurningPoint);
    const lines = turning < 0 ? waiting : waiting.slice(0, turning + 1);
    waiting = turning < 0 ? [] : waiting.slice(turning + 1);
    round = { lines, to: [...receivers.values()], next: 0 };
  }

  /** One slice; afterwards the round may be over, and the next one begun. */
  function step(): void {
    if (round === undefined) begin();
    if (round === undefined) return;
    const { lines, to, next } = round;
    round.next = Math.min(to.length, next + HANDED_PER_TURN);
    for (const receiver of to.slice(next, round.next)) hand(receiver, lines);
    if (round.next < to.length) return;
    round = undefined;
    if (passed !== undefined) for (const line of lines) passed(line);
  }

  function walk(): void {
    step();
    if (round !== undefined || waiting.length > 0) clock.after(0, walk);
    else isWalking = false;
  }

  let isWalking = false;

  return {
    add(line) {
      if (!isWalking && receivers.size <= HANDED_PER_TURN) return handAtOnce(line);
      waiting.push(line);
      while (waiting.length > LINES_WAITING) step();
      if (isWalking) return;
      isWalking = true;
      clock.after(0, walk);
    },
  };
}
