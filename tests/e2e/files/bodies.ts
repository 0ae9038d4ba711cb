import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

export interface Body {
  path: string;
  size: number;
  sha256: string;
}

/** Bytes that no two blocks of repeat, the same for every run. */
function noise(seed: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let block = createHash('sha512').update(seed).digest();
  for (let at = 0; at < size; at += block.length) {
    block.copy(bytes, at);
    // A digest of a digest for every few kilobytes would take seconds for a video.
    if (at % 65_536 < block.length) block = createHash('sha512').update(block).digest();
    else block.writeUInt32LE(at, 0);
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const name = Buffer.from(type, 'latin1');
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(Buffer.concat([name, data])), 4);
  return Buffer.concat([ends.subarray(0, 4), name, data, ends.subarray(4)]);
}

/** An image of noise, which no format makes smaller: three bytes a pixel. */
function picture(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = noise('picture', height * (1 + width * 3));
  for (let row = 0; row < height; row += 1) rows[row * (1 + width * 3)] = 0;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What a video's first bytes say; nobody plays the rest. */
function film(size: number): Buffer {
  const bytes = noise('film', size);
  bytes.write('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 0, 'latin1');
  return bytes;
}

const MiB = 1024 * 1024;

/** The files that a person picks, on the disk. */
export function writeBodies(folder: string): Record<'note' | 'photo' | 'video', Body> {
  const write = (name: string, bytes: Buffer): Body => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  return {
    note: write('便签 (1).txt', Buffer.from('sterna, '.repeat(25))),
    photo: write('photo.png', picture(1200, 850)),
    video: write('film.mp4', film(60 * MiB)),
  };
}
