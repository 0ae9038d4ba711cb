import type { BlobStore, ByteRange } from '../ports.ts';
import type { Segment } from './object-index.ts';

/** The bytes of a range, across the segments it touches. */
export async function* readSegments(
  blobs: Pick<BlobStore, 'read'>,
  segments: readonly Segment[],
  range: ByteRange,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const { blob, size } of segments) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, size);
    if (start < end) yield* blobs.read(blob, { start, end });
    offset += size;
    if (offset >= range.end) return;
  }
}

/** The whole of it. */
export function readWhole(
  blobs: Pick<BlobStore, 'read'>,
  segments: readonly Segment[],
): AsyncIterable<Uint8Array> {
  const size = segments.reduce((sum, segment) => sum + segment.size, 0);
  return readSegments(blobs, segments, { start: 0, end: size });
}
