import { ImError } from './errors.ts';
import { ERRAND_RETRY_MS } from './limits.ts';
import type { Platform } from './platform/platform.ts';
import { createTimer } from './platform/timer.ts';
import { isLocal, isTransient } from './transport/codes.ts';

/** What must be done although nobody waits for it: each errand is tried until it worked, or the server said no. */
export interface Errands {
  /** An errand of the same name that is not done yet is replaced. */
  add(name: string, run: () => Promise<unknown>): void;
  /** The server can be asked again. */
  retry(): void;
  clear(): void;
}

export function createErrands(platform: Pick<Platform, 'setTimer'>): Errands {
  const open = new Map<string, () => Promise<unknown>>();
  const timer = createTimer(platform);

  function add(name: string, run: () => Promise<unknown>): void {
    open.set(name, run);
    const done = (): void => {
      if (open.get(name) === run) open.delete(name);
    };
    run().then(done, (error: unknown) => {
      if (!(error instanceof ImError) || (!isLocal(error.code) && !isTransient(error.code))) done();
      else if (open.get(name) === run) timer.ensure(ERRAND_RETRY_MS, retry);
    });
  }

  function retry(): void {
    timer.stop();
    for (const [name, run] of [...open]) add(name, run);
  }

  return {
    add,
    retry,
    clear() {
      open.clear();
      timer.stop();
    },
  };
}
