import type { Clock, Store } from '@sterna/core';
import type { ServerEvents } from './events.ts';

/** The same store, with its commands counted and timed. */
export function observeStore(
  store: Store,
  events: Pick<ServerEvents, 'executed' | 'executionUnknown' | 'committed'>,
  clock: Pick<Clock, 'monotonicMs'>,
): Store {
  let answered = 0;

  /** A batch is what is answered in one go: its promises settle before the microtask that the first of them asks for. */
  function count(): void {
    if (answered === 0) {
      queueMicrotask(() => {
        events.committed(answered);
        answered = 0;
      });
    }
    answered += 1;
  }

  return {
    get epoch() {
      return store.epoch;
    },
    execute(command) {
      const startedMs = clock.monotonicMs();
      const settled = store.execute(command);
      settled.then(
        (outcome) => {
          count();
          events.executed(command.type, outcome, clock.monotonicMs() - startedMs);
        },
        (error: unknown) => events.executionUnknown(command.type, error),
      );
      return settled;
    },
    get: (keys) => store.get(keys),
    scan: (range) => store.scan(range),
    entries: (range) => store.entries(range),
    messages: (range) => store.messages(range),
    changes: (cursor) => store.changes(cursor),
    logs: (range) => store.logs(range),
    close: () => store.close(),
  };
}
