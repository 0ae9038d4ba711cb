import type { Clock } from '@sterna/core';
import type { Host } from './host.ts';
import type { Simulation } from './simulation.ts';

/** 2026-01-01: a time of today's length. */
const EPOCH_MS = 1_767_225_600_000;

/** A wall clock that may be wrong and may step, and a monotonic one that runs true: as on real machines. */
export interface SteppingClock extends Clock {
  step(ms: number): void;
  /** How far the wall clock is off. */
  readonly offMs: number;
}

export function createClock(simulation: Simulation, host: Host, offMs: number): SteppingClock {
  const startedMs = simulation.nowMs;
  let off = offMs;
  return {
    nowMs: () => Math.floor(EPOCH_MS + simulation.nowMs + off),
    monotonicMs: () => simulation.nowMs - startedMs,
    after: (delayMs, run) => host.after(delayMs, 'timer', run),
    step(ms) {
      off += ms;
    },
    get offMs() {
      return off;
    },
  };
}
