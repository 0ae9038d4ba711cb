import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS, type Limits } from '../../limits.ts';
import { sniffType } from '../../media/media-type.ts';
import { AS_IT_IS, type MediaSource, type Picture } from '../../media/media-worker.ts';
import { drawAnimation, drawBitmap, drawImage, drawPhotograph, pngClaiming } from '../../testing/images.ts';
import { systemClock } from '../node/system.ts';
import { MediaPool } from './media-pool.ts';
import { findVideoTool } from './video-tool.ts';

// A process starts and loads the library: seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const warnings: string[] = [];
const log = { warn: (event: string) => warnings.push(event) };

function openPool(limits: Partial<Limits> = {}): MediaPool {
  return new MediaPool({
    clock: systemClock,
    log,
    limits: { ...DEFAULT_LIMITS, ...limits },
    videoTool: undefined,
  });
}

let pool: MediaPool;
beforeAll(() => {
  pool = openPool();
});
afterAll(() => pool.close());

async function render(bytes: Buffer, shortSide = 20, from = pool): Promise<Picture> {
  const picture = await from.renderImage(sourceOf(bytes), shortSide);
  if (picture === AS_IT_IS) throw new Error('No picture was made.');
  return picture;
}

function sourceOf(bytes: Buffer, owner = '1/alice'): MediaSource {
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  })();
  return { bytes: chunks, size: bytes.length, mediaType: sniffType(bytes), owner };
}

/** The colour of a pixel, coarsely. */
async function colourAt(picture: Picture, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(picture.bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  const [red = 0, , blue = 0] = data.subarray(at, at + 3);
  return red > blue ? 'red' : 'blue';
}

describe('renditions', () => {
  test.each(['jpeg', 'png', 'gif', 'webp'] as const)('of a %s', async (format) => {
    const picture = await render(await drawImage(format, 80, 40));
    expect(picture).toMatchObject({ width: 40, height: 20 });
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ width: 40, height: 20 });
    expect(sniffType(picture.bytes)).toBe(picture.mediaType);
    expect(await colourAt(picture, 2, 10)).toBe('red');
    expect(await colourAt(picture, 37, 10)).toBe('blue');
  });

  test.each([8, 24, 32] as const)('of a bitmap of %i bits', async (bits) => {
    const bytes = drawBitmap({ width: 80, height: 40, bits }, (x) => (x < 40 ? [255, 0, 0] : [0, 0, 255]));
    const picture = await render(bytes);
    expect(picture).toMatchObject({ width: 40, height: 20, mediaType: 'image/jpeg' });
    if (bits !== 8) expect(await colourAt(picture, 37, 10)).toBe('blue');
  });

  test('a photograph on its side is put upright, and tells nothing any more', async () => {
    const original = await drawPhotograph(80, 40, 6);
    expect(original.includes('secret camera')).toBe(true);
    const picture = await render(original);
    expect(picture).toMatchObject({ width: 20, height: 40 });
    // The red left half has become the upper one.
    expect(await colourAt(picture, 10, 2)).toBe('red');
    expect(await colourAt(picture, 10, 37)).toBe('blue');
    const metadata = await sharp(picture.bytes).metadata();
    expect([metadata.exif, metadata.orientation, metadata.icc, metadata.xmp]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(Buffer.from(picture.bytes).includes('secret camera')).toBe(false);
  });

  test.each(['gif', 'webp'] as const)('an animated %s goes on moving', async (format) => {
    const picture = await render(await drawAnimation(format, { width: 80, height: 40, frames: 4 }));
    expect(picture.mediaType).toBe(`image/${format}`);
    expect(picture).toMatchObject({ width: 40, height: 20 });
    expect((await sharp(picture.bytes).metadata()).pages).toBe(4);
  });

  test.each(['gif', 'webp'] as const)(
    'an animated %s that is too much work is shown as it is',
    async (format) => {
      const small = openPool({ animationPixels: 80 * 40 * 3 });
      const animation = await drawAnimation(format, { width: 80, height: 40, frames: 4 });
      expect(await small.renderImage(sourceOf(animation), 20)).toBe(AS_IT_IS);
      expect(
        (await render(await drawAnimation(format, { width: 80, height: 40, frames: 3 }), 20, small)).width,
      ).toBe(40);
      await small.close();
    },
  );

  test('one whose frames are too much for whoever shows them shows the first of them', async () => {
    const small = openPool({ animationPixels: 1 });
    const picture = await render(
      await drawAnimation('gif', { width: 2000, height: 1100, frames: 2 }),
      20,
      small,
    );
    expect((await sharp(picture.bytes).metadata()).pages ?? 1).toBe(1);
    await small.close();
  });

  test('what is see-through stays so', async () => {
    const background = { r: 255, g: 0, b: 0, alpha: 0.5 };
    const png = await sharp({ create: { width: 80, height: 40, channels: 4, background } })
      .png()
      .toBuffer();
    const picture = await render(png);
    expect(picture.mediaType).toBe('image/png');
    expect((await sharp(picture.bytes).metadata()).hasAlpha).toBe(true);
  });

  test('nothing is enlarged', async () => {
    expect(await render(await drawImage('png', 10, 5))).toMatchObject({ width: 10, height: 5 });
  });
});

describe('what cannot be a picture', () => {
  test.each<[string, Buffer | Promise<Buffer>, string]>([
    ['text', Buffer.from('hello'), 'notAnImage'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'notAnImage'],
    [
      'an SVG behind the header of a GIF',
      Buffer.from('GIF89a\x10\0\x10\0<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'imageFailed',
    ],
    [
      'a script of the kind that image libraries have run',
      Buffer.from(
        'push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://127.0.0.1/"|touch hacked")\'\npop graphic-context',
      ),
      'notAnImage',
    ],
    ['a PNG of 2,500 megapixels', pngClaiming(50_000, 50_000), 'imageTooLarge'],
    ['a PNG that ends early', pngClaiming(1000, 1000), 'imageFailed'],
    [
      'a JPEG cut in half',
      drawImage('jpeg', 400, 400).then((bytes) => bytes.subarray(0, bytes.length / 2)),
      'imageFailed',
    ],
    [
      'a bitmap of a kind nobody draws',
      Buffer.concat([
        Buffer.from('BM'),
        Buffer.alloc(12),
        Buffer.from([40, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 1, 0, 4, 0]),
        Buffer.alloc(40),
      ]),
      'imageFailed',
    ],
  ])('%s', async (_, bytes, reason) => {
    await expect(render(await bytes)).rejects.toMatchObject({ name: 'ObjectError', reason });
    // And the same process goes on.
    expect(await render(await drawImage('png', 80, 40))).toMatchObject({ width: 40 });
  });
});

test('a job that takes too long is killed, and the next one is done', async () => {
  // A timer that rings at once, for the first job only.
  let hurry = true;
  const clock = {
    ...systemClock,
    after: (delayMs: number, callback: () => void) => {
      const delay = hurry && delayMs === DEFAULT_LIMITS.mediaMs ? 0 : delayMs;
      hurry = false;
      return systemClock.after(delay, callback);
    },
  };
  const hurried = new MediaPool({ clock, log, limits: DEFAULT_LIMITS, videoTool: undefined });
  const bytes = await drawImage('png', 80, 40);
  await expect(render(bytes, 20, hurried)).rejects.toMatchObject({ reason: 'imageFailed' });
  expect(warnings).toContain('objects.media.failed');
  expect(await render(bytes, 20, hurried)).toMatchObject({ width: 40 });
  await hurried.close();
});

test('the queue is bounded, and half of it is for others', async () => {
  const narrow = openPool({ mediaQueue: 4 });
  const bytes = await drawImage('png', 80, 40);
  const others = () => narrow.renderImage(sourceOf(bytes, '1/bob'), 20);
  const own = () => render(bytes, 20, narrow);
  const all = Promise.allSettled([own, own, own, own, own].map((job) => job()));
  const another = others();
  const results = await all;
  await another;
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  expect(results.at(-1)).toMatchObject({ reason: { code: 'SlowDown' } });
  await narrow.close();
});

test('an object that cannot be read says nothing about the image', async () => {
  const bytes = (async function* () {
    yield Buffer.from('half');
    throw new Error('the disk is gone');
  })();
  await expect(
    pool.renderImage({ bytes, size: 10, mediaType: 'image/png', owner: '1/alice' }, 20),
  ).rejects.toThrow('the disk is gone');
  expect(await render(await drawImage('png', 80, 40))).toMatchObject({ width: 40 });
});

describe('videos', () => {
  /** A program that does as ffmpeg would, or as it would not. */
  async function withProgram(script: string, check: (program: string, directory: string) => Promise<void>) {
    const directory = await mkdtemp(join(tmpdir(), 'sterna-video-'));
    const program = join(directory, 'ffmpeg');
    await writeFile(program, `#!/bin/sh\n[ "$1" = -version ] && exit 0\n${script}\n`, { mode: 0o755 });
    await writeFile(join(directory, 'picture.jpg'), await drawImage('jpeg', 64, 36));
    await check(program, directory);
    // What was written for the program is gone.
    expect((await readdir(directory)).toSorted()).toEqual(['ffmpeg', 'picture.jpg']);
    await rm(directory, { recursive: true });
  }
  const mp4 = Buffer.from('00000020667479706973 6f6d'.replace(' ', ''), 'hex');
  const snapshot = async (program: string, directory: string, bytes = mp4, limits: Partial<Limits> = {}) => {
    const all = { ...DEFAULT_LIMITS, ...limits };
    const tool = await findVideoTool(program, { directory, limits: all, clock: systemClock });
    if (tool === undefined) throw new Error('There is no such program.');
    return tool.snapshot(sourceOf(bytes));
  };

  test('without the program there are no snapshots', async () => {
    const limits = DEFAULT_LIMITS;
    expect(
      await findVideoTool('/no/such/program', { directory: '/', limits, clock: systemClock }),
    ).toBeUndefined();
    await expect(pool.snapshotVideo(sourceOf(mp4))).rejects.toMatchObject({ code: 'NotImplemented' });
  });

  test('a picture is taken of what the program was given', () =>
    withProgram(
      'for file; do [ "$last" = -i ] && cat "$file" > /dev/null && cat "$(dirname $0)/picture.jpg"; last="$file"; done',
      async (program, directory) => {
        expect(await snapshot(program, directory)).toMatchObject({
          width: 64,
          height: 36,
          mediaType: 'image/jpeg',
        });
      },
    ));

  test.each([
    ['fails', 'exit 1'],
    ['says nothing', 'exit 0'],
    ['says something else', 'echo hello'],
    ['never stops talking', 'yes'],
  ])('a program that %s', (_, script) =>
    withProgram(script, async (program, directory) => {
      await expect(snapshot(program, directory)).rejects.toMatchObject({ reason: 'videoFailed' });
    }),
  );

  test('a program that hangs is killed', () =>
    withProgram('exec sleep 60', async (program, directory) => {
      await expect(snapshot(program, directory, mp4, { mediaMs: 100 })).rejects.toMatchObject({
        reason: 'videoFailed',
      });
    }));

  test('only containers that were recognised are opened', () =>
    withProgram('exit 1', async (program, directory) => {
      const playlist = Buffer.from('#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n');
      await expect(snapshot(program, directory, playlist)).rejects.toMatchObject({ reason: 'notAVideo' });
    }));
});
