import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export type Drawn = 'jpeg' | 'png' | 'gif' | 'webp';

/** A picture whose left half is red and whose right half is blue, so that turning it shows. */
export function drawImage(format: Drawn, width: number, height: number): Promise<Buffer> {
  return redAndBlue(width, height).toFormat(format).toBuffer();
}

/** A photograph that lies on its side, and says where it was taken. */
export function drawPhotograph(width: number, height: number, orientation: number): Promise<Buffer> {
  return redAndBlue(width, height)
    .jpeg()
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Copyright: 'somebody', Make: 'secret camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 30/1' },
    })
    .toBuffer();
}

/** Frames of different greys, one below the other. */
export function drawAnimation(
  format: 'gif' | 'webp',
  { width, height, frames }: { width: number; height: number; frames: number },
): Promise<Buffer> {
  const data = Buffer.alloc(width * height * frames * 4, 255);
  for (let at = 0; at < data.length; at += 4) {
    const frame = Math.floor(at / (width * height * 4));
    data.fill((frame * 40) % 256, at, at + 3);
  }
  const raw = { width, height: height * frames, channels: 4, pageHeight: height } as const;
  return sharp(data, { raw })
    .toFormat(format, { loop: 0, delay: Array.from({ length: frames }, () => 100) })
    .toBuffer();
}

/** A PNG that claims a size and holds next to nothing. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A bitmap of 8, 24 or 32 bits, with its rows upwards as usual, or downwards. */
export function drawBitmap(
  { width, height, bits }: { width: number; height: number; bits: 8 | 24 | 32 },
  colourAt: (x: number, y: number) => readonly [number, number, number],
  downwards = false,
): Buffer {
  const palette = bits === 8 ? 1024 : 0;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const file = Buffer.alloc(54 + palette + stride * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54 + palette, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(downwards ? -height : height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  for (let grey = 0; grey < palette / 4; grey += 1) file.fill(grey, 54 + grey * 4, 57 + grey * 4);
  for (let y = 0; y < height; y += 1) {
    const line = 54 + palette + stride * (downwards ? y : height - 1 - y);
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = colourAt(x, y);
      file.set(bits === 8 ? [red] : [blue, green, red], line + x * (bits / 8));
    }
  }
  return file;
}

function redAndBlue(width: number, height: number): Sharp {
  const half = Math.floor(width / 2);
  const blue = { create: { width: width - half, height, channels: 3, background: 'blue' } } as const;
  const red = { create: { width, height, channels: 3, background: 'red' } } as const;
  return sharp(red).composite([{ input: blue, left: half, top: 0 }]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
