import { Buffer } from 'node:buffer';
import { ERRORS, type ErrorName, ObjectError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { BlobStore, Clock, Digester, Random } from '../ports.ts';
import { contentDigest } from '../storage/leaves.ts';
import { newBlobID } from '../storage/blob-id.ts';
import type { ObjectIndex, Rendition, RenditionKind, StoredObject } from '../storage/object-index.ts';
import { readSegments, readWhole } from '../storage/read-object.ts';
import { HEADER_BYTES, type ImageHeader, readImageHeader } from './image-header.ts';
import { AS_IT_IS, type MediaSource, type MediaWorker, type Picture } from './media-worker.ts';
import { SHORT_SIDES } from './rendition-size.ts';

export type RenditionDeps = {
  blobs: BlobStore;
  index: Pick<ObjectIndex, 'getRendition' | 'putRendition'>;
  digester: Digester;
  random: Random;
  clock: Clock;
  worker: MediaWorker;
  limits: Limits;
};

export type ReadyRendition = Extract<Rendition, { outcome: 'ready' }>;

/** Refusals that will be the same tomorrow, so that the work is not done again for every request. */
const LASTING: ReadonlySet<ErrorName> = new Set([
  'notAnImage',
  'imageTooLarge',
  'imageFailed',
  'notAVideo',
  'videoFailed',
]);

/** Makes renditions when they are first asked for, once each, and keeps them as blobs beside the object. */
export class Renditions {
  readonly #deps: RenditionDeps;
  readonly #making = new Map<string, Promise<Rendition>>();

  constructor(deps: RenditionDeps) {
    this.#deps = deps;
  }

  async get(object: StoredObject, kind: RenditionKind): Promise<ReadyRendition | typeof AS_IT_IS> {
    const rendition =
      (await this.#deps.index.getRendition({ key: object.key, kind })) ?? (await this.#once(object, kind));
    if (rendition.outcome === 'ready') return rendition;
    if (rendition.outcome === AS_IT_IS) return AS_IT_IS;
    throw new ObjectError(isErrorName(rendition.reason) ? rendition.reason : 'imageFailed');
  }

  /** Format and size of an image, read from its first bytes. */
  async header(object: StoredObject): Promise<ImageHeader> {
    const head: Uint8Array[] = [];
    const range = { start: 0, end: Math.min(object.size, HEADER_BYTES) };
    for await (const chunk of readSegments(this.#deps.blobs, object.segments, range)) head.push(chunk);
    const header = readImageHeader(Buffer.concat(head));
    if (header === undefined) throw new ObjectError('notAnImage');
    return header;
  }

  #once(object: StoredObject, kind: RenditionKind): Promise<Rendition> {
    const name = `${kind}/${object.key}`;
    const making = this.#making.get(name) ?? this.#make(object, kind);
    this.#making.set(name, making);
    return making.finally(() => this.#making.delete(name));
  }

  async #make(object: StoredObject, kind: RenditionKind): Promise<Rendition> {
    try {
      const picture = await this.#render(object, kind);
      if (picture === AS_IT_IS) return await this.#note(object, kind, { outcome: AS_IT_IS });
      return await this.#keep(object, kind, picture);
    } catch (error) {
      if (!(error instanceof ObjectError) || !LASTING.has(error.reason)) throw error;
      return this.#note(object, kind, { outcome: 'refused', reason: error.reason });
    }
  }

  /** That there is no picture of its own, so that the work is not done again. */
  async #note(object: StoredObject, kind: RenditionKind, rendition: Rendition): Promise<Rendition> {
    await this.#deps.index.putRendition({ key: object.key, kind, rendition, content: '' });
    return rendition;
  }

  async #render(object: StoredObject, kind: RenditionKind): Promise<Picture | typeof AS_IT_IS> {
    const { blobs, worker, limits } = this.#deps;
    const source: MediaSource = {
      bytes: readWhole(blobs, object.segments),
      size: object.size,
      mediaType: object.mediaType,
      owner: `${object.app}/${object.owner}`,
    };
    if (kind === 'snapshot') {
      if (!object.mediaType.startsWith('video/')) throw new ObjectError('notAVideo');
      return worker.snapshotVideo(source);
    }
    // Before anything is decoded: the header alone says how much memory the pixels would take.
    const { width, height } = await this.header(object);
    if (width * height > limits.imagePixels) throw new ObjectError('imageTooLarge');
    if (object.size > limits.imageBytes) throw new ObjectError('imageTooLarge');
    return worker.renderImage(source, SHORT_SIDES[kind]);
  }

  async #keep(object: StoredObject, kind: RenditionKind, picture: Picture): Promise<Rendition> {
    const { blobs, index, digester } = this.#deps;
    const { bytes, mediaType, width, height } = picture;
    const blob = newBlobID(this.#deps);
    const digest = digester.begin({ md5: false, leaves: true });
    await digest.update(bytes);
    const content = contentDigest((await digest.finish()).leaves);
    await blobs.write(blob, once(bytes));
    const rendition = { outcome: 'ready', blob, size: bytes.byteLength, mediaType, width, height } as const;
    const { blobKept } = await index.putRendition({ key: object.key, kind, rendition, content });
    if (blobKept) return rendition;
    await blobs.remove(blob);
    // An equal picture is kept under another blob, or the object went while this was made.
    const kept = await index.getRendition({ key: object.key, kind });
    if (kept === undefined) throw new ObjectError('noSuchKey');
    return kept;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function isErrorName(reason: string): reason is ErrorName {
  return Object.hasOwn(ERRORS, reason);
}
