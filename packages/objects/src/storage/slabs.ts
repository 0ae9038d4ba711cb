/** One system call and one message to the thread that hashes; two of them are all that an upload holds. */
export const SLAB_BYTES = 128 * 1024;

/** Each of those calls and messages wakes another thread, which costs more than the bytes: a long body has slabs four times as long. */
export const LONG_SLAB_BYTES = 4 * SLAB_BYTES;

/** Pairs of long slabs that there are at most. Uploads beyond that do with short ones, so that many cost little memory. */
const LONG_PAIRS = 4;

/** Pairs of each kind that are kept for the next uploads. */
const MOST_FREE = 32;

export type SlabPair = readonly [Uint8Array, Uint8Array];

type Wanted = {
  /** Those that threads share are filled four times slower than others. */
  shared: boolean;
  /** How many bytes will come, where that is known. */
  bytes: number | undefined;
};

/** Buffers that are used again and again: what arrives in small chunks would otherwise pile up as garbage. */
export class SlabPool {
  readonly #free = new Map<string, SlabPair[]>();
  #longTaken = 0;

  take({ shared, bytes = Number.POSITIVE_INFINITY }: Wanted): SlabPair {
    const long = bytes >= 2 * LONG_SLAB_BYTES && this.#longTaken < LONG_PAIRS;
    if (long) this.#longTaken += 1;
    const length = long ? LONG_SLAB_BYTES : SLAB_BYTES;
    return this.#freeOnes(shared, length).pop() ?? [makeSlab(shared, length), makeSlab(shared, length)];
  }

  giveBack(pair: SlabPair): void {
    const { buffer, byteLength } = pair[0];
    if (byteLength === LONG_SLAB_BYTES) this.#longTaken -= 1;
    const free = this.#freeOnes(buffer instanceof SharedArrayBuffer, byteLength);
    if (free.length < MOST_FREE) free.push(pair);
  }

  #freeOnes(shared: boolean, length: number): SlabPair[] {
    const kind = `${shared ? 'shared' : 'own'} ${length}`;
    const free = this.#free.get(kind) ?? [];
    this.#free.set(kind, free);
    return free;
  }
}

function makeSlab(shared: boolean, length: number): Uint8Array {
  return new Uint8Array(shared ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
}

/**
 * Gathers chunks into two slabs by turns. Each is handed out when it is full, and filled again when the one after
 * the next is asked for and `used` says that nobody else needs it.
 */
export async function* inSlabs(
  chunks: AsyncIterable<Uint8Array>,
  slabs: SlabPair,
  use: (slab: Uint8Array) => Promise<void> | void,
): AsyncGenerator<Uint8Array> {
  const used: [Promise<void> | void, Promise<void> | void] = [undefined, undefined];
  const hand = (slab: Uint8Array): Promise<void> | void => {
    const using = use(slab);
    // Seen when the slab is used again; where it is not, whoever finishes the digest is told.
    using?.catch(() => undefined);
    return using;
  };
  const length = slabs[0].byteLength;
  let turn: 0 | 1 = 0;
  let size = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      if (size === 0) await used[turn];
      const count = Math.min(chunk.byteLength - at, length - size);
      slabs[turn].set(count === chunk.byteLength ? chunk : chunk.subarray(at, at + count), size);
      size += count;
      at += count;
      if (size < length) continue;
      used[turn] = hand(slabs[turn]);
      yield slabs[turn];
      turn = turn === 0 ? 1 : 0;
      size = 0;
    }
  }
  if (size === 0) return;
  const last = slabs[turn].subarray(0, size);
  void hand(last);
  yield last;
}
