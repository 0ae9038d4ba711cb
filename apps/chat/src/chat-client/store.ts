/** A value that can be watched: what React's `useSyncExternalStore` asks for, and no more. */
export interface Store<State> {
  get(): State;
  /** Replaces the state; returning the same object tells nobody. */
  update(change: (state: State) => State): void;
  subscribe(listener: () => void): () => void;
}

/**
 * `soon` runs what it is given in a task of its own: however many updates come together, listeners are told once.
 * React draws within the telling; told of each of a flood of messages, it would draw each, and gives up after fifty
 * that come of one another.
 */
export function createStore<State>(initial: State, soon: (run: () => void) => void): Store<State> {
  let state = initial;
  let isDue = false;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    isDue = false;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => state,
    update: (change) => {
      const next = change(state);
      if (Object.is(next, state)) return;
      state = next;
      if (isDue) return;
      isDue = true;
      soon(tell);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
