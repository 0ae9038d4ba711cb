import fc from 'fast-check';
import { validateHeaderValue } from 'node:http';
import { describe, expect, test } from 'vitest';
import { MemoryService } from '../testing/memory-service.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { servingHeaders } from './serving-headers.ts';

describe('what a browser is told of a file', () => {
  test.each<[string, string, string]>([
    ['image/png', 'image/png', 'inline'],
    ['video/mp4', 'video/mp4', 'inline'],
    ['audio/mpeg', 'audio/mpeg', 'inline'],
    ['application/pdf', 'application/pdf', 'attachment'],
    ['application/zip', 'application/zip', 'attachment'],
    ['text/html', 'application/octet-stream', 'attachment'],
    ['image/svg+xml', 'application/octet-stream', 'attachment'],
    ['application/octet-stream', 'application/octet-stream', 'attachment'],
  ])('%s', (mediaType, type, disposition) => {
    const headers = servingHeaders(mediaType, 'a.bin');
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toBe(`${disposition}; filename="a.bin"; filename*=UTF-8''a.bin`);
  });

  test.each<[string, string]>([
    ['a"b.txt', 'filename="a_b.txt"; filename*=UTF-8\'\'a%22b.txt'],
    ['a\\b.txt', 'filename="a_b.txt"; filename*=UTF-8\'\'a%5Cb.txt'],
    ['照片.png', 'filename="__.png"; filename*=UTF-8\'\'%E7%85%A7%E7%89%87.png'],
    ["it's (1)*.txt", 'filename="it_s _1__.txt"; filename*=UTF-8\'\'it%27s%20%281%29%2A.txt'],
    ['exe\u202egnp.txt', 'filename="exegnp.txt"; filename*=UTF-8\'\'exegnp.txt'],
  ])('named %j', (name, expected) => {
    expect(servingHeaders('x', name)['content-disposition']).toBe(`attachment; ${expected}`);
  });

  test('no name can leave its header', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((name) => name.isWellFormed()),
        (name) => {
          const value = servingHeaders('x', name)['content-disposition'] ?? '';
          validateHeaderValue('content-disposition', value);
          expect(value).toMatch(/^attachment; filename="[\w.,+@ -]*"; filename\*=UTF-8''[\w.~%-]*$/);
        },
      ),
    );
  });
});

describe('CORS', () => {
  test('a preflight is answered with what the SDKs ask for', async () => {
    const memory = new MemoryService();
    const answer = await memory.sendPlain('OPTIONS', '/any/key', {
      origin: 'https://chat.example.org',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,x-cos-meta-a,x-cos-security-token,x-evil',
    });
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-allow-methods']).toBe('GET, PUT, POST, DELETE, HEAD');
    const allowed = answer.headers['access-control-allow-headers']?.split(', ') ?? [];
    expect(allowed).toEqual(
      expect.arrayContaining([
        'authorization',
        'cache-control',
        'content-md5',
        'content-type',
        'x-cos-meta-a',
        'x-cos-security-token',
      ]),
    );
    expect(allowed).not.toContain('x-evil');
  });

  test('what an SDK reads is exposed, on errors too', async () => {
    const memory = new MemoryService();
    const { headers, status } = await memory.sendPlain('GET', '/1/a/b', {
      origin: 'https://chat.example.org',
    });
    expect(status).toBe(403);
    const exposed = headers['access-control-expose-headers']?.split(', ');
    expect(exposed).toEqual(
      expect.arrayContaining(['ETag', 'Location', 'x-cos-request-id', 'Date', 'Content-Length']),
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    });
  });

  test('a list of origins is kept to', () => {
    const list = ['https://chat.example.org'];
    expect(corsHeaders('https://chat.example.org', list)).toMatchObject({
      'access-control-allow-origin': 'https://chat.example.org',
      vary: 'Origin',
    });
    expect(corsHeaders('https://evil.example.org', list)).toEqual({ vary: 'Origin' });
    expect(corsHeaders(undefined, list)).toEqual({ vary: 'Origin' });
  });

  test('no request makes the answer endless', () => {
    const allowed = preflightHeaders('x-cos-meta-a,'.repeat(10_000))['access-control-allow-headers'];
    expect(allowed?.length).toBeLessThan(4096);
  });
});

test.each(['acl', 'tagging', 'delete', 'restore', 'append', 'versionId=1'])(
  '?%s is not taken for an upload',
  async (query) => {
    const memory = new MemoryService();
    for (const method of ['PUT', 'GET', 'DELETE', 'POST']) {
      expect(await memory.sendPlain(method, `/1/alice/a?${query}`)).toMatchObject({ status: 501 });
    }
  },
);

test('neither is a copy', async () => {
  const memory = new MemoryService();
  const headers = { 'x-cos-copy-source': 'b/1/alice/b' };
  expect(await memory.send({ method: 'PUT', key: '1/alice/a', headers })).toMatchObject({ status: 501 });
});

test.each(['PATCH', 'TRACE', 'PROPFIND', 'get'])('%s is no method of this service', async (method) => {
  const memory = new MemoryService();
  expect(await memory.sendPlain(method, '/1/alice/a')).toMatchObject({
    status: 405,
    code: 'MethodNotAllowed',
  });
});
