import type { LogEntry, Store } from '@sterna/core';

/** Entries read at once to close a gap. */
const REPAIR_PAGE = 200;

/** Follows one log without a hole: what the bus brings out of order is read from the store. */
export interface LogFeed {
  /** The newest position that has been applied. */
  readonly pos: number;
  /** An entry, however it came. Known ones are dropped. */
  offer(entry: LogEntry): void;
  /** The log is known to have grown to `pos`. */
  catchUp(pos: number): void;
  /** Goes on where a reading failed, or found nothing yet: nobody names the log again until it grows. */
  retry(): void;
}

/** `apply` is called once for each position after `start`, in order. */
export function createLogFeed(options: {
  store: Store;
  log: string;
  start: number;
  apply: (entry: LogEntry) => void;
  repaired: (entries: number) => void;
  failed: (error: unknown) => void;
}): LogFeed {
  const { store, log, apply } = options;
  let pos = options.start;
  let wanted = pos;
  let reading = false;

  function offer(entry: LogEntry): void {
    if (entry.pos <= pos) return;
    if (entry.pos === pos + 1 && !reading) {
      pos = entry.pos;
      apply(entry);
      return;
    }
    catchUp(entry.pos);
  }

  function catchUp(target: number): void {
    wanted = Math.max(wanted, target);
    if (reading || wanted <= pos) return;
    reading = true;
    void repair().then(
      (isHere) => {
        reading = false;
        if (isHere) catchUp(wanted);
      },
      (error: unknown) => {
        // A store that cannot be read now leaves the feed behind, never wrong; the next sweep tries again.
        reading = false;
        options.failed(error);
      },
    );
  }

  /** Whether all that is wanted was there: another node's commit may be announced a moment before it can be read here. */
  async function repair(): Promise<boolean> {
    while (pos < wanted) {
      const entries = await store.entries({ log, after: pos, limit: REPAIR_PAGE });
      if (entries.length === 0) return false;
      for (const entry of entries) {
        pos = entry.pos;
        apply(entry);
      }
      options.repaired(entries.length);
    }
    return true;
  }

  return {
    get pos() {
      return pos;
    },
    offer,
    catchUp,
    retry: () => catchUp(wanted),
  };
}
