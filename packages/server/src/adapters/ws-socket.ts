import type { Socket } from 'node:net';
import { CLOSE } from '@sterna/protocol';
import type { WebSocket } from 'ws';
import type { GatewaySocket, SocketHandlers } from '../gateway/socket.ts';
import { encodePongFrame } from './frame.ts';
import type { Intake } from './intake.ts';
import type { Writer, WriteTurn } from './write-turn.ts';

/** About what one frame may carry: larger batches are several, so that a reader can begin before it has all. */
export const FRAME_TARGET_LENGTH = 128 * 1024;

/** A client that does not take its replies is not read from until it has taken them. */
export const STOP_READING_BYTES = 256 * 1024;

/**
 * Past this nothing more is taken for a client: the last bound, for what was asked for in one turn and answered before reading
 * could stop. What the gateway calls a slow reader is closed long before.
 */
export const MAX_QUEUED_BYTES = 16 * 1024 * 1024;

/** Our reasons are short ASCII; a control frame has room for 123 bytes. */
const MAX_REASON_LENGTH = 120;

export interface WsSocketOptions {
  webSocket: WebSocket;
  /** The TCP socket under `webSocket`: our frames go to it directly and whole, so they cannot interleave with those of `ws`. */
  socket: Socket;
  remoteAddress: string;
  turn: WriteTurn;
  loggedIn: () => void;
}

/** The side of a client's socket that writes. */
export class WsSocket implements GatewaySocket, Writer {
  readonly remoteAddress: string;
  readonly loggedIn: () => void;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #turn: WriteTurn;
  #items: string[] = [];
  #itemsLength = 0;
  #pong: Uint8Array | undefined;
  #isQueued = false;
  #isOpen = true;

  constructor(options: WsSocketOptions) {
    this.remoteAddress = options.remoteAddress;
    this.loggedIn = options.loggedIn;
    this.#webSocket = options.webSocket;
    this.#socket = options.socket;
    this.#turn = options.turn;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(item: string): void {
    if (!this.#isOpen) return;
    if (this.queuedBytes() > MAX_QUEUED_BYTES) {
      this.#forgetItems();
      this.close(CLOSE.slowReader, 'reading too slowly');
      return;
    }
    this.#items.push(item);
    this.#itemsLength += item.length;
    this.#queue();
  }

  /** Of several pings in one turn the last answers for all (RFC 6455, section 5.5.3). */
  pong(data: Uint8Array): void {
    if (!this.#isOpen) return;
    this.#pong = data;
    this.#queue();
  }

  /** What is not encoded yet counts by its characters: it is encoded before the turn ends, and from then on counts exactly. */
  queuedBytes(): number {
    return this.#itemsLength + this.#socket.writableLength;
  }

  close(code: number, reason: string): void {
    if (!this.#isOpen) return;
    this.flush();
    this.#isOpen = false;
    this.#webSocket.close(code, reason.slice(0, MAX_REASON_LENGTH));
    // The peer's own close frame must be read, whatever was waiting.
    this.#webSocket.resume();
  }

  /** Cuts the connection without a word. */
  terminate(): void {
    this.#webSocket.terminate();
  }

  /** The socket is gone: nothing can be sent any more. */
  ended(): void {
    this.#isOpen = false;
    this.#forgetItems();
  }

  flush(): void {
    this.#isQueued = false;
    const items = this.#items;
    const pong = this.#pong;
    this.#forgetItems();
    this.#pong = undefined;
    // Once either side has sent a close frame, nothing may follow it.
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    if (pong !== undefined) this.#socket.write(encodePongFrame(pong));
    for (const batch of batches(items)) this.#write(batch);
    if (this.#socket.writableLength > STOP_READING_BYTES) this.#stopReading();
  }

  #forgetItems(): void {
    this.#items = [];
    this.#itemsLength = 0;
  }

  #queue(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#turn.add(this);
  }

  #write(batch: readonly string[]): void {
    const frame = this.#turn.frameOf(batch);
    if (typeof frame === 'string') this.#socket.write(frame, 'latin1');
    else this.#socket.write(frame);
  }

  #stopReading(): void {
    if (this.#webSocket.isPaused) return;
    this.#webSocket.pause();
    this.#socket.once('drain', () => this.#webSocket.resume());
  }
}

/** Hands what the client sends to the gateway. `failed` hears of errors that the gateway should have caught: they cost one socket. */
export function receiveInto(
  webSocket: WebSocket,
  client: WsSocket,
  handlers: SocketHandlers,
  { intake, failed }: { intake: Intake; failed: (error: unknown) => void },
): void {
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      failed(error);
      client.close(CLOSE.internal, 'internal error');
    }
  };
  // What waited is for nobody when its socket has ended meanwhile: it was not answered, and is sent again elsewhere.
  const handle = (frame: Buffer): void => {
    if (client.isOpen) guarded(() => handlers.onMessage(frame.toString()));
  };
  webSocket.on('message', (data, isBinary) => {
    if (!client.isOpen) return;
    if (isBinary || !Buffer.isBuffer(data)) {
      client.close(CLOSE.badFrame, 'binary frames are not part of the protocol');
    } else {
      intake.take(webSocket, data, handle);
    }
  });
  webSocket.on('ping', (data) => client.pong(data));
  // A malformed frame or a broken connection: `ws` closes by itself, with the standard's code where it still can.
  webSocket.on('error', () => client.ended());
  webSocket.on('close', () => {
    client.ended();
    guarded(() => handlers.onClose());
  });
}

/** The items in groups of about {@link FRAME_TARGET_LENGTH}, in order. */
function batches(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length < 2) return items.length === 0 ? [] : [items];
  const found: string[][] = [];
  let batch: string[] = [];
  let length = 0;
  for (const item of items) {
    if (length > 0 && length + item.length > FRAME_TARGET_LENGTH) {
      found.push(batch);
      batch = [];
      length = 0;
    }
    batch.push(item);
    length += item.length;
  }
  return [...found, batch];
}
