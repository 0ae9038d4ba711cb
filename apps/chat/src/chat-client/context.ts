import { LIMITS } from './limits.ts';
import type { Failure } from './message-item.ts';
import type { ChatState, Notice } from './state.ts';
import type { Store } from './store.ts';
import type { Tim } from './tim.ts';

export interface Clock {
  nowMs(): number;
  after(ms: number, run: () => void): void;
  /** In a task of its own, after what came in already. */
  soon(run: () => void): void;
}

/** What every group of actions works with. */
export interface Context {
  store: Store<ChatState>;
  clock: Clock;
  /** The SDK instance of whoever is signed in. */
  tim(): Tim;
  /** Updates that are dropped once another user, or nobody, is signed in: late answers touch nothing. */
  updater(): (change: (state: ChatState) => ChatState) => void;
  toast(notice: Notice): void;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Error) {
    const code: unknown = Reflect.get(error, 'code');
    return { code: typeof code === 'number' ? code : 0, message: error.message };
  }
  return { code: 0, message: String(error) };
}

/** Shows a short note for a while; the oldest gives way when there are too many. */
export function createToaster(store: Store<ChatState>, clock: Clock): (notice: Notice) => void {
  let nextID = 1;
  return (notice) => {
    const id = nextID;
    nextID += 1;
    store.update((state) => ({ ...state, toasts: [...state.toasts, { id, notice }].slice(-LIMITS.toasts) }));
    clock.after(LIMITS.toastMs, () => {
      store.update((state) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) }));
    });
  };
}
