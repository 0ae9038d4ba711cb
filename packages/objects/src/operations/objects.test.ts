import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pngClaiming } from '../testing/images.ts';
import { MemoryService } from '../testing/memory-service.ts';
import { seededContent } from '../testing/seeded-random.ts';

const KEY = '1/alice/r4nd0m/照片 (1).png';
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

describe('PUT and GET', () => {
  test('what a browser would show is saved under its name where that is asked for', async () => {
    const memory = new MemoryService();
    const key = '1/alice/r/a photo.png';
    await memory.send({ method: 'PUT', key, body: pngClaiming(40, 30) });
    const dispositionOf = async (query: string) =>
      (await memory.download(key, query)).headers['content-disposition'];
    const names = 'filename="a photo.png"; filename*=UTF-8\'\'a%20photo.png';
    expect(await dispositionOf('')).toBe(`inline; ${names}`);
    expect(await dispositionOf('response-content-disposition=attachment')).toBe(`attachment; ${names}`);
    expect(await dispositionOf('response-content-disposition=inline%3B%20filename%3Dx')).toBe(
      `inline; ${names}`,
    );
  });

  test('a credential for one file is good for its key and its size alone', async () => {
    const memory = new MemoryService();
    const key = '1/alice/r/a.bin';
    const credential = memory.credential({ keyPrefix: key, maxBytes: 5, exact: true });
    const putAs = (name: string, body: string) =>
      memory.send({ method: 'PUT', key: name, body: Buffer.from(body) }, credential);
    expect(await putAs(`${key}2`, 'hello')).toMatchObject({ code: 'AccessDenied' });
    expect(await putAs(key, 'hell')).toMatchObject({ code: 'IncompleteBody' });
    expect(await putAs(key, 'hello!')).toMatchObject({ code: 'EntityTooLarge' });
    expect(await memory.blobIDs()).toEqual([]);
    expect(await putAs(key, 'hello')).toMatchObject({ status: 200 });
  });

  test('what was put is got, with its digest, size and metadata', async () => {
    const memory = new MemoryService();
    const body = seededContent('put', 1000);
    const put = await memory.send({
      method: 'PUT',
      key: KEY,
      body,
      headers: { 'x-cos-meta-origin': 'phone' },
    });
    expect(put).toMatchObject({ status: 200, headers: { etag: `"${md5(body)}"` } });
    const got = await memory.send({ method: 'GET', key: KEY });
    expect(got.status).toBe(200);
    expect(got.body).toEqual(body);
    expect(got.headers).toMatchObject({
      etag: `"${md5(body)}"`,
      'content-length': '1000',
      'content-type': 'application/octet-stream',
      'x-cos-meta-origin': 'phone',
      date: 'Tue, 14 Nov 2023 22:13:20 GMT',
    });
    expect(got.headers['x-cos-request-id']).toMatch(/^[\w-]{16}$/);
  });

  test('the ETag of a large object is its MD5 too', async () => {
    const memory = new MemoryService();
    const body = seededContent('large', 200_000);
    const headers = { 'content-length': String(body.length) };
    const put = await memory.send({ method: 'PUT', key: KEY, body, headers });
    expect(put.headers['etag']).toBe(`"${md5(body)}"`);
  });

  test('HEAD says the same and sends nothing', async () => {
    const memory = new MemoryService();
    const body = seededContent('head', 10);
    await memory.send({ method: 'PUT', key: KEY, body });
    const head = await memory.send({ method: 'HEAD', key: KEY, headers: { range: 'bytes=1-2' } });
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '10', etag: `"${md5(body)}"` } });
    expect(head.body.byteLength).toBe(0);
  });

  test.each<[string, number, string | undefined, string]>([
    ['bytes=0-3', 206, 'bytes 0-3/10', '0123'],
    ['bytes=7-', 206, 'bytes 7-9/10', '789'],
    ['bytes=-2', 206, 'bytes 8-9/10', '89'],
    ['bytes=-99', 206, 'bytes 0-9/10', '0123456789'],
    ['bytes=9-99', 206, 'bytes 9-9/10', '9'],
    ['bytes=0-1,4-5', 200, undefined, '0123456789'],
    ['bytes=5-2', 200, undefined, '0123456789'],
    ['lines=1-2', 200, undefined, '0123456789'],
    ['bytes=', 200, undefined, '0123456789'],
  ])('Range: %s', async (range, status, contentRange, text) => {
    const memory = new MemoryService();
    await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('0123456789') });
    const got = await memory.send({ method: 'GET', key: KEY, headers: { range } });
    expect(got.status).toBe(status);
    expect(got.headers['content-range']).toBe(contentRange);
    expect(got.body.toString()).toBe(text);
  });

  test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('Range: %s cannot be had', async (range) => {
    const memory = new MemoryService();
    await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('0123456789') });
    expect(await memory.send({ method: 'GET', key: KEY, headers: { range } })).toMatchObject({
      status: 416,
      code: 'InvalidRange',
    });
  });

  test('ten thousand tiny ranges at once are answered with the whole', async () => {
    const memory = new MemoryService();
    await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('0123456789') });
    const range = `bytes=${Array.from({ length: 10_000 }, () => '0-0').join(',')}`;
    expect((await memory.send({ method: 'GET', key: KEY, headers: { range } })).status).toBe(200);
  });

  test('conditions', async () => {
    const memory = new MemoryService();
    const body = Buffer.from('0123456789');
    await memory.send({ method: 'PUT', key: KEY, body });
    const get = (headers: Record<string, string>) => memory.send({ method: 'GET', key: KEY, headers });
    const etag = `"${md5(body)}"`;
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get({ 'if-match': '"other"' })).status).toBe(412);
    expect((await get({ 'if-modified-since': 'Tue, 14 Nov 2023 22:13:20 GMT' })).status).toBe(304);
    expect((await get({ 'if-modified-since': 'Tue, 14 Nov 2023 22:13:19 GMT' })).status).toBe(200);
    expect((await get({ range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });

  test('a key that was never put', async () => {
    const memory = new MemoryService();
    expect(await memory.send({ method: 'GET', key: KEY })).toMatchObject({ status: 404, code: 'NoSuchKey' });
  });

  test('an object never changes: a repeat succeeds, other content is refused', async () => {
    const memory = new MemoryService();
    const first = Buffer.from('first');
    await memory.send({ method: 'PUT', key: KEY, body: first });
    expect((await memory.send({ method: 'PUT', key: KEY, body: first })).status).toBe(200);
    const other = await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('other') });
    expect(other).toMatchObject({ status: 409, code: 'FileAlreadyExists' });
    expect((await memory.send({ method: 'GET', key: KEY })).body).toEqual(first);
    expect(await memory.blobIDs()).toHaveLength(1);
  });

  test('an empty object is one', async () => {
    const memory = new MemoryService();
    expect((await memory.send({ method: 'PUT', key: KEY, body: Buffer.alloc(0) })).status).toBe(200);
    expect(await memory.send({ method: 'GET', key: KEY })).toMatchObject({
      status: 200,
      headers: { 'content-length': '0' },
    });
  });

  test('DELETE needs that right, and is then final', async () => {
    const memory = new MemoryService();
    await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('x') });
    expect(await memory.send({ method: 'DELETE', key: KEY })).toMatchObject({ status: 403 });
    const deleter = memory.credential({ actions: ['delete', 'read'] });
    expect((await memory.send({ method: 'DELETE', key: KEY }, deleter)).status).toBe(204);
    expect((await memory.send({ method: 'DELETE', key: KEY }, deleter)).status).toBe(204);
    expect((await memory.send({ method: 'GET', key: KEY }, deleter)).status).toBe(404);
  });
});

describe('bodies', () => {
  test.each<[string, Record<string, string>, number, string]>([
    ['with the right MD5', { 'content-md5': 'XrY7u+Ae7tCTyyK7j1rNww==' }, 200, ''],
    ['with another MD5', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 400, 'BadDigest'],
    ['with no MD5 at all', { 'content-md5': 'hello' }, 400, 'InvalidDigest'],
    ['shorter than announced', { 'content-length': '12' }, 400, 'IncompleteBody'],
    ['longer than announced', { 'content-length': '10' }, 400, 'IncompleteBody'],
    ['announced as no number', { 'content-length': '1e3' }, 400, 'InvalidArgument'],
    ['announced as too large', { 'content-length': String((1 << 20) + 1) }, 400, 'EntityTooLarge'],
    ['with endless metadata', { 'x-cos-meta-a': 'x'.repeat(2100) }, 400, 'MetadataTooLarge'],
  ])('%s', async (_, headers, status, code) => {
    const memory = new MemoryService();
    const answer = await memory.send({ method: 'PUT', key: KEY, body: Buffer.from('hello world'), headers });
    expect(answer).toMatchObject({ status, code });
    expect(await memory.blobIDs()).toHaveLength(status === 200 ? 1 : 0);
  });

  test.each([
    [1 << 20, 200],
    [(1 << 20) + 1, 400],
  ])('%i bytes that nobody announced', async (size, status) => {
    const memory = new MemoryService();
    const body = (async function* () {
      for (let left = size; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536));
    })();
    const answer = await memory.send({ method: 'PUT', key: KEY, body });
    expect(answer.status).toBe(status);
    expect(answer.code).toBe(status === 200 ? '' : 'EntityTooLarge');
    expect(await memory.blobIDs()).toHaveLength(status === 200 ? 1 : 0);
  });

  test('one that breaks off leaves nothing, and is nobody’s fault', async () => {
    const memory = new MemoryService();
    const body = (async function* () {
      yield Buffer.from('half');
      throw new Error('aborted');
    })();
    const answer = await memory.send({ method: 'PUT', key: KEY, body });
    expect(answer).toMatchObject({ status: 400, code: 'IncompleteBody' });
    expect(memory.warnings).toEqual([]);
    expect(await memory.blobIDs()).toEqual([]);
    expect(memory.service.transfers).toEqual({ uploads: 0, downloads: 0 });
  });

  test('only bytes of an allowed type', async () => {
    const memory = new MemoryService();
    const images = memory.credential({ contentTypes: ['image/*'] });
    const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
    expect((await memory.send({ method: 'PUT', key: '1/alice/a/a', body: png }, images)).status).toBe(200);
    const html = Buffer.from('<html>'.padEnd(100));
    const headers = { 'content-type': 'image/png' };
    expect(
      await memory.send({ method: 'PUT', key: '1/alice/a/b', body: html, headers }, images),
    ).toMatchObject({
      code: 'ContentTypeNotAllowed',
    });
  });
});
