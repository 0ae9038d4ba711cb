import type { Bus, Notice } from '@sterna/core';

export interface LocalBusOptions {
  /** A receiver threw. The others are not told of it, and get the notice all the same. */
  onError: (error: unknown) => void;
}

type Receive = (notice: Notice) => void;

/**
 * The bus of a single node: every notice reaches every receiver of its subject, in the order of publication,
 * in the microtask after it. So a publisher never runs a receiver's code inside its own.
 */
export function createLocalBus({ onError }: LocalBusOptions): Bus {
  const receivers = new Map<string, Set<Receive>>();
  let waiting: { to: Set<Receive>; notice: Notice }[] = [];
  let isClosed = false;

  function deliverAll(): void {
    const delivered = waiting;
    waiting = [];
    for (const { to, notice } of delivered) {
      for (const receive of to) {
        try {
          receive(notice);
        } catch (error) {
          onError(error);
        }
      }
    }
  }

  return {
    isAlone: true,
    publish(subject, notice) {
      const to = receivers.get(subject);
      if (to === undefined) return;
      if (waiting.length === 0) queueMicrotask(deliverAll);
      waiting.push({ to, notice });
    },
    async subscribe(subject, receive) {
      if (isClosed) throw new Error('the bus is closed');
      // Wrapped, so that the same function may be subscribed twice and each be ended alone.
      const own: Receive = (notice) => receive(notice);
      const all = receivers.get(subject) ?? new Set();
      receivers.set(subject, all.add(own));
      return () => {
        all.delete(own);
        if (all.size === 0 && receivers.get(subject) === all) receivers.delete(subject);
      };
    },
    async close() {
      isClosed = true;
      receivers.clear();
      waiting = [];
    },
  };
}
