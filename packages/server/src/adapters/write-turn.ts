import { encodeTextFrame, type EncodedFrame } from './frame.ts';

/** A socket that has something to write at the end of this turn of the event loop. */
export interface Writer {
  flush(): void;
}

/** Gathers the writers of one turn, so that each socket writes once, and equal batches are encoded once. */
export interface WriteTurn {
  /** Calls `flush` at the end of this turn. To be called once for each turn. */
  add(writer: Writer): void;
  /** The frame of a batch of items. A group's message is the same batch for all its receivers. */
  frameOf(items: readonly string[]): EncodedFrame;
}

/** `schedule` runs a function after everything that this turn has ready. */
export function createWriteTurn(schedule: (run: () => void) => void = setImmediate): WriteTurn {
  let writers: Writer[] = [];
  let lastItems: readonly string[] = [];
  let lastFrame: EncodedFrame = '';

  function flushAll(): void {
    const now = writers;
    writers = [];
    for (const writer of now) writer.flush();
    // Nothing outlives its turn: a large frame would otherwise stay for as long as nobody writes.
    lastItems = [];
    lastFrame = '';
  }

  return {
    add(writer) {
      if (writers.length === 0) schedule(flushAll);
      writers.push(writer);
    },
    frameOf(items) {
      if (sameItems(items, lastItems)) return lastFrame;
      lastItems = items;
      lastFrame = encodeTextFrame(`[${items.length === 1 ? items[0] : items.join(',')}]`);
      return lastFrame;
    },
  };
}

function sameItems(items: readonly string[], others: readonly string[]): boolean {
  return items.length === others.length && items.every((item, index) => item === others[index]);
}
