import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { ERRORS, type ErrorName, ObjectError } from '../../errors.ts';
import { AS_IT_IS, type MediaSource, type Picture } from '../../media/media-worker.ts';
import { encodeHeader, FrameReader } from './frames.ts';
import type { RenderRules } from './render-image.ts';

const replySchema = v.object({
  size: v.number(),
  reason: v.optional(v.string()),
  asItIs: v.optional(v.boolean()),
  mediaType: v.optional(v.string()),
  width: v.optional(v.number()),
  height: v.optional(v.number()),
});

/** A rendition larger than this is none. */
const MOST_PICTURE_BYTES = 32 * 1024 * 1024;

/** The script's heap; pixels live outside of it and are bounded by their number. */
const HEAP_MB = 64;

/** One process that renders one picture after another. Whatever goes wrong, it is killed and not used again. */
export class MediaProcess {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #reader: FrameReader;

  constructor() {
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    // A URL's path is not a file's: a space in it is %20.
    const script = fileURLToPath(new URL(`./media-child.${ending}`, import.meta.url));
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, script], {
      stdio: ['pipe', 'pipe', 'ignore'],
      // No variable of ours: secrets come that way.
      env: { PATH: process.env['PATH'] ?? '' },
    });
    // Writing to a process that died fails here as well as at the reply, which tells.
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    this.#child = child;
    this.#input = child.stdin;
    this.#reader = new FrameReader(child.stdout);
  }

  /** Rejects with what the picture is refused for; any other fault leaves the process unusable. */
  async render(source: MediaSource, rules: RenderRules): Promise<Picture | typeof AS_IT_IS> {
    this.#input.write(encodeHeader({ ...rules, size: source.size }));
    for await (const chunk of source.bytes) if (!this.#input.write(chunk)) await this.#drained();
    const header = await this.#reader.header();
    if (header === undefined) throw new Error('The media process has ended.');
    const { size, reason, asItIs, mediaType, width, height } = v.parse(replySchema, header);
    if (reason !== undefined) throw new ObjectError(isErrorName(reason) ? reason : 'imageFailed');
    if (asItIs === true) return AS_IT_IS;
    if (mediaType === undefined || width === undefined || height === undefined || size > MOST_PICTURE_BYTES) {
      throw new Error('The media process gave no picture.');
    }
    const bytes = await this.#reader.bytes(size);
    if (bytes === undefined) throw new Error('The media process has ended.');
    return { bytes, mediaType, width, height };
  }

  /** Resolves when more may be written, or the process is gone: then its reply will tell. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#input.off('drain', done);
        this.#input.off('close', done);
        resolve();
      };
      this.#input.on('drain', done);
      this.#input.on('close', done);
      if (this.#input.destroyed) done();
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Resolves when the process is gone. */
  async ended(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await new Promise((resolve) => this.#child.once('exit', resolve));
  }
}

/** Reads a process's output within a bound. */
export async function readOutput(stream: Readable, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > mostBytes) stream.destroy(new Error('The output is too long.'));
    else chunks.push(chunk);
  });
  await finished(stream);
  return Buffer.concat(chunks);
}

function isErrorName(reason: string): reason is ErrorName {
  return Object.hasOwn(ERRORS, reason);
}
