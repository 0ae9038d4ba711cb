import type { Thread } from './thread.ts';

interface Callbacks {
  success?: (result: unknown) => void;
  fail?: (result: { errMsg: string }) => void;
  complete?: (result: unknown) => void;
}
interface Task {
  abort(): void;
}
/** `wx.request`, `wx.uploadFile` and their kin. */
type Call<Options extends Callbacks> = (options: Options) => Task;

export interface RequestModel {
  /** Makes a call behave as the host's: what is under way fails when the host interrupts it, and nobody hears of it twice. */
  interruptible<Options extends Callbacks>(name: string, call: Call<Options>): Call<Options>;
  interruptAll(): void;
}

export function createRequests(thread: Thread, isHidden: () => boolean): RequestModel {
  const pending = new Set<() => void>();
  return {
    interruptible: (name, call) => (options) => {
      let isOver = false;
      const settle = (run: ((result: never) => void) | undefined, result: unknown): void => {
        if (isOver) return;
        isOver = true;
        pending.delete(interrupt);
        thread.post(() => {
          run?.(result as never);
          options.complete?.(result);
        });
      };
      const task = call({
        ...options,
        success: (result: unknown) => settle(options.success, result),
        fail: (result: { errMsg: string }) => settle(options.fail, result),
      });
      const interrupt = (): void => {
        settle(options.fail, { errMsg: `${name}:fail interrupted` });
        task.abort();
      };
      pending.add(interrupt);
      // The program must have its task before it hears of a failure.
      if (isHidden()) queueMicrotask(interrupt);
      return task;
    },
    interruptAll() {
      for (const interrupt of [...pending]) interrupt();
    },
  };
}
