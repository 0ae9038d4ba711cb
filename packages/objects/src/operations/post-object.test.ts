import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { formBody, signedRequest } from '../testing/cos-client.ts';
import { MemoryService } from '../testing/memory-service.ts';
import { seededContent } from '../testing/seeded-random.ts';

const KEY = '1/alice/r4nd0m/照片 (1).png';
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

describe('POST form', () => {
  const post = (memory: MemoryService, fields: Record<string, string>, file: Buffer, target = '/') => {
    const credential = memory.credential();
    const signed = signedRequest(credential, { method: 'POST' });
    const { body, contentType } = formBody(
      {
        key: KEY,
        success_action_status: '200',
        Signature: signed.headers['authorization'] ?? '',
        'x-cos-security-token': credential.SecurityToken,
        'Content-Type': '',
        ...fields,
      },
      file,
    );
    const bytes = (async function* () {
      for (let at = 0; at < body.length; at += 100) yield body.subarray(at, at + 100);
    })();
    return memory.receive({
      method: 'POST',
      target,
      headers: { host: 'files.example.org', 'content-type': contentType },
      body: bytes,
    });
  };

  test('the file of a form is stored', async () => {
    const memory = new MemoryService();
    const file = Buffer.concat([
      seededContent('form', 500),
      Buffer.from('\r\n------bound'),
      Buffer.from('\r\n'),
    ]);
    const answer = await post(memory, {}, file);
    expect(answer).toMatchObject({ status: 200, headers: { etag: `"${md5(file)}"` } });
    expect(answer.headers['location']).toContain('files.example.org/1/alice/r4nd0m/');
    expect((await memory.send({ method: 'GET', key: KEY })).body).toEqual(file);
  });

  test('204 unless asked otherwise, 201 with a body', async () => {
    const memory = new MemoryService();
    const file = Buffer.from('x');
    expect((await post(memory, { success_action_status: '204' }, file)).status).toBe(204);
    const created = await post(memory, { success_action_status: '201' }, file);
    expect(created.status).toBe(201);
    expect(created.body.toString()).toContain(`<ETag>&quot;${md5(file)}&quot;</ETag>`);
  });

  test('a key outside the credential', async () => {
    const memory = new MemoryService();
    expect(await post(memory, { key: '1/bob/a/b' }, Buffer.from('x'))).toMatchObject({
      code: 'AccessDenied',
    });
    expect(await post(memory, { key: '1/alice/../bob/b' }, Buffer.from('x'))).toMatchObject({
      code: 'InvalidObjectName',
    });
    expect(await post(memory, { key: '' }, Buffer.from('x'))).toMatchObject({ code: 'MalformedPOSTRequest' });
    expect(await memory.blobIDs()).toEqual([]);
  });

  test('a forged signature', async () => {
    const memory = new MemoryService();
    expect(await post(memory, { Signature: 'q-sign-algorithm=sha1' }, Buffer.from('x'))).toMatchObject({
      status: 400,
    });
    expect(await post(memory, { 'x-cos-security-token': 'e30.AAAA' }, Buffer.from('x'))).toMatchObject({
      code: 'InvalidToken',
    });
  });

  test('a file larger than the credential', async () => {
    const memory = new MemoryService();
    expect(await post(memory, {}, Buffer.alloc((1 << 20) + 1))).toMatchObject({ code: 'EntityTooLarge' });
    expect(await memory.blobIDs()).toEqual([]);
  });

  test('the token of a signed URL stands in for a signature, for its one key', async () => {
    const memory = new MemoryService();
    const claims = {
      app: '1',
      user: 'alice',
      key: KEY,
      maxBytes: 3,
      expiresAtMs: memory.clock.nowMs() + 1000,
    };
    const upload = new URL(memory.service.signPutURL(claims)).searchParams.get('upload') ?? '';
    const send = (fields: Record<string, string>, file = 'abc') =>
      post(memory, { Signature: '', 'x-cos-security-token': '', upload, ...fields }, Buffer.from(file));
    expect(await send({ key: `${KEY}x` })).toMatchObject({ code: 'AccessDenied' });
    expect(await send({}, 'abcd')).toMatchObject({ code: 'EntityTooLarge' });
    expect(await send({ upload: `${upload}x` })).toMatchObject({ code: 'InvalidToken' });
    expect(await send({})).toMatchObject({ status: 200 });
    expect((await memory.send({ method: 'GET', key: KEY })).body.toString()).toBe('abc');
    memory.clock.advance(1000);
    expect(await send({})).toMatchObject({ code: 'AccessDenied' });
  });

  test('a form that is sent to a signed URL needs nothing else, and its fields change nothing', async () => {
    const memory = new MemoryService();
    const expiresAtMs = memory.clock.nowMs() + 1000;
    const url = memory.service.signPutURL({ app: '1', user: 'alice', key: KEY, maxBytes: 3, expiresAtMs });
    const target = url.slice('http://files.example.org'.length);
    const fields = { key: '1/bob/a/b', Signature: '', 'x-cos-security-token': '' };
    expect(await post(memory, fields, Buffer.from('abc'), target)).toMatchObject({ status: 200 });
    expect((await memory.send({ method: 'GET', key: KEY })).body.toString()).toBe('abc');
    const elsewhere = target.replace('r4nd0m', 'other');
    expect(await post(memory, fields, Buffer.from('abc'), elsewhere)).toMatchObject({ code: 'AccessDenied' });
  });
});
