/** One system call and one message to the thread that hashes; two of them are all that an upload holds. */
export const SLAB_BYTES = 128 * 1024;

/** Pairs of each kind that are kept for the next uploads. */
const MOST_FREE = 32;

export type SlabPair = readonly [Uint8Array, Uint8Array];

/**
 * Buffers that are used again and again: what arrives in small chunks would otherwise pile up as garbage. Those that
 * threads share are filled four times slower than others.
 */
export class SlabPool {
  readonly #own: SlabPair[] = [];
  readonly #shared: SlabPair[] = [];

  take(shared: boolean): SlabPair {
    const free = shared ? this.#shared : this.#own;
    return free.pop() ?? [makeSlab(shared), makeSlab(shared)];
  }

  giveBack(pair: SlabPair): void {
    const free = pair[0].buffer instanceof SharedArrayBuffer ? this.#shared : this.#own;
    if (free.length < MOST_FREE) free.push(pair);
  }
}

function makeSlab(shared: boolean): Uint8Array {
  return new Uint8Array(shared ? new SharedArrayBuffer(SLAB_BYTES) : new ArrayBuffer(SLAB_BYTES));
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
  let turn: 0 | 1 = 0;
  let size = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      if (size === 0) await used[turn];
      const count = Math.min(chunk.byteLength - at, SLAB_BYTES - size);
      slabs[turn].set(count === chunk.byteLength ? chunk : chunk.subarray(at, at + count), size);
      size += count;
      at += count;
      if (size < SLAB_BYTES) continue;
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
