import type { EventMap, TIMEvent } from './types/events.ts';

type Subscribe<Events> = <Name extends keyof Events & string>(
  name: Name,
  handler: (event: TIMEvent<Name, Events[Name]>) => unknown,
  context?: unknown,
) => void;

export interface Emitter<Events = EventMap> {
  readonly on: Subscribe<Events>;
  readonly once: Subscribe<Events>;
  /** Removes every registration of the function, or only those made with `context`. */
  readonly off: Subscribe<Events>;
  /** Calls the handlers in the order of their registration, each on its own: one that throws stops no other. */
  readonly emit: <Name extends keyof Events & string>(name: Name, data: Events[Name]) => void;
  readonly clear: () => void;
}

type Listener = {
  call: (event: { name: string; data: unknown }) => unknown;
  /** The application's function and context, by which `off` finds this. */
  handler: unknown;
  context: unknown;
  once: boolean;
  removed: boolean;
};

/** Handlers are the application's code: `report` hears of each that throws, or whose promise rejects. */
export function createEmitter<Events = EventMap>(
  report: (name: keyof Events & string, error: unknown) => void,
): Emitter<Events> {
  const listeners = new Map<string, Listener[]>();

  // Applications written for another version subscribe to names that it does not have: `on(undefined, …)` is no error.
  function add(name: keyof Events & string, handler: unknown, context: unknown, once: boolean): void {
    if (!name || typeof handler !== 'function') return;
    const call: Listener['call'] = (event) => Reflect.apply(handler, context, [event]) as unknown;
    const listener = { call, handler, context, once, removed: false };
    listeners.set(name, [...(listeners.get(name) || []), listener]);
  }

  function remove(name: string, matches: (listener: Listener) => boolean): void {
    const kept = (listeners.get(name) || []).filter((listener) => {
      if (matches(listener)) listener.removed = true;
      return !listener.removed;
    });
    listeners.set(name, kept);
  }

  function run(name: keyof Events & string, listener: Listener, data: unknown): void {
    try {
      const result = listener.call({ name, data });
      if (result instanceof Promise) result.catch((error: unknown) => report(name, error));
    } catch (error) {
      report(name, error);
    }
  }

  return {
    on: (name, handler, context) => add(name, handler, context, false),
    once: (name, handler, context) => add(name, handler, context, true),
    off(name, handler, context) {
      remove(name, (it) => it.handler === handler && (context === undefined || it.context === context));
    },
    emit(name, data) {
      // The arrays are never changed in place, so this one is a snapshot; what is removed meanwhile is skipped.
      for (const listener of listeners.get(name) || []) {
        if (listener.removed) continue;
        if (listener.once) remove(name, (it) => it === listener);
        run(name, listener, data);
      }
    },
    clear: () => listeners.clear(),
  };
}
