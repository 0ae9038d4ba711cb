import type { Readable } from 'node:stream';

/**
 * The body of a request, in chunks that are gone when the next one is asked for. Node takes memory outside the heap for each of them,
 * and would give it back only when it collects garbage: at the pace of an upload it then does so many times a second, and marks the
 * whole heap each time, which costs more than storing the bytes.
 */
export async function* readBody(request: Readable): AsyncGenerator<Uint8Array> {
  // Left open when a reader stops early: the answer still has to go out over the same socket.
  const chunks: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    yield chunk;
    free(chunk);
  }
}

/** Memory that a chunk shares with others stays. */
function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
