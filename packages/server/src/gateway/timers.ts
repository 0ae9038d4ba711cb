import type { Clock } from '@sterna/core';

/** Timers that end together. */
export interface Timers {
  after(delayMs: number, run: () => void): void;
  clear(): void;
}

export function createTimers(clock: Pick<Clock, 'after'>): Timers {
  const waiting = new Set<() => void>();
  return {
    after(delayMs, run) {
      const cancel = clock.after(delayMs, () => {
        waiting.delete(cancel);
        run();
      });
      waiting.add(cancel);
    },
    clear() {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
