import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Answerer } from '../../http/answer.ts';
import type { ObjectRequest } from '../../http/request.ts';
import type { Limits } from '../../limits.ts';
import type { Clock, Log } from '../../ports.ts';
import { readBody } from './request-body.ts';

/** What is still read of a body after its request was refused, so that the answer reaches a sender in full flow. */
const LINGER_BYTES = 4 * 1024 * 1024;
const LINGER_MS = 2000;

/** Connections at once; each idle one costs about 10 KB. */
const MOST_CONNECTIONS = 4096;
/** The headers, slowly sent ones too, must be here within this. */
const HEADERS_MS = 15_000;
const KEEP_ALIVE_MS = 15_000;

export type ListenerDeps = { answer: Answerer; clock: Clock; log: Log; limits: Limits };

/** The service behind Node's own HTTP server. It streams both ways and never holds a whole body. */
export function createListener(deps: ListenerDeps): RequestListener {
  return (request, response) => {
    // A reader or writer that goes away is no fault: the streams' own errors end their loops.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    serve(deps, request, response).catch((error: unknown) => {
      deps.log.warn('objects.connection.failed', { error });
      response.destroy();
    });
  };
}

/** Sets the time limits of a server that carries the listener: bodies have limits of their own. */
export function configureServer(server: Server, { bodyMs }: Limits): void {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = bodyMs;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
}

async function serve(deps: ListenerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await deps.answer(readRequest(request));
  try {
    const unread = !request.complete && hasBody(request);
    const bodyless = request.method === 'HEAD' || answer.status === 204 || answer.status === 304;
    const body = bodyless ? undefined : answer.body;
    const sized = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const closing = unread ? { connection: 'close' } : {};
    response.writeHead(answer.status, { ...answer.headers, ...sized, ...closing });
    if (body !== undefined && typeof body !== 'string') return await stream(deps, response, body);
    if (unread) await speakWhileListening(deps.clock, request, response, body);
    response.end(unread ? undefined : body);
  } finally {
    answer.release?.();
  }
}

/** Sends a whole answer while the sender is still talking, and hears it out for a moment before hanging up. */
async function speakWhileListening(
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
  body: string | undefined,
): Promise<void> {
  if (body === undefined || body === '') response.flushHeaders();
  else response.write(body);
  await linger(clock, request);
}

function readRequest(request: IncomingMessage): ObjectRequest {
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: flatten(request.headers),
    body: readBody(request),
  };
}

function flatten(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  const flat: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) {
    flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A fault in the middle cuts the connection: the reader must not take half for the whole. */
async function stream(
  deps: ListenerDeps,
  response: ServerResponse,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const chunk of body) {
      if (!response.write(chunk)) await drained(deps, response);
      if (response.destroyed) return;
    }
    response.end();
  } catch (error) {
    if (!response.destroyed) deps.log.warn('objects.download.failed', { error });
    response.destroy();
  }
}

/** Resolves when more may be written, or the reader is gone or has taken nothing for too long. */
function drained({ clock, limits }: ListenerDeps, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    const cancel = clock.after(limits.readerIdleMs, () => response.destroy());
    response.on('drain', done);
    response.on('close', done);
    if (response.destroyed) done();
  });
}

/** Reads on within bounds: closing at once would reset the connection before the answer is read. */
function linger(clock: Clock, request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    const done = () => {
      cancel();
      resolve();
    };
    const cancel = clock.after(LINGER_MS, done);
    // A stalled reader may still be waiting on the stream, which would keep it from flowing.
    request.removeAllListeners('readable');
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > LINGER_BYTES) done();
    });
    request.on('close', done);
    request.on('end', done);
    request.resume();
    if (request.destroyed || request.complete) done();
  });
}
