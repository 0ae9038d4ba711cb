import { describe, expect, test } from 'vitest';
import { signedRequest, targetOf, type Wanted } from '../testing/cos-client.ts';
import { MemoryService, type Received, SECRET } from '../testing/memory-service.ts';
import { type Credential, issueCredential } from './credential.ts';
import { parseSecrets } from './secrets.ts';
import { signGetURL, signPutURL } from './signed-url.ts';

const another = (character: string): string => (character === '_' ? '-' : '_');

const KEY = '1/alice/r4nd0m/a.txt';
const HOUR = 3_600_000;
const body = Buffer.from('content');

type Forgery = (memory: MemoryService) => Promise<Received>;

const put: Wanted = { method: 'PUT', key: KEY, body };

/** A request that was well signed, and then changed on its way. */
const changed =
  (wanted: Wanted, change: (headers: Record<string, string>) => void): Forgery =>
  (memory) => {
    const request = signedRequest(memory.credential(), wanted);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value ?? '']),
    );
    change(headers);
    return memory.receive({ ...request, headers });
  };

const withCredential =
  (change: (credential: Credential, memory: MemoryService) => Credential, wanted = put): Forgery =>
  (memory) =>
    memory.send(wanted, change(memory.credential(), memory));

describe('a PUT that must not be', () => {
  test.each<[string, Forgery, number, string]>([
    ['unsigned', (memory) => memory.sendPlain('PUT', targetOf(KEY)), 403, 'AccessDenied'],
    [
      'without a token',
      changed(put, (headers) => delete headers['x-cos-security-token']),
      403,
      'InvalidToken',
    ],
    [
      'signed with another key',
      withCredential((credential) => ({ ...credential, TmpSecretKey: 'guess' })),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'under another key id',
      withCredential((credential) => ({ ...credential, TmpSecretId: 'guess' })),
      403,
      'InvalidAccessKeyId',
    ],
    [
      'with the token of another credential',
      withCredential((credential, memory) => ({
        ...credential,
        SecurityToken: memory.credential({ maxBytes: 1 }).SecurityToken,
      })),
      403,
      'InvalidAccessKeyId',
    ],
    [
      'with a token that grants more',
      withCredential((credential) => {
        const [payload = '', digest = ''] = credential.SecurityToken.split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
        const forged = Buffer.from(JSON.stringify({ ...claims, prefix: '' })).toString('base64url');
        return { ...credential, SecurityToken: `${forged}.${digest}` };
      }),
      403,
      'InvalidToken',
    ],
    [
      'with a truncated token',
      withCredential((credential) => ({
        ...credential,
        SecurityToken: credential.SecurityToken.slice(0, -1),
      })),
      403,
      'InvalidToken',
    ],
    [
      'with an endless token',
      withCredential((credential) => ({
        ...credential,
        SecurityToken: `${credential.SecurityToken}${'A'.repeat(8000)}`,
      })),
      403,
      'InvalidToken',
    ],
    [
      'with a token of another installation',
      withCredential((_, memory) =>
        issueCredential(
          parseSecrets(['the secret of another server']),
          { app: '1', user: 'alice', maxBytes: 1000, expiresAtMs: memory.clock.nowMs() + HOUR },
          memory.clock.nowMs(),
        ),
      ),
      403,
      'InvalidToken',
    ],
    [
      'with a token meant for reading by URL',
      withCredential((credential, memory) => ({
        ...credential,
        SecurityToken: memory.service.issueReaderToken('1', 'alice', memory.clock.nowMs() + HOUR),
      })),
      403,
      'InvalidToken',
    ],
    [
      'of a read-only credential',
      (memory) => memory.send(put, memory.credential({ actions: ['read'] })),
      403,
      'AccessDenied',
    ],
    [
      'of another user',
      (memory) => memory.send(put, memory.credential({ user: 'bob' })),
      403,
      'AccessDenied',
    ],
    ['of another app', (memory) => memory.send(put, memory.credential({ app: '2' })), 403, 'AccessDenied'],
    [
      'of a user whose name begins alike',
      (memory) => memory.send({ ...put, key: '1/alice2/a/b' }),
      403,
      'AccessDenied',
    ],
    [
      'outside the prefix',
      (memory) => memory.send(put, memory.credential({ keyPrefix: '1/alice/other/' })),
      403,
      'AccessDenied',
    ],
    [
      'larger than signed',
      (memory) => memory.send(put, memory.credential({ maxBytes: 6 })),
      400,
      'EntityTooLarge',
    ],
    ['left as it was signed', changed(put, () => undefined), 200, ''],
    [
      'with a changed header that was signed',
      changed(
        { ...put, headers: { 'x-cos-meta-a': '1' }, signedHeaders: ['x-cos-meta-a'] },
        (headers) => (headers['x-cos-meta-a'] = '2'),
      ),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'to another host',
      changed(put, (headers) => (headers['host'] = 'evil.example.org')),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'with a truncated signature',
      changed(put, (headers) => (headers['authorization'] = headers['authorization']?.slice(0, -1) ?? '')),
      400,
      'InvalidArgument',
    ],
    [
      'with another scheme of signing',
      changed(put, (headers) => (headers['authorization'] = 'Basic YTpi')),
      400,
      'InvalidArgument',
    ],
  ])('%s', async (_, forge, status, code) => {
    const memory = new MemoryService();
    expect(await forge(memory)).toMatchObject({ status, code });
    expect(await memory.blobIDs()).toHaveLength(status === 200 ? 1 : 0);
  });

  test.each<[string, number, number, string]>([
    ['in time', 0, 200, ''],
    ['just before the end', HOUR - 1, 200, ''],
    ['at the end', HOUR, 403, 'AccessDenied'],
    ['by a clock just tolerably ahead', -300_000, 200, ''],
    ['by a clock too far ahead', -300_001 - 1000, 403, 'RequestTimeTooSkewed'],
  ])('%s', async (_, laterMs, status, code) => {
    const memory = new MemoryService();
    const request = signedRequest(memory.credential(), put);
    memory.clock.advance(laterMs);
    const answer = await memory.receive(request);
    expect(answer).toMatchObject({ status, code });
    // What an SDK compares before it corrects its clock.
    if (code === 'AccessDenied')
      expect(answer.body.toString()).toContain('<Message>Request has expired</Message>');
  });
});

test('a parameter that is acted upon must be signed', async () => {
  const memory = new MemoryService();
  const request = signedRequest(memory.credential(), { method: 'POST', key: KEY });
  expect(await memory.receive({ ...request, target: targetOf(KEY, { uploads: '' }) })).toMatchObject({
    status: 403,
    code: 'AccessDenied',
  });
});

test('listing another user’s uploads', async () => {
  const memory = new MemoryService();
  for (const prefix of ['', '1/', '1/bob/', '1/alic']) {
    expect(await memory.send({ method: 'GET', query: { uploads: '', prefix } })).toMatchObject({
      status: 403,
    });
  }
});

test('a replaced secret verifies as long as it is listed', async () => {
  const memory = new MemoryService({ secrets: parseSecrets(['the new secret, also long', SECRET]) });
  const old = issueCredential(
    parseSecrets([SECRET]),
    { app: '1', user: 'alice', maxBytes: 1000, expiresAtMs: memory.clock.nowMs() + HOUR },
    memory.clock.nowMs(),
  );
  expect((await memory.send(put, old)).status).toBe(200);
  expect((await memory.send(put, memory.credential())).status).toBe(200);
});

test.each([[[]], [['']], [['fifteen bytes!!']], [['long enough to be one', 'short']]])(
  'secrets that are none: %j',
  (texts) => {
    expect(() => parseSecrets(texts)).toThrow(RangeError);
  },
);

test('a credential may not be wider than its user', () => {
  const memory = new MemoryService();
  expect(() => memory.credential({ keyPrefix: '1/' })).toThrow(RangeError);
  expect(() => memory.credential({ contentTypes: Array.from({ length: 500 }, () => 'image/png') })).toThrow(
    RangeError,
  );
});

describe('the query form', () => {
  const open = async (change: (query: URLSearchParams) => void = () => undefined) => {
    const memory = new MemoryService();
    await memory.send(put);
    const credential = memory.credential();
    const { headers } = signedRequest(credential, { method: 'GET', key: KEY });
    const query = new URLSearchParams(headers['authorization']);
    query.set('x-cos-security-token', credential.SecurityToken);
    change(query);
    return memory.sendPlain('GET', `/${KEY}?${query.toString()}`);
  };

  test('is as good as the header', async () => {
    expect(await open()).toMatchObject({ status: 200, body });
  });

  test.each<[string, (query: URLSearchParams) => void, string]>([
    ['without the token', (query) => query.delete('x-cos-security-token'), 'InvalidToken'],
    ['without a field', (query) => query.delete('q-key-time'), 'InvalidArgument'],
    ['with a field twice', (query) => query.append('q-ak', 'x'), 'InvalidArgument'],
    ['with another signature', (query) => query.set('q-signature', '0'.repeat(40)), 'SignatureDoesNotMatch'],
  ])('%s', async (_, change, code) => {
    expect(await open(change)).toMatchObject({ code });
  });
});

describe('a signed download URL', () => {
  const at = (memory: MemoryService, url: string) => {
    const { pathname, search } = new URL(url);
    return memory.sendPlain('GET', pathname + search);
  };
  const stored = async () => {
    const memory = new MemoryService();
    await memory.send(put);
    return { memory, url: memory.service.signGetURL(KEY, memory.clock.nowMs() + HOUR) };
  };

  test('opens the object until its time, and no longer', async () => {
    const { memory, url } = await stored();
    expect(await at(memory, url)).toMatchObject({ status: 200, body });
    memory.clock.advance(HOUR);
    expect(await at(memory, url)).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  test.each<[string, (url: string) => string]>([
    ['of another object', (url) => url.replace('a.txt', 'b.txt')],
    ['of another tenant', (url) => url.replace('/1/', '/2/')],
    ['with a later time', (url) => url.replace(/expires=(\d)/, 'expires=9')],
    ['with another signature', (url) => url.replace(/(?<=signature=)./, another)],
    ['with a truncated signature', (url) => url.slice(0, -1)],
    ['without a time', (url) => url.replace(/expires=\d+&/, '')],
    ['with a signature only', (url) => url.replace(/expires=\d+/, 'expires=')],
    [
      'of another secret',
      () =>
        signGetURL(parseSecrets(['the secret of another server']), {
          publicURL: 'http://x',
          key: KEY,
          expiresAtMs: 2e12,
        }),
    ],
  ])('%s', async (_, change) => {
    const { memory, url } = await stored();
    expect(await at(memory, change(url))).toMatchObject({ status: 403 });
  });

  test('is no right to write', async () => {
    const { memory, url } = await stored();
    const { pathname, search } = new URL(url);
    for (const method of ['PUT', 'DELETE', 'POST']) {
      expect((await memory.sendPlain(method, pathname + search)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('a signed upload URL', () => {
  const claims = (memory: MemoryService) => ({
    app: '1',
    user: 'alice',
    key: KEY,
    maxBytes: 7,
    endMs: memory.clock.nowMs() + HOUR,
  });
  const send = (memory: MemoryService, url: string, bytes: Buffer, method = 'PUT') => {
    const { pathname, search } = new URL(url);
    return memory.receive({
      method,
      target: pathname + search,
      headers: { 'content-length': String(bytes.byteLength) },
      body: (async function* () {
        yield bytes;
      })(),
    });
  };
  const signed = (memory: MemoryService) => signPutURL(parseSecrets([SECRET]), 'http://x', claims(memory));

  test('takes one body for its key', async () => {
    const memory = new MemoryService();
    expect(await send(memory, signed(memory), body)).toMatchObject({ status: 200 });
    expect(await memory.service.stat(KEY)).toMatchObject({ owner: 'alice', app: '1', size: 7 });
  });

  test.each<[string, (url: string) => string, Buffer, string]>([
    ['a byte too many', (url) => url, Buffer.from('content!'), 'EntityTooLarge'],
    ['for another key', (url) => url.replace('a.txt', 'b.txt'), body, 'AccessDenied'],
    ['with a changed token', (url) => url.replace(/(?<=upload=)./, another), body, 'InvalidToken'],
  ])('%s', async (_, change, bytes, code) => {
    const memory = new MemoryService();
    expect(await send(memory, change(signed(memory)), bytes)).toMatchObject({ code });
  });

  test('expires, and does not read', async () => {
    const memory = new MemoryService();
    const url = signed(memory);
    await send(memory, url, body);
    expect(await send(memory, url, Buffer.alloc(0), 'GET')).toMatchObject({ status: 403 });
    memory.clock.advance(HOUR);
    expect(await send(memory, url, body)).toMatchObject({ status: 403 });
  });

  test('lies within the keys of its user', () => {
    const memory = new MemoryService();
    expect(() => signPutURL(parseSecrets([SECRET]), 'http://x', { ...claims(memory), user: 'bob' })).toThrow(
      RangeError,
    );
  });
});
