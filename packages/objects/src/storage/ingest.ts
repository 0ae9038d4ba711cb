import { Buffer } from 'node:buffer';
import { ObjectError } from '../errors.ts';
import { PROTOCOL, type Limits } from '../limits.ts';
import { sniffType, typeAllowed } from '../media/media-type.ts';
import type { BlobStore, Clock, DigestChoice, Digester, Digests } from '../ports.ts';
import { inSlabs, type SlabPool } from './slabs.ts';

export type IngestDeps = {
  blobs: BlobStore;
  digester: Digester;
  clock: Clock;
  limits: Limits;
  slabs: SlabPool;
};

/** What a body must keep to, checked while it streams. */
export type BodyRules = {
  maxBytes: number;
  /** As announced by Content-Length. */
  declaredBytes?: number | undefined;
  /** Base64, as announced by Content-MD5. */
  contentMD5?: string | undefined;
  digests: DigestChoice;
  /** Types by their first bytes; any when absent. */
  contentTypes?: readonly string[] | undefined;
  /** Told of every chunk's size before it is stored: throws when there is no room. */
  onBytes?: (count: number) => void;
};

export type Ingested = Digests & { size: number; mediaType: string };

/** Streams a body into a blob. When it rejects, nothing of it stays. */
export async function ingest(
  { blobs, digester, clock, limits, slabs }: IngestDeps,
  id: string,
  body: AsyncIterable<Uint8Array>,
  rules: BodyRules,
): Promise<Ingested> {
  const digest = digester.begin(rules.digests);
  const meter = new Meter(rules);
  const pair = slabs.take({ shared: digest.elsewhere, bytes: rules.declaredBytes });
  try {
    const received = metered(paced(body, clock, limits), meter);
    await blobs.write(
      id,
      inSlabs(received, pair, (slab) => digest.update(slab)),
    );
    const digests = await digest.finish();
    if (rules.contentMD5 !== undefined) checkMD5(rules.contentMD5, digests.md5);
    return { ...digests, size: meter.size, mediaType: meter.mediaType };
  } catch (error) {
    await digest.cancel();
    // The blob may be whole already, and only its digest wrong.
    await blobs.remove(id);
    throw error;
  } finally {
    slabs.giveBack(pair);
  }
}

/** Counts and looks at the bytes of one body. */
class Meter {
  readonly #rules: BodyRules;
  #head = Buffer.alloc(0);
  size = 0;
  mediaType = sniffType(new Uint8Array());

  constructor(rules: BodyRules) {
    this.#rules = rules;
  }

  count(chunk: Uint8Array): void {
    this.size += chunk.byteLength;
    if (this.size > this.#rules.maxBytes) throw new ObjectError('entityTooLarge');
    this.#rules.onBytes?.(chunk.byteLength);
    this.#sniff(chunk);
  }

  end(): void {
    const { declaredBytes } = this.#rules;
    if (declaredBytes !== undefined && this.size !== declaredBytes) throw new ObjectError('incompleteBody');
    this.#checkType();
  }

  /** Gathers the first bytes, however small the chunks are cut. */
  #sniff(chunk: Uint8Array): void {
    const have = this.#head.byteLength;
    if (have >= PROTOCOL.sniffBytes) return;
    this.#head = Buffer.concat([this.#head, chunk.subarray(0, PROTOCOL.sniffBytes - have)]);
    this.mediaType = sniffType(this.#head);
    if (this.#head.byteLength === PROTOCOL.sniffBytes) this.#checkType();
  }

  #checkType(): void {
    const { contentTypes } = this.#rules;
    if (contentTypes !== undefined && !typeAllowed(this.mediaType, contentTypes)) {
      throw new ObjectError('contentTypeRefused');
    }
  }
}

async function* metered(body: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    meter.count(chunk);
    yield chunk;
  }
  meter.end();
}

/** Gives up on a body that stalls, crawls or never ends: each of them would hold its place for ever. */
export async function* paced(
  body: AsyncIterable<Uint8Array>,
  clock: Clock,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  const startedMs = clock.nowMs();
  const iterator = body[Symbol.asyncIterator]();
  const watchdog = new Watchdog(clock, limits.bodyIdleMs);
  let size = 0;
  try {
    for (;;) {
      const step = await watchdog.watch(iterator.next());
      if (step.done === true) return;
      size += step.value.byteLength;
      checkPace(size, clock.nowMs() - startedMs, limits);
      yield step.value;
    }
  } finally {
    watchdog.stop();
  }
}

function checkPace(size: number, elapsedMs: number, limits: Limits): void {
  if (elapsedMs <= limits.bodyIdleMs) return;
  const tooSlow = size < (elapsedMs / 1000) * limits.bodyBytesPerSecond;
  if (tooSlow || elapsedMs > limits.bodyMs) throw new ObjectError('requestTimeout');
}

/** Gives up what takes too long. One timer serves a whole body: setting one for each chunk would cost more than it. */
class Watchdog {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  #cancelTimer: (() => void) | undefined;
  #watched: { sinceMs: number; giveUp: (error: ObjectError) => void } | undefined;

  constructor(clock: Clock, patienceMs: number) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  watch<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#watched = { sinceMs: this.#clock.nowMs(), giveUp: reject };
      if (this.#cancelTimer === undefined) this.#rest(this.#patienceMs);
      promise.then(
        (value) => {
          this.#watched = undefined;
          resolve(value);
        },
        // A body that breaks off is the sender's affair, and no fault of ours.
        (cause: unknown) =>
          reject(cause instanceof ObjectError ? cause : new ObjectError('incompleteBody', { cause })),
      );
    });
  }

  stop(): void {
    this.#cancelTimer?.();
  }

  #rest(delayMs: number): void {
    this.#cancelTimer = this.#clock.after(delayMs, () => {
      const waitedMs = this.#watched === undefined ? 0 : this.#clock.nowMs() - this.#watched.sinceMs;
      if (waitedMs >= this.#patienceMs) this.#watched?.giveUp(new ObjectError('requestTimeout'));
      else this.#rest(this.#patienceMs - waitedMs);
    });
  }
}

function checkMD5(base64: string, md5: string): void {
  const announced = Buffer.from(base64, 'base64');
  if (announced.byteLength !== 16) throw new ObjectError('invalidDigest');
  if (announced.toString('hex') !== md5) throw new ObjectError('badDigest');
}
