import { type Credential, type CredentialRequest, issueCredential as issue } from './access/credential.ts';
import type { Secrets } from './access/secrets.ts';
import { issueReaderToken, keyOfGetURL, signGetURL, signPutURL } from './access/signed-url.ts';
import { ObjectError } from './errors.ts';
import { type Answerer, createAnswerer } from './http/answer.ts';
import { type Limits, PROTOCOL } from './limits.ts';
import {
  describeImage,
  describeRendition,
  type ImageDescription,
  type PictureEntry,
} from './media/describe.ts';
import type { MediaWorker } from './media/media-worker.ts';
import { Renditions } from './media/renditions.ts';
import { isKeyOf, newKeyPrefix, safeFileName } from './object-key.ts';
import type { MayRead, OperationDeps } from './operations/call.ts';
import type { BlobStore, Clock, Digester, Log, Random } from './ports.ts';
import { Admission } from './storage/admission.ts';
import { collect, type Collected, type CollectorDeps, runCollector } from './storage/collector.ts';
import { SlabPool } from './storage/slabs.ts';
import type { ObjectFacts, ObjectIndex, Quota, StoredObject } from './storage/object-index.ts';

export type ServicePorts = {
  clock: Clock;
  random: Random;
  log: Log;
  blobs: BlobStore;
  index: ObjectIndex;
  digester: Digester;
  media: MediaWorker;
};

export type ServiceOptions = {
  secrets: Secrets;
  /** Where clients reach the service, without a slash at the end. It may be known only once somebody listens. */
  publicURL: () => string;
  limits: Limits;
  /** Pages of any origin may ask when absent: signatures decide, cookies play no part. */
  allowedOrigins: readonly string[] | undefined;
  mayRead: MayRead | undefined;
  /** Objects no message was said to name are removed after this; never when undefined. */
  unkeptAgeMs: number | undefined;
};

/** The object service without its sockets: what the server composes, and what answers requests. */
export class ObjectService {
  readonly answer: Answerer;
  readonly #ports: ServicePorts;
  readonly #options: ServiceOptions;
  readonly #admission: Admission;
  readonly #renditions: Renditions;
  readonly #collector: CollectorDeps;
  #stopCollector: (() => Promise<void>) | undefined;

  constructor(ports: ServicePorts, options: ServiceOptions) {
    const { limits, secrets, mayRead } = options;
    this.#ports = ports;
    this.#options = options;
    this.#admission = new Admission({ ...ports, limits });
    this.#renditions = new Renditions({ ...ports, limits, worker: ports.media });
    this.#collector = { ...ports, limits, unkeptAgeMs: options.unkeptAgeMs };
    const deps: OperationDeps = {
      ...ports,
      secrets,
      limits,
      admission: this.#admission,
      renditions: this.#renditions,
      slabs: new SlabPool(),
      mayRead,
    };
    this.answer = createAnswerer(deps, options.allowedOrigins);
  }

  /** Collects garbage from now on. */
  run(): void {
    this.#stopCollector ??= runCollector(this.#collector);
  }

  async close(): Promise<void> {
    await this.#stopCollector?.();
    await this.#ports.media.close();
    await this.#ports.index.close();
  }

  /** One round of the collector, for tools and tests. */
  collect(): Promise<Collected> {
    return collect(this.#collector);
  }

  /** A temporary credential, to be handed to a COS SDK's `getAuthorization`. */
  issueCredential(request: CredentialRequest): Credential {
    return issue(this.#options.secrets, request, this.#ports.clock.nowMs());
  }

  /** A fresh folder for the file of one message, with the key of that file in it. */
  newKey(app: string, user: string, fileName: string): { prefix: string; key: string } {
    const prefix = newKeyPrefix(this.#ports.random, app, user);
    return { prefix, key: prefix + safeFileName(fileName) };
  }

  /** Whether `newKey` made this key for the user. */
  isKeyOf(app: string, user: string, key: string): boolean {
    return isKeyOf(app, user, key);
  }

  /** A download URL; add the `query` of a description to it for a rendition. */
  signGetURL(key: string, expiresAtMs: number): string {
    const { secrets, publicURL } = this.#options;
    return signGetURL(secrets, { publicURL: publicURL(), key, expiresAtMs });
  }

  /**
   * The key that a URL of `signGetURL` opens, or opened until it ran out; undefined for any other URL. The service may have had another
   * address since: links of those count with `ofAnyAddress`.
   */
  keyOfURL(url: string, ofAnyAddress = false): string | undefined {
    const { secrets, publicURL } = this.#options;
    return keyOfGetURL(secrets, url, ofAnyAddress ? undefined : publicURL());
  }

  /** An upload URL for a single PUT. */
  signPutURL(request: {
    app: string;
    user: string;
    key: string;
    maxBytes: number;
    expiresAtMs: number;
    contentTypes?: readonly string[];
    exact?: true;
  }): string {
    const { expiresAtMs, contentTypes, ...claims } = request;
    return signPutURL(this.#options.secrets, this.#options.publicURL(), {
      ...claims,
      endMs: expiresAtMs,
      ...(contentTypes === undefined ? {} : { contentTypes: [...contentTypes] }),
    });
  }

  /** Says who reads, for downloads that `mayRead` decides: goes into the parameter `reader` of any object's URL. */
  issueReaderToken(app: string, user: string, expiresAtMs: number): string {
    return issueReaderToken(this.#options.secrets, { app, user, endMs: expiresAtMs });
  }

  /** Size, digest, type and owner of an object, if it is there and whole. */
  async stat(key: string): Promise<ObjectFacts | undefined> {
    const object = await this.#ports.index.getObject({ key });
    if (object === undefined) return undefined;
    const { segments: _, ...facts } = object;
    return facts;
  }

  /** Real sizes of an image and its renditions, which are made if they are not there yet. */
  async describeImage(key: string): Promise<ImageDescription> {
    return describeImage(this.#renditions, await this.#require(key));
  }

  /** Takes a picture of a video; rejects with `notImplemented` where there is no ffmpeg. */
  async describeVideo(key: string): Promise<PictureEntry> {
    return describeRendition(this.#renditions, await this.#require(key), 'snapshot');
  }

  /** Tells that a message of a conversation names these objects, so that they are not collected as unsent. Says how many are there. */
  keep(keys: readonly string[], conversation: string): Promise<number> {
    return this.#ports.index.keepObjects({ keys, conversation, nowMs: this.#ports.clock.nowMs() });
  }

  /** From now on the place shows this object, which is not collected as unsent. Says whether it is there. */
  keepAvatar(place: string, key: string): Promise<boolean> {
    return this.#ports.index.keepAvatar({ place, key, nowMs: this.#ports.clock.nowMs() });
  }

  avatarsOf(place: string): Promise<readonly string[]> {
    return this.#ports.index.avatarsOf({ place });
  }

  /** The place shows these objects no more. */
  async releaseAvatars(place: string, keys: readonly string[]): Promise<void> {
    await this.#ports.index.releaseAvatars({ place, keys });
  }

  /** Whether any place of the app shows the object. */
  isAvatar(app: string, key: string): Promise<boolean> {
    return this.#ports.index.isAvatar({ app, key });
  }

  /** A page of the conversations in which the object was named, in their order. */
  conversationsOf(key: string, after: string, limit: number): Promise<readonly string[]> {
    return this.#ports.index.conversationsOf({ key, after, limit });
  }

  remove(key: string): Promise<boolean> {
    return this.#ports.index.removeObject({ key });
  }

  usage(app: string, user: string): Promise<Quota> {
    return this.#ports.index.usage({ app, owner: user });
  }

  /** Where clients reach it and what they may send: for the reply to a login. */
  get offer(): { publicURL: string; sliceBytes: number; limits: Limits } {
    const { publicURL, limits } = this.#options;
    return { publicURL: publicURL(), sliceBytes: PROTOCOL.sliceBytes, limits };
  }

  get transfers(): { uploads: number; downloads: number } {
    return this.#admission.transfers;
  }

  async #require(key: string): Promise<StoredObject> {
    const object = await this.#ports.index.getObject({ key });
    if (object === undefined) throw new ObjectError('noSuchKey');
    return object;
  }
}
