import type { Context } from './context.ts';
import { field } from './payload-fields.ts';
import type { TimMessage } from './tim.ts';

/** Uploads that are under way, by the message's key. */
export interface Transfers {
  /** Runs a send; while it runs `cancelUpload` ends it. A message without a file is only sent. */
  run<Result>(
    key: string,
    message: TimMessage,
    send: (signal: AbortSignal | undefined) => Promise<Result>,
  ): Promise<Result>;
  progress(key: string, fraction: number): void;
}

export interface TransferActions {
  /** Ends the upload of a message's file; the message stays, as not sent. */
  cancelUpload(key: string): void;
}

export function createTransfers(context: Context): Transfers & TransferActions {
  const { store } = context;
  const running = new Map<string, AbortController>();
  /** The upload that the next one of the conversation waits for: files arrive in the order in which they were chosen. */
  const last = new Map<string, Promise<unknown>>();
  const show = (key: string, fraction: number | undefined): void =>
    store.update((state) => {
      const uploads = new Map(state.uploads);
      if (fraction === undefined) uploads.delete(key);
      else uploads.set(key, fraction);
      return { ...state, uploads };
    });

  return {
    run: async (key, { payload, conversationID }, send) => {
      if (field(payload, 'file') === undefined) return await send(undefined);
      const controller = new AbortController();
      running.set(key, controller);
      show(key, 0);
      const { signal } = controller;
      const before = last.get(conversationID);
      // One that is cancelled while it waits need not wait any longer.
      const turn = Promise.race([
        before,
        new Promise((resolve) => signal.addEventListener('abort', resolve)),
      ]);
      const sending = turn.then(() => send(signal));
      const ended = Promise.allSettled([before, sending]);
      last.set(conversationID, ended);
      try {
        return await sending;
      } finally {
        if (last.get(conversationID) === ended) last.delete(conversationID);
        running.delete(key);
        show(key, undefined);
      }
    },
    progress: (key, fraction) => {
      // It may be told once more after the end.
      if (running.has(key)) show(key, fraction);
    },
    cancelUpload: (key) => running.get(key)?.abort(),
  };
}
