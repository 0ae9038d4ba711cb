import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';

/**
 * What passes between the service and its media process: a length, a JSON header of that length, and as many
 * bytes as the header's `size` says.
 */
export const LENGTH_BYTES = 4;

/** The longest header: a few numbers and names. */
const MOST_HEADER_BYTES = 4096;

export function encodeHeader(header: { size: number } & Record<string, unknown>): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.byteLength);
  return Buffer.concat([length, json]);
}

/** Reads exact counts of bytes from a stream, keeping what comes too early. */
export class FrameReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #pending = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The next header, or undefined when the other side has closed between two frames. */
  async header(): Promise<unknown> {
    const length = await this.bytes(LENGTH_BYTES);
    if (length === undefined) return undefined;
    const size = length.readUInt32BE();
    if (size > MOST_HEADER_BYTES) throw new RangeError('The header of a frame is too long.');
    const json = await this.bytes(size);
    return json === undefined ? undefined : JSON.parse(json.toString('utf8'));
  }

  /** Undefined when the stream ends before that many have come. */
  async bytes(count: number): Promise<Buffer | undefined> {
    const taken: Buffer[] = [this.#pending];
    let have = this.#pending.byteLength;
    while (have < count) {
      const step = await this.#chunks.next();
      if (step.done === true) return undefined;
      taken.push(step.value);
      have += step.value.byteLength;
    }
    const all = Buffer.concat(taken);
    this.#pending = all.subarray(count);
    return all.subarray(0, count);
  }
}
