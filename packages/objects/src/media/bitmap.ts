import { Buffer } from 'node:buffer';

/** Pixels row by row from the top, three bytes each. */
export type Pixels = { width: number; height: number; data: Uint8Array };

const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;

/**
 * Decodes the bitmaps that programs write today: 8 bits with a palette, 24 or 32 bits, uncompressed. The image
 * library reads none. Undefined for any other.
 */
export function decodeBitmap(bytes: Uint8Array): Pixels | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 54 || file.toString('latin1', 0, 2) !== 'BM' || file.readUInt32LE(14) < 40)
    return undefined;
  const [width, signedHeight] = [file.readInt32LE(18), file.readInt32LE(22)];
  const [bits, compression] = [file.readUInt16LE(28), file.readUInt32LE(30)];
  const height = Math.abs(signedHeight);
  const plain = compression === UNCOMPRESSED || (compression === BIT_FIELDS && bits === 32);
  if (width < 1 || height < 1 || !plain || ![8, 24, 32].includes(bits)) return undefined;

  const start = file.readUInt32LE(10);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start + stride * height > file.length) return undefined;
  const colourAt = bits === 8 ? paletteReader(file) : (at: number) => at;
  const data = Buffer.allocUnsafe(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const line = start + stride * (signedHeight < 0 ? row : height - 1 - row);
    for (let column = 0; column < width; column += 1) {
      const source = colourAt(line + column * (bits / 8));
      const target = (row * width + column) * 3;
      data[target] = file[source + 2] ?? 0;
      data[target + 1] = file[source + 1] ?? 0;
      data[target + 2] = file[source] ?? 0;
    }
  }
  return { width, height, data };
}

/** Where the colour is that a byte of an 8-bit image points to. */
function paletteReader(file: Buffer): (at: number) => number {
  const palette = 14 + file.readUInt32LE(14);
  return (at) => palette + (file[at] ?? 0) * 4;
}
