import { Buffer } from 'node:buffer';
import type { BlobStore, Clock } from '../ports.ts';

/** Blobs in memory: for tests, and for a demonstration that keeps nothing. */
export function createMemoryBlobs(clock: Pick<Clock, 'nowMs'>, capacityBytes = Infinity): BlobStore {
  const blobs = new Map<string, { bytes: Uint8Array; modifiedMs: number }>();
  let used = 0;
  const remove = (id: string) => {
    used -= blobs.get(id)?.bytes.byteLength ?? 0;
    blobs.delete(id);
  };
  return {
    write: async (id, source) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source) chunks.push(Buffer.from(chunk));
      const bytes = Buffer.concat(chunks);
      used += bytes.byteLength;
      blobs.set(id, { bytes, modifiedMs: clock.nowMs() });
    },
    read: async function* (id, { start, end }) {
      const blob = blobs.get(id);
      if (blob === undefined) throw new Error('There is no such blob.');
      if (end > start) yield blob.bytes.subarray(start, end);
    },
    remove: async (id) => remove(id),
    list: async function* () {
      yield* blobs.keys();
    },
    modifiedMs: async (id) => blobs.get(id)?.modifiedMs,
    freeBytes: async () => capacityBytes - used,
  };
}
