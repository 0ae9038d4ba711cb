import type { Cancel, Platform } from './platform.ts';

/** One timer: it runs once, for whoever set it last. */
export interface Timer {
  set(ms: number, run: () => void): void;
  /** Leaves a timer that is running as it is. */
  ensure(ms: number, run: () => void): void;
  stop(): void;
}

export function createTimer({ setTimer }: Pick<Platform, 'setTimer'>): Timer {
  let cancel: Cancel | undefined;
  const set: Timer['set'] = (ms, run) => {
    if (cancel) cancel();
    cancel = setTimer(ms, () => {
      cancel = undefined;
      run();
    });
  };
  return {
    set,
    ensure(ms, run) {
      if (!cancel) set(ms, run);
    },
    stop() {
      if (cancel) cancel();
      cancel = undefined;
    },
  };
}
