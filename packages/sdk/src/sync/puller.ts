import { GAP_GRACE_MS, PULL_RETRY_MS, PULLS_AT_ONCE } from '../limits.ts';
import type { Cancel, Platform } from '../platform/platform.ts';
import { createTimer } from '../platform/timer.ts';
import { CODE, isLocal, isTransient } from '../transport/codes.ts';
import type { Log } from './log.ts';

export interface Puller {
  /** Reads what is missing, if anything is, once what overtook others had its moment. */
  later(log: Log): void;
  /** Resolves when nothing is known to be missing any more, or cannot be had now. Starts at once. */
  pull(log: Log | undefined): Promise<void>;
  /** Resolves when nothing is being read. */
  idle(): Promise<void>;
  clear(): void;
}

/** Reads logs that are behind: each once at a time, a few at once, page after page. */
export function createPuller(platform: Pick<Platform, 'setTimer'>, onReset: () => void): Puller {
  const behind = new Set<Log>();
  const queue = new Set<Log>();
  const pulling = new Map<Log, Cancel>();
  const waiters = new Map<Log, (() => void)[]>();
  const timer = createTimer(platform);

  function arm(ms: number): void {
    timer.ensure(ms, () => {
      const due = [...behind];
      behind.clear();
      for (const log of due) if (log.isBehind()) start(log);
    });
  }

  function start(log: Log): void {
    if (!pulling.has(log)) queue.add(log);
    pump();
  }

  function pump(): void {
    for (const log of queue) {
      if (pulling.size >= PULLS_AT_ONCE) return;
      queue.delete(log);
      step(log);
    }
  }

  function step(log: Log): void {
    // Held by a stand-in first: the answer may come before `pull` returns.
    pulling.set(log, () => undefined);
    const cancel = log.pull((outcome) => {
      pulling.delete(log);
      if (outcome === 'more') return step(log);
      if (outcome === 'stuck' || (typeof outcome === 'object' && !end(log, outcome.code))) {
        behind.add(log);
        arm(PULL_RETRY_MS);
      }
      release(log);
      pump();
    });
    if (pulling.has(log)) pulling.set(log, cancel);
  }

  /** Whether trying again is of no use. */
  function end(log: Log, code: number): boolean {
    if (isTransient(code) || isLocal(code)) return false;
    // Until the fresh start the gap stays a gap.
    if (code === CODE.reset) onReset();
    else log.giveUp();
    return true;
  }

  function release(log: Log): void {
    const released = waiters.get(log) || [];
    waiters.delete(log);
    for (const resolve of released) resolve();
  }

  const wait = (log: Log): Promise<void> =>
    new Promise((resolve) => waiters.set(log, [...(waiters.get(log) || []), resolve]));

  return {
    later(log) {
      if (!log.isBehind()) return;
      behind.add(log);
      arm(GAP_GRACE_MS);
    },
    pull(log) {
      if (!log || !log.isBehind()) return Promise.resolve();
      const done = wait(log);
      start(log);
      return done;
    },
    async idle() {
      while (queue.size + pulling.size > 0) {
        const [log] = [...pulling.keys(), ...queue];
        if (log) await wait(log);
      }
    },
    clear() {
      timer.stop();
      for (const cancel of pulling.values()) cancel();
      behind.clear();
      queue.clear();
      pulling.clear();
      for (const log of [...waiters.keys()]) release(log);
    },
  };
}
