import { Buffer } from 'node:buffer';
import { ObjectError } from '../errors.ts';
import { PROTOCOL } from '../limits.ts';

/** A multipart/form-data upload, read as far as its file. */
export type UploadForm = {
  /** By lower-case name. Only fields before the file count: who sends it must be known before it is stored. */
  fields: ReadonlyMap<string, string>;
  /** Rejects when the body ends before the file's closing boundary. */
  file: AsyncIterable<Uint8Array>;
};

/** What may stand before the first boundary, and the rest of a boundary's line. */
const PREAMBLE_BYTES = 1024;
const HEADER_BYTES = 8 * 1024;

/** The field that is the file, in the form that object stores take. */
const FILE_FIELD = 'file';

const CRLF = Buffer.from('\r\n', 'latin1');
const BLANK_LINE = Buffer.from('\r\n\r\n', 'latin1');

/** Reads an upload form as a stream: its fields into memory within bounds, its file as it comes. */
export async function parseForm(body: AsyncIterable<Uint8Array>, contentType: string): Promise<UploadForm> {
  const delimiter = Buffer.from(`\r\n--${boundaryOf(contentType)}`, 'latin1');
  const reader = new BodyReader(body);
  await reader.take(delimiter, PREAMBLE_BYTES);
  const fields = new Map<string, string>();
  for (;;) {
    const line = await reader.take(CRLF, PREAMBLE_BYTES);
    // Two hyphens close the form; it ended without a file.
    if (line.toString('latin1').trim() !== '') throw new ObjectError('malformedForm');
    const name = fieldName(await reader.takeHeaders());
    if (name === FILE_FIELD) return { fields, file: reader.stream(delimiter) };
    // A field given twice has two meanings.
    if (fields.has(name) || fields.size === PROTOCOL.formFields) throw new ObjectError('malformedForm');
    fields.set(name, (await reader.take(delimiter, PROTOCOL.formFieldBytes)).toString('utf8'));
  }
}

/** Cuts a stream of chunks at marks, wherever the chunks happen to end. */
class BodyReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  // The first boundary may lack the line break that all others begin with.
  #pending: Buffer = CRLF;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  /** The bytes up to a mark, which is passed over. */
  async take(mark: Buffer, mostBytes: number): Promise<Buffer> {
    for (;;) {
      const at = this.#pending.indexOf(mark);
      if (at > mostBytes || (at === -1 && this.#pending.byteLength > mostBytes + mark.byteLength)) {
        throw new ObjectError('malformedForm');
      }
      if (at !== -1) return this.#cut(at, mark);
      await this.#pull();
    }
  }

  /** The header lines of a part, of which there may be none. */
  async takeHeaders(): Promise<string> {
    this.#pending = Buffer.concat([CRLF, this.#pending]);
    return (await this.take(BLANK_LINE, HEADER_BYTES)).toString('utf8');
  }

  /** The bytes up to a mark, as they come. */
  async *stream(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#pending.indexOf(mark);
      if (at !== -1) {
        yield this.#cut(at, mark);
        return;
      }
      // The last bytes may be the beginning of the mark.
      const safe = this.#pending.byteLength - mark.byteLength + 1;
      if (safe > 0) {
        yield this.#pending.subarray(0, safe);
        this.#pending = this.#pending.subarray(safe);
      }
      await this.#pull();
    }
  }

  #cut(at: number, mark: Buffer): Buffer {
    const taken = this.#pending.subarray(0, at);
    this.#pending = this.#pending.subarray(at + mark.byteLength);
    return taken;
  }

  async #pull(): Promise<void> {
    const step = await this.#chunks.next();
    if (step.done === true) throw new ObjectError('malformedForm');
    this.#pending = Buffer.concat([this.#pending, step.value]);
  }
}

function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType,
  );
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new ObjectError('malformedForm');
  return boundary;
}

function fieldName(headers: string): string {
  const disposition = headers
    .split('\r\n')
    .map((line) => /^content-disposition\s*:\s*form-data\s*;(.*)$/i.exec(line)?.[1])
    .find((parameters) => parameters !== undefined);
  const name = /(?:^|;)\s*name=(?:"([^"]*)"|([^\s;"]+))/i.exec(disposition ?? '');
  const text = name?.[1] ?? name?.[2] ?? '';
  if (text === '') throw new ObjectError('malformedForm');
  return text.toLowerCase();
}
