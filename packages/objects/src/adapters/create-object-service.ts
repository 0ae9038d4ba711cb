import { mkdir } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseSecrets } from '../access/secrets.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { MediaWorker } from '../media/media-worker.ts';
import type { MayRead } from '../operations/call.ts';
import type { BlobStore, Clock, Log, Random } from '../ports.ts';
import { ObjectService, type ServicePorts } from '../service.ts';
import type { ObjectIndex } from '../storage/object-index.ts';
import { openDiskBlobs } from './disk/disk-blobs.ts';
import { nodeDiskFiles } from './disk/disk-files.ts';
import { MediaPool } from './media/media-pool.ts';
import { findVideoTool } from './media/video-tool.ts';
import { configureServer, createListener } from './node/http-listener.ts';
import { ThreadDigester } from './node/thread-digester.ts';
import { createSystemRandom, lineLog, systemClock } from './node/system.ts';
import { openThreadIndex } from './sqlite/thread-index.ts';
import { openS3Blobs, type S3Options } from './s3/s3-blobs.ts';

export type ObjectServiceOptions = {
  /** The index, and the blobs too unless they are in S3. */
  dataDir: string;
  /** The first signs, all verify. Shared with every process that issues credentials. */
  secrets: readonly string[];
  /** Where clients reach the service, as `https://files.example.org`; the address it listens on when absent. */
  publicURL?: string;
  limits?: Partial<Limits>;
  /** Pages that may ask; all when absent. */
  allowedOrigins?: readonly string[];
  /** Decides downloads that come with a reader token. */
  mayRead?: MayRead;
  unkeptAgeMs?: number;
  s3?: S3Options;
  /** The program that takes pictures of videos, when it is installed. */
  ffmpeg?: string;
  /** Replaces single adapters, for tests. */
  ports?: Partial<ServicePorts>;
};

/** The object service with its HTTP face. */
export type RunningObjectService = ObjectService & {
  /** For a server of one's own; give that to `configureServer` as well. */
  readonly listener: RequestListener;
  configureServer(server: Server): void;
  /** Listens by itself; port 0 takes any free one. Resolves with the port. */
  listen(port: number, host: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens the data, puts the adapters together and starts collecting. `close` ends all of it. */
export async function createObjectService(options: ObjectServiceOptions): Promise<RunningObjectService> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const secrets = parseSecrets(options.secrets);
  const { ports, release } = await openPorts(options, limits);
  const address = { publicURL: options.publicURL?.replace(/\/+$/, '') };
  const service = new ObjectService(ports, {
    secrets,
    publicURL: () => {
      if (address.publicURL !== undefined) return address.publicURL;
      throw new Error('Nobody knows where clients reach the object service: set publicURL, or listen first.');
    },
    limits,
    allowedOrigins: options.allowedOrigins,
    mayRead: options.mayRead,
    unkeptAgeMs: options.unkeptAgeMs,
  });
  service.run();
  const listener = createListener({ ...ports, answer: service.answer, limits });
  const servers: Server[] = [];
  const closeService = service.close.bind(service);
  const close = async () => {
    await Promise.all(servers.map(closeServer));
    await closeService();
    await release();
  };
  return Object.assign(service, {
    listener,
    configureServer: (server: Server) => configureServer(server, limits),
    listen: async (wanted: number, host: string) => {
      const server = createServer(listener);
      configureServer(server, limits);
      servers.push(server);
      const port = await listen(server, wanted, host);
      address.publicURL ??= `http://${reachable(host)}:${port}`;
      return port;
    },
    close,
    [Symbol.asyncDispose]: close,
  });
}

type Opened = { ports: ServicePorts; release: () => Promise<void> };

/** The index comes first: it locks the directory, and nobody may touch what lies there before that. */
async function openPorts(options: ObjectServiceOptions, limits: Limits): Promise<Opened> {
  const { dataDir, ports = {} } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const index = ports.index ?? (await openThreadIndex(join(dataDir, 'index.db')));
  try {
    return await openRest(options, limits, index);
  } catch (error) {
    await index.close();
    throw error;
  }
}

async function openRest(options: ObjectServiceOptions, limits: Limits, index: ObjectIndex): Promise<Opened> {
  const { dataDir, ports: given = {} } = options;
  const clock: Clock = given.clock ?? systemClock;
  const log: Log = given.log ?? lineLog;
  const random: Random = given.random ?? createSystemRandom();
  const hashing = new ThreadDigester();
  const s3 = options.s3 === undefined ? undefined : await openS3Blobs(options.s3);
  const blobs: BlobStore = given.blobs ?? s3 ?? (await openDiskBlobs(dataDir, nodeDiskFiles));
  const media: MediaWorker = given.media ?? (await openMedia(options, { clock, log, limits }));
  return {
    ports: { clock, log, random, digester: given.digester ?? hashing, blobs, media, index },
    release: async () => {
      s3?.close();
      await hashing.close();
    },
  };
}

async function openMedia(
  { dataDir, ffmpeg = 'ffmpeg' }: ObjectServiceOptions,
  deps: { clock: Clock; log: Log; limits: Limits },
): Promise<MediaWorker> {
  const directory = join(dataDir, 'media');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return new MediaPool({ ...deps, videoTool: await findVideoTool(ffmpeg, { ...deps, directory }) });
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(portOf(server.address())));
  });
}

/** As it stands in a URL; an address that means "every interface" is reached on this machine by name. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Transfers under way are cut: their senders resume or retry. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
