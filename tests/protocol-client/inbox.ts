/** What arrived and was not taken yet, and who waits for what has not arrived. */
export interface Inbox<Item> {
  put(item: Item): void;
  /** The first item, arrived or to come, that `wanted` accepts; it is taken out. Rejects after `withinMs`. */
  take(wanted: (item: Item) => boolean, withinMs: number, what: string): Promise<Item>;
  /** Everything not taken so far; nothing is taken out. */
  readonly waiting: readonly Item[];
  /** No more will come: whoever waits is told. */
  end(reason: Error): void;
}

interface Waiter<Item> {
  wanted: (item: Item) => boolean;
  resolve: (item: Item) => void;
  reject: (reason: Error) => void;
}

export function createInbox<Item>(): Inbox<Item> {
  const waiting: Item[] = [];
  const waiters = new Set<Waiter<Item>>();
  let ended: Error | undefined;

  return {
    waiting,
    put(item) {
      for (const waiter of waiters) {
        if (!waiter.wanted(item)) continue;
        waiters.delete(waiter);
        waiter.resolve(item);
        return;
      }
      waiting.push(item);
    },
    take(wanted, withinMs, what) {
      const index = waiting.findIndex(wanted);
      if (index !== -1) return Promise.resolve(waiting.splice(index, 1)[0] as Item);
      if (ended !== undefined) return Promise.reject(ended);
      const { promise, resolve, reject } = Promise.withResolvers<Item>();
      const waiter = { wanted, resolve, reject };
      waiters.add(waiter);
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        reject(
          new Error(
            `${what} did not come within ${withinMs} ms; waiting: ${JSON.stringify(waiting).slice(0, 2000)}`,
          ),
        );
      }, withinMs);
      return promise.finally(() => clearTimeout(timer));
    },
    end(reason) {
      ended = reason;
      for (const waiter of waiters) waiter.reject(reason);
      waiters.clear();
    },
  };
}
