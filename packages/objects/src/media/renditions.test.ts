import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ErrorName, ObjectError } from '../errors.ts';
import { MemoryService } from '../testing/memory-service.ts';
import { drawBitmap, pngClaiming } from '../testing/images.ts';
import { AS_IT_IS, type MediaWorker } from './media-worker.ts';

const KEY = '1/alice/r/a.png';
const IMAGE = pngClaiming(400, 300);

/** A worker that draws nothing: it counts, and answers with what it was asked for. */
function countingWorker(refusal?: ErrorName): MediaWorker & { jobs: string[] } {
  const jobs: string[] = [];
  const picture = async (name: string, source: { bytes: AsyncIterable<Uint8Array> }) => {
    jobs.push(name);
    const sha = createHash('sha256');
    for await (const chunk of source.bytes) sha.update(chunk);
    if (refusal !== undefined) throw new ObjectError(refusal);
    return {
      bytes: Buffer.from(`${name} of ${sha.digest('hex')}`),
      mediaType: 'image/jpeg',
      width: 4,
      height: 3,
    };
  };
  return {
    jobs,
    renderImage: (source, shortSide) => picture(`image ${shortSide}`, source),
    snapshotVideo: (source) => picture('snapshot', source),
    close: async () => undefined,
  };
}

async function stored(refusal?: ErrorName, body: Buffer = IMAGE) {
  const media = countingWorker(refusal);
  const memory = new MemoryService({ media });
  await memory.send({ method: 'PUT', key: KEY, body });
  return { memory, media };
}

describe('a rendition', () => {
  test('is made once, however many ask at once, and kept', async () => {
    const { memory, media } = await stored();
    const answers = await Promise.all([1, 2, 3].map(() => memory.download(KEY, 'imageRendition=198')));
    const expected = `image 198 of ${createHash('sha256').update(IMAGE).digest('hex')}`;
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
      expect(answer.body.toString()).toBe(expected);
    }
    await memory.download(KEY, 'imageRendition=198');
    expect(media.jobs).toEqual(['image 198']);
    expect((await memory.download(KEY, 'imageRendition=720')).body.toString()).toContain('image 720');
  });

  test('needs the right to the object', async () => {
    const { memory, media } = await stored();
    expect((await memory.sendPlain('GET', `/${KEY}?imageRendition=198`)).status).toBe(403);
    expect(media.jobs).toEqual([]);
  });

  test('of an animation that is shown as it is is the object, and is asked for once', async () => {
    let jobs = 0;
    const asItIs: MediaWorker = {
      ...countingWorker(),
      renderImage: async () => {
        jobs += 1;
        return AS_IT_IS;
      },
    };
    const memory = new MemoryService({ media: asItIs });
    await memory.send({ method: 'PUT', key: KEY, body: IMAGE });
    const { entries } = await memory.service.describeImage(KEY);
    const whole = { width: 400, height: 300, size: IMAGE.length, query: '' };
    expect(entries).toEqual([0, 1, 2].map((type) => ({ type, ...whole })));
    const { body, headers } = await memory.download(KEY, 'imageRendition=198');
    expect(body).toEqual(IMAGE);
    expect(headers['content-type']).toBe('image/png');
    expect(jobs).toBe(2);
  });

  test('goes with its object', async () => {
    const { memory } = await stored();
    await memory.download(KEY, 'imageRendition=198');
    await memory.service.remove(KEY);
    await memory.service.collect();
    expect(await memory.blobIDs()).toEqual([]);
  });

  test('has ranges and conditions like any object', async () => {
    const { memory } = await stored();
    const { headers } = await memory.download(KEY, 'imageRendition=198');
    expect(headers['etag']).toMatch(/^"\w{40}"$/);
    expect(headers['content-disposition']).toBe('inline; filename="thumbnail"; filename*=UTF-8\'\'thumbnail');
  });

  test.each(['100', '', '198x198', '-1'])('of size %j is not offered', async (side) => {
    const { memory } = await stored();
    expect(await memory.download(KEY, `imageRendition=${side}`)).toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('a refusal', () => {
  test.each<[ErrorName, number]>([
    ['imageFailed', 1],
    ['imageTooLarge', 1],
    ['slowDown', 2],
    ['notImplemented', 2],
  ])('for %s takes %i jobs to be told twice', async (reason, jobs) => {
    const { memory, media } = await stored(reason);
    const first = await memory.download(KEY, 'imageRendition=198');
    const second = await memory.download(KEY, 'imageRendition=198');
    expect(second.code).toBe(first.code);
    expect(first.status).toBeGreaterThanOrEqual(400);
    expect(media.jobs).toHaveLength(jobs);
  });

  test.each<[string, Buffer, string]>([
    ['text', Buffer.from('hello'), 'InvalidImageFormat'],
    ['an image of 2,500 megapixels', pngClaiming(50_000, 50_000), 'ImageTooLarge'],
  ])('of %s needs no job at all', async (_, body, code) => {
    const { memory, media } = await stored(undefined, body);
    expect(await memory.download(KEY, 'imageRendition=198')).toMatchObject({ status: 400, code });
    expect(media.jobs).toEqual([]);
  });

  test('of a snapshot, where there is no video', async () => {
    const { memory, media } = await stored();
    expect(await memory.download(KEY, 'videoSnapshot')).toMatchObject({ code: 'InvalidVideoFormat' });
    expect(media.jobs).toEqual([]);
  });
});

test('a video has a snapshot', async () => {
  const { memory } = await stored(undefined, Buffer.from('000000206674797069736f6d', 'hex'));
  expect((await memory.download(KEY, 'videoSnapshot')).body.toString()).toContain('snapshot of');
  expect(await memory.service.describeVideo(KEY)).toMatchObject({
    width: 4,
    height: 3,
    query: 'videoSnapshot',
  });
});

test('what a message says of its image', async () => {
  const { memory } = await stored();
  expect(await memory.service.describeImage(KEY)).toEqual({
    imageFormat: 3,
    entries: [
      { type: 0, width: 400, height: 300, size: IMAGE.length, query: '' },
      { type: 1, width: 4, height: 3, size: 77, query: 'imageRendition=198' },
      { type: 2, width: 4, height: 3, size: 77, query: 'imageRendition=720' },
    ],
  });
  await expect(memory.service.describeImage('1/alice/none')).rejects.toMatchObject({ code: 'NoSuchKey' });
});

test('the facts of an image, for whoever may read it', async () => {
  const bytes = drawBitmap({ width: 7, height: 5, bits: 24 }, () => [0, 0, 0]);
  const { memory } = await stored(undefined, bytes);
  const answer = await memory.download(KEY, 'imageInfo');
  expect(JSON.parse(answer.body.toString())).toEqual({
    format: 'bmp',
    width: 7,
    height: 5,
    size: bytes.length,
    imageFormat: 4,
  });
});
