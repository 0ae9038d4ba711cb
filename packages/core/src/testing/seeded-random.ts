import type { Random } from '../ports/random.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Randomness that a seed replays, with what tests and simulations draw beyond the port. */
export interface SeededRandom extends Random {
  /** A whole number in [0, below). */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A stream of its own, so that draws in one part of a test do not move another's. */
  fork(): SeededRandom;
}

/** The same seed gives the same draws on every machine. Not for secrets. */
export function createSeededRandom(seed: number): SeededRandom {
  const next = mulberry32(seed);
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    fraction: next,
    below,
    id: (length) => Array.from({ length }, () => DIGITS.charAt(below(DIGITS.length))).join(''),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    fork: () => createSeededRandom(below(2 ** 32)),
  };
}

/** Mulberry32, a public-domain generator: 32 bits of state are plenty for tests, and it is quick. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
