import type { Clock } from '../ports/clock.ts';

/** A clock that moves when told. */
export interface FakeClock extends Clock {
  /** Lets `ms` pass: runs what falls due, in order, with the microtasks of each before the next. */
  advance(ms: number): Promise<void>;
  /** Steps the wall clock only, as an administrator or NTP would. */
  stepWall(ms: number): void;
  /** Timers that have not run. */
  readonly waiting: number;
}

interface Timer {
  dueMs: number;
  order: number;
  run: () => void;
}

/** Starts at `startMs` of the wall clock; the monotonic one starts at 0. */
export function createFakeClock(startMs = 1_700_000_000_000): FakeClock {
  let monotonicMs = 0;
  let wallOffsetMs = startMs;
  let order = 0;
  let timers: Timer[] = [];

  const nextDue = (untilMs: number) => {
    const due = timers.filter((timer) => timer.dueMs <= untilMs);
    return due.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  };

  return {
    nowMs: () => wallOffsetMs + monotonicMs,
    monotonicMs: () => monotonicMs,
    after(delayMs, run) {
      const timer = { dueMs: monotonicMs + Math.max(0, delayMs), order: order++, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      await settle();
      const untilMs = monotonicMs + ms;
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        const { dueMs, run } = timer;
        timers = timers.filter((other) => other !== timer);
        monotonicMs = Math.max(monotonicMs, dueMs);
        run();
        await settle();
      }
      monotonicMs = untilMs;
      await settle();
    },
    stepWall(ms) {
      wallOffsetMs += ms;
    },
    get waiting() {
      return timers.length;
    },
  };
}

/** Lets promise chains run dry: one real turn of the event loop drains every pending microtask. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
