import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { SeededRandom } from '@sterna/core/testing';

/** How a server may answer abuse of the WebSocket protocol itself: a close code, or by going on. */
export type Reaction = number | 'goes on' | 'cut';

/** Bytes that break RFC 6455 in one way, or stretch it, with the reactions that are right. */
interface Abuse {
  bytes: (random: SeededRandom) => Buffer;
  right: readonly Reaction[];
}

interface FrameOptions {
  fin?: boolean;
  rsv?: number;
  opcode?: number;
  masked?: boolean;
  /** Announced length, when it is not the payload's own. */
  length?: bigint;
}

const TEXT = 1;
const CONTINUATION = 0;
const CLOSE = 8;
const PING = 9;

/** A request that is answered whoever asks, so a server that goes on says so. */
const REQUEST = '[1,"session.ping",{}]';

export function clientFrame(payload: Uint8Array | string, options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, opcode = TEXT, masked = true } = options;
  const body = Buffer.from(payload);
  const length = options.length ?? BigInt(body.length);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const header = lengthBytes(length, masked ? 0x80 : 0);
  if (!masked) return Buffer.concat([Buffer.of(first), header, body]);
  const mask = Buffer.of(1, 2, 3, 4);
  return Buffer.concat([Buffer.of(first), header, mask, body.map((byte, index) => byte ^ (1 + (index % 4)))]);
}

function lengthBytes(length: bigint, maskBit: number): Buffer {
  if (length < 126n) return Buffer.of(maskBit | Number(length));
  const long = Buffer.alloc(length < 0x1_0000n ? 3 : 9);
  long[0] = maskBit | (length < 0x1_0000n ? 126 : 127);
  if (length < 0x1_0000n) long.writeUInt16BE(Number(length), 1);
  else long.writeBigUInt64BE(length, 1);
  return long;
}

const closePayload = (code: number, reason: Uint8Array | string = ''): Buffer => {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return Buffer.concat([payload, Buffer.from(reason)]);
};

/** The request in pieces of one byte, with `between` after each. */
const inBytes = (between: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat(
    REQUEST.split('').flatMap((character, index) => [
      clientFrame(character, {
        fin: index === REQUEST.length - 1,
        opcode: index === 0 ? TEXT : CONTINUATION,
      }),
      between,
    ]),
  );

const BAD_UTF8 = [
  Buffer.of(0xc3, 0x28),
  Buffer.of(0xed, 0xa0, 0x80),
  Buffer.of(0xf8, 0x88, 0x80, 0x80, 0x80),
  Buffer.of(0xff),
] as const;

export const ABUSES: Readonly<Record<string, Abuse>> = {
  'a plain request': { bytes: () => clientFrame(REQUEST), right: ['goes on'] },
  'an unmasked frame': { bytes: () => clientFrame(REQUEST, { masked: false }), right: [1002] },
  'reserved bits': { bytes: (random) => clientFrame(REQUEST, { rsv: 1 + random.below(7) }), right: [1002] },
  'a reserved opcode': {
    bytes: (random) => clientFrame(REQUEST, { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
    right: [1002],
  },
  'a control frame in pieces': { bytes: () => clientFrame('x', { opcode: PING, fin: false }), right: [1002] },
  'a control frame that is too long': {
    bytes: () => clientFrame('x'.repeat(126), { opcode: PING }),
    right: [1002],
  },
  'a continuation of nothing': { bytes: () => clientFrame('x', { opcode: CONTINUATION }), right: [1002] },
  'a message inside a message': {
    bytes: () => Buffer.concat([clientFrame('[', { fin: false }), clientFrame(REQUEST)]),
    right: [1002],
  },
  'pieces of one byte': { bytes: () => inBytes(), right: ['goes on'] },
  'pieces with pings between': {
    bytes: () => inBytes(clientFrame('?', { opcode: PING })),
    right: ['goes on'],
  },
  'empty pieces': {
    bytes: () =>
      Buffer.concat([
        clientFrame('', { fin: false }),
        clientFrame('', { fin: false, opcode: 0 }),
        clientFrame(REQUEST, { opcode: 0 }),
      ]),
    right: ['goes on'],
  },
  'too many pieces': {
    bytes: () =>
      Buffer.concat([
        clientFrame('[', { fin: false }),
        ...Array.from({ length: 200 }, () => clientFrame(' ', { fin: false, opcode: 0 })),
      ]),
    right: [1008],
  },
  'invalid UTF-8': { bytes: (random) => clientFrame(random.pick([...BAD_UTF8])), right: [1007] },
  'UTF-8 that is cut by a piece': {
    bytes: () =>
      Buffer.concat([
        clientFrame(Buffer.of(0x22, 0xe4, 0xbd), { fin: false }),
        clientFrame(Buffer.of(0x28), { opcode: 0 }),
      ]),
    right: [1007],
  },
  'a binary frame': { bytes: () => clientFrame(REQUEST, { opcode: 2 }), right: [4500] },
  'one byte more than the limit': { bytes: () => clientFrame('', { length: 65_537n }), right: [1009] },
  'a length of 2^63': { bytes: () => clientFrame('', { length: 2n ** 63n }), right: [1002, 1009] },
  'a length of 2^53 + 1': { bytes: () => clientFrame('', { length: 2n ** 53n + 1n }), right: [1009] },
  'pieces beyond the limit together': {
    bytes: () =>
      Buffer.concat([
        clientFrame('x'.repeat(40_000), { fin: false }),
        clientFrame('x'.repeat(40_000), { opcode: 0 }),
      ]),
    right: [1009],
  },
  'a good close': { bytes: () => clientFrame(closePayload(1000, 'bye'), { opcode: CLOSE }), right: [1000] },
  'a close without a code': { bytes: () => clientFrame('', { opcode: CLOSE }), right: [1005, 'cut'] },
  'a close of one byte': { bytes: () => clientFrame('x', { opcode: CLOSE }), right: [1002] },
  'a close with a forbidden code': {
    bytes: (random) =>
      clientFrame(closePayload(random.pick([0, 999, 1004, 1005, 1006, 1015, 2999, 5000])), { opcode: CLOSE }),
    right: [1002],
  },
  'a close with an invalid reason': {
    bytes: () => clientFrame(closePayload(1000, BAD_UTF8[0]), { opcode: CLOSE }),
    right: [1007],
  },
  'a request after a close': {
    bytes: () => Buffer.concat([clientFrame(closePayload(1000), { opcode: CLOSE }), clientFrame(REQUEST)]),
    right: [1000],
  },
  'many pings': {
    bytes: () =>
      Buffer.concat([
        ...Array.from({ length: 500 }, () => clientFrame('x'.repeat(125), { opcode: PING })),
        clientFrame(REQUEST),
      ]),
    right: ['goes on'],
  },
  'half a frame, and the end': { bytes: () => clientFrame(REQUEST).subarray(0, 9), right: ['cut'] },
  noise: {
    bytes: (random) => Buffer.from(Array.from({ length: 200 }, () => random.below(256))),
    right: [1000, 1002, 1005, 1007, 1008, 1009, 4500, 'goes on', 'cut'],
  },
};

/** Sends one abuse on a fresh connection and says how the server took it. */
export async function commit(name: string, port: number, random: SeededRandom): Promise<Reaction> {
  const abuse = ABUSES[name];
  if (abuse === undefined) throw new Error(`no such abuse: ${name}`);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  try {
    const received = collect(socket);
    await handshake(socket, received);
    const bytes = abuse.bytes(random);
    socket.write(bytes);
    if (name.startsWith('half')) socket.end();
    // Noise may announce more than it has: then the server waits, as it should.
    else if (name === 'noise') socket.end(clientFrame(REQUEST));
    return await reaction(socket, received);
  } finally {
    socket.destroy();
  }
}

interface Received {
  bytes: Buffer;
  changed: () => Promise<void>;
}

function collect(socket: Socket): Received {
  const received: Received = {
    bytes: Buffer.alloc(0),
    changed: () =>
      new Promise<void>((resolve) => {
        const changed = (): void => {
          socket.off('data', changed);
          socket.off('close', changed);
          resolve();
        };
        socket.on('data', changed);
        socket.on('close', changed);
      }),
  };
  socket.on('data', (data: Buffer) => {
    received.bytes = Buffer.concat([received.bytes, data]);
  });
  return received;
}

async function handshake(socket: Socket, received: Received): Promise<void> {
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  for (;;) {
    const end = received.bytes.indexOf('\r\n\r\n');
    if (end !== -1) {
      const head = received.bytes.subarray(0, end).toString();
      if (!head.startsWith('HTTP/1.1 101')) throw new Error(`the upgrade was refused: ${head}`);
      received.bytes = received.bytes.subarray(end + 4);
      return;
    }
    if (socket.destroyed) throw new Error('the connection ended in the handshake');
    await received.changed();
  }
}

/** Reads what the server says until it closes, answers the request, or is gone. */
async function reaction(socket: Socket, received: Received): Promise<Reaction> {
  for (;;) {
    const said = firstTelling(received.bytes);
    if (said !== undefined) return said;
    if (socket.destroyed || socket.readyState === 'closed') return 'cut';
    await received.changed();
  }
}

/** The first frame that says how it goes on: a close, or a text. Pongs say nothing. */
function firstTelling(bytes: Buffer): Reaction | undefined {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const opcode = bytes.readUInt8(at) & 0x0f;
    const short = bytes.readUInt8(at + 1);
    const header = short < 126 ? 2 : 4;
    if (at + header > bytes.length) return undefined;
    const length = short < 126 ? short : bytes.readUInt16BE(at + 2);
    if (at + header + length > bytes.length) return undefined;
    if (opcode === CLOSE) return length < 2 ? 1005 : bytes.readUInt16BE(at + header);
    if (opcode === TEXT) return 'goes on';
    at += header + length;
  }
  return undefined;
}
