const TEXT = 0x81;
const PONG = 0x8a;

/** A frame ready for the socket. A string is to be written as latin1: for plain ASCII that spares making a buffer. */
export type EncodedFrame = string | Buffer;

/** One whole text frame as a server sends it: final, not masked (RFC 6455, section 5.2). */
export function encodeTextFrame(text: string): EncodedFrame {
  const bytes = Buffer.byteLength(text);
  if (bytes === text.length && bytes < 0x1_0000) {
    if (bytes < 126) return String.fromCharCode(TEXT, bytes) + text;
    return String.fromCharCode(TEXT, 126, bytes >> 8, bytes & 0xff) + text;
  }
  const header = headerBytes(bytes);
  const frame = Buffer.allocUnsafe(header + bytes);
  frame[0] = TEXT;
  if (header === 2) frame[1] = bytes;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(bytes, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(bytes), 2);
  }
  frame.write(text, header);
  return frame;
}

/** The answer to a ping: its own data, at most 125 bytes as for every control frame. */
export function encodePongFrame(data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(PONG, data.length), data]);
}

function headerBytes(bytes: number): 2 | 4 | 10 {
  if (bytes < 126) return 2;
  return bytes < 0x1_0000 ? 4 : 10;
}
