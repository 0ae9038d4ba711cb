import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LIMITS } from '@sterna/protocol';
import { WebSocketServer } from 'ws';
import type { GatewaySocket, SocketHandlers } from '../gateway/socket.ts';
import type { OriginRule } from '../http/origin.ts';
import type { Admission, Place } from '../limiting/admission.ts';
import type { ClientAddress } from './client-address.ts';
import { createIntake } from './intake.ts';
import { receiveInto, WsSocket } from './ws-socket.ts';
import { createWriteTurn } from './write-turn.ts';

/** Where clients open their sockets. */
export const WEBSOCKET_PATH = '/ws';

/** No honest client sends a request in pieces; proxies may cut one in a few. */
const MAX_FRAGMENTS = 64;

/** Pieces of one frame as TCP brought them: at one byte each, the largest frame would be 65,536. */
const MAX_BUFFERED_CHUNKS = 4096;

/** Of all clients together: what one commit of the embedded store takes, some 10 ms of work. */
const FRAMES_PER_TURN = 512;

/** Of all clients together. What waits beyond it waits at the clients, or on the way. */
const WAITING_BYTES = 8 * 1024 * 1024;

/** A client that does not answer our close frame is cut off. */
const CLOSE_TIMEOUT_MS = 5000;

export interface UpgradeOptions {
  accept: (socket: GatewaySocket) => SocketHandlers;
  isOriginAllowed: OriginRule;
  admission: Admission;
  addressOf: ClientAddress;
  /** A socket was refused before it was one; 403 is for the origin that it named. */
  turnedAway: (status: number, origin: string | undefined) => void;
  failed: (error: unknown) => void;
}

/** Answers upgrade requests: 403, 404, 429 or 503 before anything of a socket is made, else a socket for the gateway. */
export interface Upgrades {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** From now on everybody is asked to come back later. */
  stop(): void;
  /** Cuts whatever is still open. */
  terminate(): void;
  /** Bytes that wait for all sockets together. */
  queuedBytes(): number;
}

export function createUpgrades(options: UpgradeOptions): Upgrades {
  const { admission, addressOf } = options;
  const serverOptions = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LIMITS.frameBytes,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_BUFFERED_CHUNKS,
    // Not in the typings yet.
    closeTimeout: CLOSE_TIMEOUT_MS,
    autoPong: false,
    // No subprotocol is ours, and naming one back that we do not speak would be a lie.
    handleProtocols: () => false as const,
  };
  const server = new WebSocketServer(serverOptions);
  const turn = createWriteTurn();
  const intake = createIntake({ perTurn: FRAMES_PER_TURN, waitingBytes: WAITING_BYTES });
  const clients = new Set<WsSocket>();
  let isStopping = false;

  function refusalFor(request: IncomingMessage): number | undefined {
    const path = request.url?.split('?', 1)[0];
    if (path !== WEBSOCKET_PATH) return 404;
    if (isStopping) return 503;
    return options.isOriginAllowed(request.headers.origin, request.headers.host) ? undefined : 403;
  }

  function open(request: IncomingMessage, socket: Socket, head: Buffer, place: Place): void {
    const remoteAddress = addressOf(request);
    // Until the socket is a WebSocket its end is only seen here, and afterwards as well.
    socket.once('close', () => place.left());
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const client = new WsSocket({ webSocket, socket, remoteAddress, turn, loggedIn: () => place.known() });
      clients.add(client);
      webSocket.once('close', () => clients.delete(client));
      receiveInto(webSocket, client, options.accept(client), { intake, failed: options.failed });
    });
  }

  return {
    handle(request, socket, head) {
      // A peer that resets the connection at this moment must not be an uncaught error.
      socket.on('error', () => socket.destroy());
      const status = refusalFor(request);
      const place = status === undefined ? admission.enter(addressOf(request)) : undefined;
      if (typeof place === 'object' && socket instanceof Socket) {
        open(request, socket, head, place);
        return;
      }
      const answer = status ?? (place === 'tooMany' ? 429 : 503);
      options.turnedAway(answer, request.headers.origin);
      refuse(socket, answer);
    },
    stop() {
      isStopping = true;
    },
    terminate() {
      for (const client of clients) client.terminate();
    },
    queuedBytes() {
      let bytes = 0;
      for (const client of clients) bytes += client.queuedBytes();
      return bytes;
    },
  };
}

function refuse(socket: Duplex, status: number): void {
  const name = STATUS_CODES[status] ?? '';
  const retry = status === 429 || status === 503 ? 'Retry-After: 5\r\n' : '';
  const head = `HTTP/1.1 ${status} ${name}\r\nConnection: close\r\nContent-Type: text/plain\r\n${retry}`;
  socket.once('finish', () => socket.destroy());
  socket.end(`${head}Content-Length: ${name.length}\r\n\r\n${name}`);
}
