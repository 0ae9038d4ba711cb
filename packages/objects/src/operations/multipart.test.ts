import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseCompletion } from '../http/xml.ts';
import { LEAF_BYTES } from '../storage/leaves.ts';
import { MemoryService } from '../testing/memory-service.ts';
import { seededContent } from '../testing/seeded-random.ts';

const KEY = '1/alice/r4nd0m/照片 (1).png';
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

describe('multipart', () => {
  const begin = async (memory: MemoryService, key = KEY, credential = memory.credential()) => {
    const begun = await memory.send({ method: 'POST', key, query: { uploads: '' } }, credential);
    return /<UploadId>(\w+)<\/UploadId>/.exec(begun.body.toString())?.[1] ?? '';
  };
  const sendPart = (memory: MemoryService, uploadId: string, number: number, body: Buffer) =>
    memory.send({ method: 'PUT', key: KEY, query: { partNumber: String(number), uploadId }, body });
  const complete = (
    memory: MemoryService,
    uploadId: string,
    parts: [number, string][],
    credential = memory.credential(),
  ) => {
    const list = parts.map(
      ([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${etag}&quot;</ETag></Part>`,
    );
    const body = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
    return memory.send({ method: 'POST', key: KEY, query: { uploadId }, body }, credential);
  };
  const one = seededContent('one', 700);
  const two = seededContent('two', 300);

  test('the parts become one object', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    // Parts may come in any order.
    expect((await sendPart(memory, uploadId, 2, two)).headers['etag']).toBe(`"${md5(two)}"`);
    await sendPart(memory, uploadId, 1, one);
    expect((await memory.send({ method: 'GET', key: KEY })).status).toBe(404);
    const done = await complete(memory, uploadId, [
      [1, md5(one)],
      [2, md5(two)],
    ]);
    expect(done.status).toBe(200);
    const etag = `${md5(Buffer.from(md5(one) + md5(two), 'hex'))}-2`;
    expect(done.body.toString()).toContain(`<ETag>&quot;${etag}&quot;</ETag>`);
    expect(done.body.toString()).toContain('<Location>files.example.org/1/alice/r4nd0m/%E7%85%A7%E7%89%87');
    const got = await memory.send({ method: 'GET', key: KEY });
    expect(got.body).toEqual(Buffer.concat([one, two]));
    const range = await memory.send({ method: 'GET', key: KEY, headers: { range: 'bytes=690-709' } });
    expect(range.body).toEqual(Buffer.concat([one, two]).subarray(690, 710));
    expect((await memory.service.stat(KEY))?.content).toBe(
      createHash('sha256').update(one).update(two).digest('hex'),
    );
    expect(await memory.service.usage('1', 'alice')).toEqual({ bytes: 1000, objects: 1 });
  });

  const whole = seededContent('a video', 2 * LEAF_BYTES + 9);
  const cutAt = (...cuts: number[]) =>
    [0, ...cuts].map((start, index) => whole.subarray(start, cuts[index] ?? whole.length));
  test.each([
    [
      'in slices as COS SDKs cut them, of which only the beginning is read',
      cutAt(LEAF_BYTES, 2 * LEAF_BYTES),
      64,
    ],
    ['in pieces cut anywhere, which are read once more', cutAt(5, LEAF_BYTES + 5), whole.length + 64],
  ])('what came in one piece is kept once when it comes %s', async (_, pieces, mostRead) => {
    let read = 0;
    const memory = new MemoryService({
      blobs: (inner) => ({
        ...inner,
        read: (id, range) => {
          read += range.end - range.start;
          return inner.read(id, range);
        },
      }),
    });
    const credential = memory.credential({ maxBytes: whole.length });
    await memory.send({ method: 'PUT', key: '1/alice/one/piece', body: whole }, credential);
    const uploadId = await begin(memory, KEY, credential);
    for (const [index, body] of pieces.entries()) {
      const query = { partNumber: String(index + 1), uploadId };
      await memory.send({ method: 'PUT', key: KEY, query, body }, credential);
    }
    const done = await complete(
      memory,
      uploadId,
      pieces.map((piece, index) => [index + 1, md5(piece)]),
    );
    expect(done.status).toBe(200);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThanOrEqual(mostRead);
    await memory.service.collect();
    expect(await memory.blobIDs()).toHaveLength(1);
    expect((await memory.send({ method: 'GET', key: KEY })).body).toEqual(whole);
  });

  test('a file of a given size is not put together of fewer parts', async () => {
    const memory = new MemoryService();
    const credential = memory.credential({ keyPrefix: KEY, maxBytes: 1000, exact: true });
    const uploadId = await begin(memory, KEY, credential);
    for (const [number, body] of [one, two].entries()) {
      const query = { partNumber: String(number + 1), uploadId };
      await memory.send({ method: 'PUT', key: KEY, query, body }, credential);
    }
    expect(await complete(memory, uploadId, [[1, md5(one)]], credential)).toMatchObject({
      code: 'InvalidPart',
    });
    const both: [number, string][] = [
      [1, md5(one)],
      [2, md5(two)],
    ];
    expect((await complete(memory, uploadId, both, credential)).status).toBe(200);
  });

  test('a completion whose answer was lost may be repeated', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    await sendPart(memory, uploadId, 1, one);
    const first = await complete(memory, uploadId, [[1, md5(one)]]);
    const again = await complete(memory, uploadId, [[1, md5(one)]]);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  test('a part that is sent again replaces the first', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    await sendPart(memory, uploadId, 1, one);
    await sendPart(memory, uploadId, 1, two);
    expect(await memory.service.usage('1', 'alice')).toEqual({ bytes: 300, objects: 0 });
    expect(await complete(memory, uploadId, [[1, md5(one)]])).toMatchObject({ code: 'InvalidPart' });
    expect((await complete(memory, uploadId, [[1, md5(two)]])).status).toBe(200);
  });

  test('listing what is there, so that an upload can be resumed', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    await begin(memory, '1/alice/other/file');
    await sendPart(memory, uploadId, 2, two);
    await sendPart(memory, uploadId, 1, one);
    const uploads = await memory.send({ method: 'GET', query: { uploads: '', prefix: KEY } });
    const listed = uploads.body.toString();
    expect(listed.match(/<Upload>/g)).toHaveLength(1);
    expect(listed).toContain(`<UploadId>${uploadId}</UploadId>`);
    expect(listed).toContain('<Initiated>2023-11-14T22:13:20.000Z</Initiated>');
    const parts = await memory.send({ method: 'GET', key: KEY, query: { uploadId } });
    expect([...parts.body.toString().matchAll(/<PartNumber>(\d)<\/PartNumber>/g)].map((m) => m[1])).toEqual([
      '1',
      '2',
    ]);
    expect(parts.body.toString()).toContain(`<ETag>&quot;${md5(one)}&quot;</ETag><Size>700</Size>`);
  });

  test('listings come in pages', async () => {
    const memory = new MemoryService();
    const keys = ['1/alice/a/1', '1/alice/a/2', '1/alice/a/3'];
    for (const key of keys) await begin(memory, key);
    const seen: string[] = [];
    let query: Record<string, string> = { uploads: '', prefix: '1/alice/', 'max-uploads': '2' };
    for (let page = 0; page < 5; page += 1) {
      const text = (await memory.send({ method: 'GET', query })).body.toString();
      seen.push(...[...text.matchAll(/<Upload><Key>(.*?)<\/Key>/g)].map((match) => match[1] ?? ''));
      if (!text.includes('<IsTruncated>true</IsTruncated>')) break;
      query = {
        ...query,
        'key-marker': /<NextKeyMarker>(.*?)</.exec(text)?.[1] ?? '',
        'upload-id-marker': /<NextUploadIdMarker>(.*?)</.exec(text)?.[1] ?? '',
      };
    }
    expect(seen).toEqual(keys);
  });

  test('an aborted upload is gone with its bytes', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    await sendPart(memory, uploadId, 1, one);
    expect((await memory.send({ method: 'DELETE', key: KEY, query: { uploadId } })).status).toBe(204);
    expect(await memory.send({ method: 'DELETE', key: KEY, query: { uploadId } })).toMatchObject({
      code: 'NoSuchUpload',
    });
    expect(await sendPart(memory, uploadId, 1, one)).toMatchObject({ code: 'NoSuchUpload' });
    await memory.service.collect();
    expect(await memory.blobIDs()).toEqual([]);
    expect(await memory.service.usage('1', 'alice')).toEqual({ bytes: 0, objects: 0 });
  });

  test.each<[string, [number, string][], string]>([
    [
      'a part that never came',
      [
        [1, md5(one)],
        [3, md5(two)],
      ],
      'InvalidPart',
    ],
    ['a part with another digest', [[1, md5(two)]], 'InvalidPart'],
    [
      'a part twice',
      [
        [1, md5(one)],
        [1, md5(one)],
      ],
      'InvalidPartOrder',
    ],
    [
      'parts in disorder',
      [
        [2, md5(two)],
        [1, md5(one)],
      ],
      'InvalidPartOrder',
    ],
    ['no parts', [], 'MalformedXML'],
  ])('completing with %s', async (_, parts, code) => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    await sendPart(memory, uploadId, 1, one);
    await sendPart(memory, uploadId, 2, two);
    expect(await complete(memory, uploadId, parts)).toMatchObject({ status: 400, code });
    expect((await memory.send({ method: 'GET', key: KEY })).status).toBe(404);
  });

  test('parts that are left out of the completion are dropped', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    await sendPart(memory, uploadId, 1, one);
    await sendPart(memory, uploadId, 2, two);
    await complete(memory, uploadId, [[2, md5(two)]]);
    expect((await memory.send({ method: 'GET', key: KEY })).body).toEqual(two);
    expect(await memory.service.usage('1', 'alice')).toEqual({ bytes: 300, objects: 1 });
    await memory.service.collect();
    expect(await memory.blobIDs()).toHaveLength(1);
  });

  test.each(['0', '3', '10001', '-1', 'one', ''])('part number %j of a 1 MiB upload', async (number) => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    expect(
      await memory.send({ method: 'PUT', key: KEY, query: { partNumber: number, uploadId }, body: one }),
    ).toMatchObject({ code: 'InvalidArgument' });
  });

  test('the parts together may not pass the size of the credential', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    const half = Buffer.alloc(1 << 19);
    expect((await sendPart(memory, uploadId, 1, half)).status).toBe(200);
    expect(await sendPart(memory, uploadId, 2, Buffer.alloc((1 << 19) + 1))).toMatchObject({
      code: 'EntityTooLarge',
    });
    expect((await sendPart(memory, uploadId, 2, half)).status).toBe(200);
  });

  test('an upload id is good for its own key only', async () => {
    const memory = new MemoryService();
    const uploadId = await begin(memory);
    const query = { partNumber: '1', uploadId };
    expect(await memory.send({ method: 'PUT', key: '1/alice/other', query, body: one })).toMatchObject({
      code: 'NoSuchUpload',
    });
  });

  test('type is judged of the whole', async () => {
    const memory = new MemoryService();
    const images = memory.credential({ contentTypes: ['image/*'] });
    const uploadId = await begin(memory);
    await memory.send({ method: 'PUT', key: KEY, query: { partNumber: '1', uploadId }, body: one }, images);
    const body = Buffer.from(
      `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${md5(one)}"</ETag></Part></CompleteMultipartUpload>`,
    );
    expect(await memory.send({ method: 'POST', key: KEY, query: { uploadId }, body }, images)).toMatchObject({
      code: 'ContentTypeNotAllowed',
    });
  });
});

test.each([
  '',
  '<a/>',
  '<CompleteMultipartUpload></CompleteMultipartUpload>',
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>',
  '<!DOCTYPE x [<!ENTITY a "b">]><CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&a;</ETag></Part></CompleteMultipartUpload>',
  `<CompleteMultipartUpload>${'<Part>'.repeat(50_000)}`,
])('%j is no completion', (text) => {
  const startedMs = Date.now();
  expect(() => parseCompletion(text)).toThrow(expect.objectContaining({ reason: 'malformedXML' }));
  expect(Date.now() - startedMs).toBeLessThan(1000);
});
