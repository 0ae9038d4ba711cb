import { Buffer } from 'node:buffer';

export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'bmp';

/** What an image says of itself before it is decoded. Width and height are as shown, turned by its orientation. */
export type ImageHeader = { format: ImageFormat; width: number; height: number };

/** Enough for the metadata that cameras put in front of the size of a JPEG. */
export const HEADER_BYTES = 1024 * 1024;

/** Reads format and size from the first bytes of an image; undefined when they are not those of one. */
export function readImageHeader(head: Uint8Array): ImageHeader | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const header = readPng(bytes) ?? readGif(bytes) ?? readWebp(bytes) ?? readBmp(bytes) ?? readJpeg(bytes);
  return header === undefined || header.width < 1 || header.height < 1 ? undefined : header;
}

/** The numbers that `imageFormat` of an image message uses. */
export function imageFormatNumber(format: ImageFormat | undefined): number {
  switch (format) {
    case 'jpeg':
      return 1;
    case 'gif':
      return 2;
    case 'png':
      return 3;
    case 'bmp':
      return 4;
    default:
      return 255;
  }
}

function readPng(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { format: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function readGif(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 10 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return undefined;
  return { format: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

function readWebp(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  if (bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const size = (width: number, height: number): ImageHeader => ({ format: 'webp', width, height });
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return size(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const packed = bytes.readUInt32LE(21);
      return size((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return size(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
    default:
      return undefined;
  }
}

function readBmp(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 26 || bytes.toString('latin1', 0, 2) !== 'BM') return undefined;
  if (bytes.readUInt32LE(14) === 12) {
    return { format: 'bmp', width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) };
  }
  // A negative height says that the rows run downwards.
  return { format: 'bmp', width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
}

/** Markers that begin a frame, whose header has the size; 0xC4, 0xC8 and 0xCC are none. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function readJpeg(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let orientation = 1;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (isFrame(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return { format: 'jpeg', ...(orientation >= 5 ? { width: height, height: width } : { width, height }) };
    }
    if (marker === 0xe1)
      orientation = readOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

const ORIENTATION_TAG = 0x0112;

/** The orientation of an Exif segment, 1 to 8; from 5 on, width and height change places. */
function readOrientation(exif: Buffer): number | undefined {
  if (exif.length < 14 || exif.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = exif.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const uint16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return undefined;
  const entries = uint16(directory);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return undefined;
    if (uint16(at) === ORIENTATION_TAG) return uint16(at + 8);
  }
  return undefined;
}
