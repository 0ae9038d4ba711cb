import { Buffer } from 'node:buffer';
import type { Credential, CredentialRequest } from '../access/credential.ts';
import { parseSecrets } from '../access/secrets.ts';
import { openInlineIndex } from '../adapters/sqlite/inline-index.ts';
import { ObjectError } from '../errors.ts';
import type { ObjectRequest, ObjectResponse } from '../http/request.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { MediaWorker } from '../media/media-worker.ts';
import type { BlobStore } from '../ports.ts';
import { ObjectService, type ServiceOptions } from '../service.ts';
import { inlineDigester } from '../storage/inline-digester.ts';
import { createMemoryBlobs } from '../storage/memory-blobs.ts';
import type { ObjectIndex } from '../storage/object-index.ts';
import { signedRequest, targetOf, type Wanted } from './cos-client.ts';
import { FakeClock } from './fake-clock.ts';
import { seededRandom } from './seeded-random.ts';

export const SECRET = 'a secret of the tests that is long enough';

export type Received = { status: number; headers: Record<string, string>; body: Buffer; code: string };

/** The whole service on a fake clock, without sockets or files. */
export class MemoryService {
  readonly clock = new FakeClock();
  readonly blobs: BlobStore;
  readonly index: ObjectIndex = openInlineIndex();
  readonly service: ObjectService;
  readonly warnings: string[] = [];

  constructor(
    options: Partial<Omit<ServiceOptions, 'limits'>> & {
      limits?: Partial<Limits>;
      capacityBytes?: number;
      media?: MediaWorker;
      blobs?: (inner: BlobStore) => BlobStore;
    } = {},
  ) {
    const { limits, capacityBytes, media, blobs, ...rest } = options;
    const memory = createMemoryBlobs(this.clock, capacityBytes ?? 1e15);
    this.blobs = blobs?.(memory) ?? memory;
    this.service = new ObjectService(
      {
        clock: this.clock,
        random: seededRandom('memory service'),
        log: { warn: (event) => this.warnings.push(event) },
        blobs: this.blobs,
        index: this.index,
        digester: inlineDigester,
        media: media ?? noMedia,
      },
      {
        secrets: parseSecrets([SECRET]),
        publicURL: () => 'http://files.example.org',
        allowedOrigins: undefined,
        mayRead: undefined,
        unkeptAgeMs: undefined,
        ...rest,
        limits: { ...DEFAULT_LIMITS, ...limits },
      },
    );
  }

  /** A credential for all keys of alice in app 1, unless asked for otherwise. */
  credential(request: Partial<CredentialRequest> = {}): Credential {
    return this.service.issueCredential({
      app: '1',
      user: 'alice',
      maxBytes: 1 << 20,
      expiresAtMs: this.clock.nowMs() + 3_600_000,
      ...request,
    });
  }

  /** Signs, sends and reads the whole answer. */
  send(wanted: Wanted, credential: Credential = this.credential()): Promise<Received> {
    return this.receive(signedRequest(credential, wanted));
  }

  /** Sends what nobody signed. */
  sendPlain(method: string, target: string, headers: Record<string, string> = {}): Promise<Received> {
    const body = (async function* (): AsyncGenerator<Uint8Array> {})();
    return this.receive({ method, target, headers: { host: 'files.example.org', ...headers }, body });
  }

  async receive(request: ObjectRequest): Promise<Received> {
    const response = await this.service.answer(request);
    const body = await readBody(response);
    response.release?.();
    const { status, headers } = response;
    return { status, headers, body, code: /<Code>(.*?)<\/Code>/.exec(body.toString('utf8'))?.[1] ?? '' };
  }

  /** Puts an object and reads its URL back, as a receiver would. */
  async download(key: string, query = ''): Promise<Received> {
    const url = new URL(this.service.signGetURL(key, this.clock.nowMs() + 60_000));
    return this.sendPlain('GET', `${targetOf(key)}${url.search}${query === '' ? '' : `&${query}`}`);
  }

  async blobIDs(): Promise<string[]> {
    const ids: string[] = [];
    for await (const id of this.blobs.list()) ids.push(id);
    return ids;
  }
}

export const noMedia: MediaWorker = {
  renderImage: () => Promise.reject(new ObjectError('notImplemented')),
  snapshotVideo: () => Promise.reject(new ObjectError('notImplemented')),
  close: async () => undefined,
};

export async function readBody({ body }: ObjectResponse): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
