import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What one address may keep open or send before it has asked for anything. */
export const HTTP_BOUNDS = {
  /** A request line and all headers; Node's default is the same. */
  headerBytes: 16 * 1024,
  headers: 100,
  /** From the first byte to the end of the headers, and to the end of the body. */
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 10_000,
  /** How often Node looks for requests that are late. */
  checkMs: 2_000,
  requestsPerSocket: 1000,
  /** Connections beside the clients' sockets: pages and probes. */
  spareConnections: 1000,
} as const;

export interface HttpListenerOptions {
  host: string;
  port: number;
  /** Sockets of clients that the admission allows. */
  connections: number;
  /** Shorter times, for tests. */
  times?: { headersMs: number; requestMs: number; checkMs: number };
  onRequest: RequestListener;
  onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** One port that is listened on. */
export interface HttpListener {
  readonly host: string;
  readonly port: number;
  /** Stops listening; open requests go on. */
  stopAccepting(): void;
  /** Stops listening, and cuts what is open. */
  close(): Promise<void>;
}

/** Resolves when the port is ours, or rejects with Node's error, which names why it is not. */
export async function listen(options: HttpListenerOptions): Promise<HttpListener> {
  const { headersMs, requestMs, checkMs } = options.times ?? HTTP_BOUNDS;
  const server = createServer(
    {
      maxHeaderSize: HTTP_BOUNDS.headerBytes,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: HTTP_BOUNDS.keepAliveMs,
      connectionsCheckingInterval: checkMs,
      noDelay: true,
    },
    options.onRequest,
  );
  server.maxHeadersCount = HTTP_BOUNDS.headers;
  server.maxRequestsPerSocket = HTTP_BOUNDS.requestsPerSocket;
  server.maxConnections = options.connections + HTTP_BOUNDS.spareConnections;
  if (options.onUpgrade !== undefined) server.on('upgrade', options.onUpgrade);
  server.on('clientError', refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // An error from here on is of one connection that was never made: the peer will try again.
  server.on('error', () => undefined);
  return {
    host: options.host,
    port: portOf(server),
    stopAccepting: () => stop(server),
    close: () => close(server),
  };
}

const STATUS_OF: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** What cannot be parsed, or came too slowly, is answered with a word and cut. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  const status = STATUS_OF[error.code ?? ''] ?? '400 Bad Request';
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

function stop(server: Server): void {
  if (server.listening) server.close();
  server.closeIdleConnections();
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    if (server.listening) server.once('close', () => resolve());
    else resolve();
  });
  stop(server);
  server.closeAllConnections();
  await closed;
}
