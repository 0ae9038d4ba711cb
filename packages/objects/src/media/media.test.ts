import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  drawAnimation,
  drawBitmap,
  type Drawn,
  drawImage,
  drawPhotograph,
  pngClaiming,
} from '../testing/images.ts';
import { decodeBitmap } from './bitmap.ts';
import { imageFormatNumber, readImageHeader } from './image-header.ts';
import { sniffType, typeAllowed } from './media-type.ts';
import { renditionSize } from './rendition-size.ts';

describe('the header of an image', () => {
  const sizes = [
    [1, 1],
    [300, 200],
    [65, 1025],
  ] as const;
  const formats: Drawn[] = ['jpeg', 'png', 'gif', 'webp'];

  test.each(formats.flatMap((format) => sizes.map(([width, height]) => [format, width, height] as const)))(
    '%s of %i by %i',
    async (format, width, height) => {
      const bytes = await drawImage(format, width, height);
      expect(readImageHeader(bytes)).toEqual({ format, width, height });
      expect(sniffType(bytes)).toBe(`image/${format}`);
    },
  );

  test('WebP in its three kinds', async () => {
    const image = sharp(await drawImage('png', 321, 123));
    const lossless = await image.clone().webp({ lossless: true }).toBuffer();
    const extended = await drawAnimation('webp', { width: 321, height: 123, frames: 2 });
    for (const bytes of [lossless, extended]) {
      expect(readImageHeader(bytes)).toEqual({ format: 'webp', width: 321, height: 123 });
    }
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('a photograph with orientation %i', async (orientation) => {
    const bytes = await drawPhotograph(40, 20, orientation);
    const size = orientation >= 5 ? { width: 20, height: 40 } : { width: 40, height: 20 };
    expect(readImageHeader(bytes)).toEqual({ format: 'jpeg', ...size });
  });

  test('bitmaps, upwards and downwards', () => {
    for (const downwards of [false, true]) {
      const bytes = drawBitmap({ width: 5, height: 3, bits: 24 }, () => [1, 2, 3], downwards);
      expect(readImageHeader(bytes)).toEqual({ format: 'bmp', width: 5, height: 3 });
      expect(sniffType(bytes)).toBe('image/bmp');
    }
  });

  test('a claim is read as it stands', () => {
    expect(readImageHeader(pngClaiming(50_000, 50_000))).toEqual({
      format: 'png',
      width: 50_000,
      height: 50_000,
    });
    expect(readImageHeader(pngClaiming(0, 10))).toBeUndefined();
  });

  test('no bytes throw', async () => {
    const beginnings = [
      ...(await Promise.all(formats.map((format) => drawImage(format, 30, 20)))),
      await drawPhotograph(30, 20, 6),
      drawBitmap({ width: 5, height: 3, bits: 8 }, () => [1, 1, 1]),
    ];
    const mangled = fc
      .tuple(
        fc.constantFrom(...beginnings),
        fc.nat(400),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 }),
      )
      .map(([bytes, length, changes]) => {
        const copy = Buffer.from(bytes.subarray(0, length));
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), mangled), (bytes) => {
        readImageHeader(bytes);
        sniffType(bytes);
        decodeBitmap(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['jpeg', 1],
    ['gif', 2],
    ['png', 3],
    ['bmp', 4],
    ['webp', 255],
    [undefined, 255],
  ] as const)('%s has number %i in a message', (format, number) => {
    expect(imageFormatNumber(format)).toBe(number);
  });
});

describe('bitmaps', () => {
  test.each([8, 24, 32] as const)('of %i bits are read as they were drawn', (bits) => {
    const colourAt = (x: number, y: number) =>
      (bits === 8 ? [x * 9 + y, x * 9 + y, x * 9 + y] : [x * 10, y * 20, 7]) as [number, number, number];
    for (const downwards of [false, true]) {
      const pixels = decodeBitmap(drawBitmap({ width: 7, height: 5, bits }, colourAt, downwards));
      expect(pixels).toMatchObject({ width: 7, height: 5 });
      const expected = Array.from({ length: 35 }, (_, at) => colourAt(at % 7, Math.floor(at / 7))).flat();
      expect([...(pixels?.data ?? [])]).toEqual(expected);
    }
  });

  test('that claim more than they hold are none', () => {
    const bytes = drawBitmap({ width: 7, height: 5, bits: 24 }, () => [0, 0, 0]);
    bytes.writeInt32LE(50_000, 18);
    expect(decodeBitmap(bytes)).toBeUndefined();
  });
});

test.each<[string, string, string]>([
  ['MP4', '00000020667479706973 6f6d', 'video/mp4'],
  ['QuickTime', '00000014667479707174 2020', 'video/quicktime'],
  ['M4A', '000000206674797 04d344120', 'audio/mp4'],
  ['HEIC', '00000018667479706865 6963', 'image/heic'],
  ['WebM', '1a45dfa3', 'video/webm'],
  ['MP3 with a tag', '49443304', 'audio/mpeg'],
  ['MP3 without', 'fffb9064', 'audio/mpeg'],
  ['AAC', 'fff15080', 'audio/aac'],
  ['AMR', '2321414d520a', 'audio/amr'],
  ['WAV', '52494646 24000000 57415645', 'audio/wav'],
  ['Ogg', '4f67675300', 'audio/ogg'],
  ['PDF', '255044462d312e37', 'application/pdf'],
  ['ZIP', '504b0304', 'application/zip'],
  ['HTML', '3c68746d6c3e', 'application/octet-stream'],
  ['SVG', '3c737667', 'application/octet-stream'],
  ['text that begins with BM', '424d57206973206120636172206d616b6572', 'application/octet-stream'],
  ['UTF-16 text', 'fffe41004200', 'application/octet-stream'],
  ['nothing', '', 'application/octet-stream'],
])('%s is told by its bytes', (_, hex, type) => {
  expect(sniffType(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBe(type);
});

test.each([
  ['image/png', ['image/png'], true],
  ['image/png', ['image/*'], true],
  ['image/png', ['*/*'], true],
  ['image/png', ['video/*', 'image/gif'], false],
  ['image/png', [], false],
  ['application/octet-stream', ['image/*'], false],
])('%s among %j: %s', (type, allowed, expected) => {
  expect(typeAllowed(type, allowed)).toBe(expected);
});

test.each([
  ['400x300', 198, '264x198'],
  ['300x400', 198, '198x264'],
  ['100x50', 198, '100x50'],
  ['720x720', 720, '720x720'],
  ['10000x300', 198, '6600x198'],
  ['100000x300', 198, '8192x25'],
  ['100000x1', 198, '8192x1'],
])('%s with short side %i is %s', (from, shortSide, to) => {
  const [width = 0, height = 0] = from.split('x').map(Number);
  const size = renditionSize({ width, height }, shortSide);
  expect(`${size.width}x${size.height}`).toBe(to);
});
