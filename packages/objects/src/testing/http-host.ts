import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createObjectService, type RunningObjectService } from '../adapters/create-object-service.ts';
import { openInlineIndex } from '../adapters/sqlite/inline-index.ts';
import type { Credential } from '../access/credential.ts';
import { ObjectError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { ObjectRequest } from '../http/request.ts';
import type { ServicePorts } from '../service.ts';
import { SECRET } from './memory-service.ts';

/** The service behind real sockets on a free port, with a directory that goes with it. */
export class HttpHost {
  readonly service: RunningObjectService;
  readonly port: number;
  readonly warnings: string[];
  readonly #directory: string;

  private constructor(
    service: RunningObjectService,
    port: number,
    rest: { warnings: string[]; directory: string },
  ) {
    this.service = service;
    this.port = port;
    this.warnings = rest.warnings;
    this.#directory = rest.directory;
  }

  static async start(limits: Partial<Limits> = {}, ports: Partial<ServicePorts> = {}): Promise<HttpHost> {
    const directory = await mkdtemp(join(tmpdir(), 'sterna-objects-'));
    const warnings: string[] = [];
    const service = await createObjectService({
      dataDir: directory,
      secrets: [SECRET],
      limits,
      ports: {
        index: openInlineIndex(),
        log: { warn: (event) => warnings.push(event) },
        media: {
          renderImage: () => Promise.reject(new ObjectError('notImplemented')),
          snapshotVideo: () => Promise.reject(new ObjectError('notImplemented')),
          close: async () => undefined,
        },
        ...ports,
      },
    });
    return new HttpHost(service, await service.listen(0, '127.0.0.1'), { warnings, directory });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  credential(maxBytes = 100 * 1024 * 1024): Credential {
    const expiresAtMs = Date.now() + 3_600_000;
    return this.service.issueCredential({ app: '1', user: 'alice', maxBytes, expiresAtMs });
  }

  putURL(key: string, maxBytes = 100 * 1024 * 1024): string {
    const expiresAtMs = Date.now() + 3_600_000;
    return this.service.signPutURL({ app: '1', user: 'alice', key, maxBytes, expiresAtMs });
  }

  getURL(key: string): string {
    return this.service.signGetURL(key, Date.now() + 3_600_000);
  }

  put(key: string, body: Uint8Array): Promise<Response> {
    return fetch(this.putURL(key), { method: 'PUT', body: new Uint8Array(body) });
  }

  /** A connection of which nothing is read or sent by itself. */
  async connect(): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.close();
    await rm(this.#directory, { recursive: true });
  }
}

/** The head of a request as it goes over the wire. */
export function wire({ method, target, headers }: Omit<ObjectRequest, 'body'>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value ?? ''}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** All that comes until the other side closes. */
export async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
}
