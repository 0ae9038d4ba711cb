import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';

/** So long are the slices of the COS SDKs: what came in slices is known without reading it again. */
export const LEAF_BYTES = 1 << 20;
const HEX_OF_LEAF = 64;

/** Hashes each MiB of a stream by itself. */
export class Leaves {
  #closed = '';
  #open: Hash = createHash('sha256');
  #room = LEAF_BYTES;

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength; ) {
      if (this.#room === 0) this.#close();
      const count = Math.min(this.#room, bytes.byteLength - at);
      this.#open.update(count === bytes.byteLength ? bytes : bytes.subarray(at, at + count));
      this.#room -= count;
      at += count;
    }
  }

  /** At least one, also of nothing. */
  finish(): string {
    return this.#closed + this.#open.digest('hex');
  }

  #close(): void {
    this.#closed = this.finish();
    this.#open = createHash('sha256');
    this.#room = LEAF_BYTES;
  }
}

/** What content is known by: the SHA-256 of up to a MiB, else that of the leaves. Its size is always asked for beside it. */
export function contentDigest(leaves: string): string {
  if (leaves.length <= HEX_OF_LEAF) return leaves;
  return createHash('sha256').update(Buffer.from(leaves, 'hex')).digest('hex');
}

/** The leaves of what was cut into pieces; undefined where a cut is not between two of them. */
export function joinLeaves(pieces: readonly { size: number; leaves: string }[]): string | undefined {
  const between = pieces.slice(0, -1).every(({ size }) => size > 0 && size % LEAF_BYTES === 0);
  const known = pieces.every(({ size, leaves }) => size > 0 && leaves !== '');
  return between && known ? pieces.map(({ leaves }) => leaves).join('') : undefined;
}
