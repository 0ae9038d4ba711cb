import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { signedRequest } from '../../testing/cos-client.ts';
import { HttpHost, readAll } from '../../testing/http-host.ts';
import { MemoryService } from '../../testing/memory-service.ts';

vi.setConfig({ testTimeout: 60_000 });

const piece = fc.oneof(
  fc.constantFrom(
    '1',
    'alice',
    'bob',
    '..',
    '.',
    '',
    '%2e%2e',
    '%00',
    '%',
    '%ff',
    'a',
    '?',
    '&',
    '=',
    'uploads',
  ),
  fc.constantFrom(
    'uploadId=1',
    'partNumber=1',
    'q-signature=x',
    'signature=x',
    'expires=1',
    'upload=a.b',
    'reader=a.b',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 5 }),
);
const target = fc
  .array(piece, { maxLength: 8 })
  .map((pieces) => `/${pieces.join('/').replaceAll('/?/', '?').replaceAll('/&/', '&')}`);
const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH');
const headerName = fc.constantFrom(
  'authorization',
  'x-cos-security-token',
  'content-length',
  'content-md5',
  'content-type',
  'range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-range',
  'origin',
  'access-control-request-headers',
  'x-cos-meta-a',
);
const headers = fc.dictionary(
  headerName,
  fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 40 }),
    fc.constantFrom(
      'bytes=0-',
      'multipart/form-data; boundary=b',
      'a.b',
      '10',
      '*',
      'q-sign-algorithm=sha1&q-ak=x',
    ),
  ),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.constantFrom(Buffer.from('--b\r\n'), Buffer.from('<a>')),
);

test('whatever is asked, the answer is no fault of ours', async () => {
  const memory = new MemoryService();
  await memory.send({ method: 'PUT', key: '1/alice/a/b', body: Buffer.from('x') });
  const any = fc.record({ verb: method, path: target, more: headers, bytes: body, sign: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(any, async ({ verb, path, more, bytes, sign }) => {
      const base = sign
        ? signedRequest(memory.credential(), { method: verb, key: '1/alice/a/b' })
        : { headers: { host: 'x' }, target: path };
      const request = {
        method: verb,
        target: sign ? base.target + (path.includes('?') ? path.slice(path.indexOf('?')) : '') : path,
        headers: { ...base.headers, ...more },
        body: (async function* () {
          yield Uint8Array.from(bytes);
        })(),
      };
      const answer = await memory.receive(request);
      expect([500, 502]).not.toContain(answer.status);
      expect(answer.headers['x-cos-request-id']).toBeDefined();
      if (answer.status >= 400) expect(answer.body.toString()).toMatch(/^<\?xml[^]*<Error><Code>\w+<\/Code>/);
    }),
    { numRuns: 2000 },
  );
  expect(memory.warnings).toEqual([]);
  expect(memory.service.transfers).toEqual({ uploads: 0, downloads: 0 });
});

test('whatever comes over the wire, the next sender is served', async () => {
  await using host = await HttpHost.start({ bodyIdleMs: 50 });
  const line = fc.tuple(method, target).map(([verb, path]) => `${verb} ${path} HTTP/1.1\r\nHost: x\r\n`);
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(line, headers, body).map(([start, more, bytes]) => {
      const lines = Object.entries(more).map(([name, value]) => `${name}: ${value}\r\n`);
      return Buffer.concat([Buffer.from(`${start}${lines.join('')}\r\n`, 'latin1'), bytes]);
    }),
    fc.constantFrom(
      Buffer.from('PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
      Buffer.from('PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n'),
      Buffer.from('PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'),
      Buffer.from(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`),
      Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(100_000)}\r\n\r\n`),
    ),
  );
  await fc.assert(
    fc.asyncProperty(noise, async (bytes) => {
      const socket = await host.connect();
      socket.end(bytes);
      expect(await readAll(socket)).not.toMatch(/^HTTP\/1\.1 5/);
    }),
    { numRuns: 300 },
  );
  expect((await host.put('1/alice/r/after', new Uint8Array(3))).status).toBe(200);
  expect(host.warnings).toEqual([]);
});
