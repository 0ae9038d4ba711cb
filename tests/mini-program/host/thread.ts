import type { HostHabits } from './limits.ts';
import type { HostTime } from './ports.ts';

interface Timer {
  dueMs: number;
  leftMs: number;
  everyMs: number | undefined;
  run: () => void;
  cancel: (() => void) | undefined;
}

/** The one thread that a program's code runs on. Frozen, it does nothing; what the host had to tell it waits. */
export interface Thread {
  /** The host calls into the program: now, or when it thaws. */
  post(run: () => void): void;
  freeze(): void;
  /** Runs what waited: what was told, then the timers. */
  thaw(): void;
  readonly isFrozen: boolean;
  /** Timers of the program that are waiting. */
  readonly timers: number;
  readonly globals: {
    setTimeout(run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): number;
    clearTimeout(id?: number): void;
    setInterval(run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): number;
    clearInterval(id?: number): void;
  };
}

export function createThread(time: HostTime, habits: Pick<HostHabits, 'thaw'>): Thread {
  const timers = new Map<number, Timer>();
  const told: (() => void)[] = [];
  let made = 0;
  let isFrozen = false;

  function arm(id: number, timer: Timer): void {
    timer.cancel = time.after(Math.max(0, timer.dueMs - time.nowMs()), () => fire(id, timer));
  }

  function fire(id: number, timer: Timer): void {
    if (timer.everyMs === undefined) timers.delete(id);
    else {
      timer.dueMs = time.nowMs() + timer.everyMs;
      arm(id, timer);
    }
    timer.run();
  }

  function add(run: () => void, ms: number, everyMs: number | undefined): number {
    const id = ++made;
    const timer: Timer = { dueMs: time.nowMs() + ms, leftMs: ms, everyMs, run, cancel: undefined };
    timers.set(id, timer);
    if (!isFrozen) arm(id, timer);
    return id;
  }

  function remove(id = 0): void {
    timers.get(id)?.cancel?.();
    timers.delete(id);
  }

  const delayOf = (ms: unknown): number => Math.max(0, Math.ceil(Number(ms) || 0));
  return {
    post(run) {
      if (isFrozen) told.push(run);
      else run();
    },
    freeze() {
      if (isFrozen) return;
      isFrozen = true;
      for (const timer of timers.values()) {
        timer.cancel?.();
        timer.leftMs = Math.max(0, timer.dueMs - time.nowMs());
      }
    },
    thaw() {
      if (!isFrozen) return;
      isFrozen = false;
      for (const [id, timer] of timers) {
        if (habits.thaw === 'goOn') timer.dueMs = time.nowMs() + timer.leftMs;
        arm(id, timer);
      }
      for (const run of told.splice(0)) run();
    },
    get isFrozen() {
      return isFrozen;
    },
    get timers() {
      return timers.size;
    },
    globals: {
      setTimeout: (run, ms, ...args) => add(() => run(...args), delayOf(ms), undefined),
      clearTimeout: remove,
      setInterval: (run, ms, ...args) => add(() => run(...args), delayOf(ms), Math.max(1, delayOf(ms))),
      clearInterval: remove,
    },
  };
}
