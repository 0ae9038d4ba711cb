import { describe, expect, test } from 'vitest';
import { DEMO_USERS } from '../dev/demo-users.ts';
import { type AppOptions, buildApp, buildMetricsApp } from './build-app.ts';
import type { StaticFile, StaticFolder } from './static-files.ts';

const file = (text: string, type = 'text/html; charset=utf-8'): StaticFile => ({
  body: new TextEncoder().encode(text),
  type,
  etag: `"${text.length}"`,
});

const chat: StaticFolder = new Map([
  ['index.html', file('<!doctype html>')],
  ['assets/index-Bx3kQ9aZ.js', { ...file('let a'), gzip: new TextEncoder().encode('zipped') }],
  ['favicon.svg', file('<svg/>', 'image/svg+xml')],
]);

const LOCAL = { peerAddress: '127.0.0.1' };

function open(more: Partial<AppOptions> = {}) {
  const failures: unknown[] = [];
  const app = buildApp({
    readiness: { check: async () => ({ ready: true }), drain: () => undefined },
    metrics: { contentType: 'text/plain; version=0.0.4', text: async () => 'sterna_connections 0\n' },
    chat,
    sdk: new Map([['tim-js.js', file('var TIM', 'text/javascript; charset=utf-8')]]),
    dev: { SDKAppID: 7, users: DEMO_USERS, sign: (userID) => `signature of ${userID}` },
    failed: (error) => failures.push(error),
    ...more,
  });
  const get = (path: string, headers: Record<string, string> = {}, peer = LOCAL, method = 'GET') =>
    app.request(
      `http://127.0.0.1:8080${path}`,
      { method, headers: { host: '127.0.0.1:8080', ...headers } },
      peer,
    );
  return { get, failures };
}

describe('pages', () => {
  test('carry the policy, and nothing sniffs, frames or leaks them', async () => {
    const { headers } = await open().get('/');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob: http: https:; " +
        "media-src 'self' blob: http: https:; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('access-control-allow-origin')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  });

  test('may talk to the object service where there is one', async () => {
    const { headers } = await open({ objectsOrigin: 'https://files.test' }).get('/');
    expect(headers.get('content-security-policy')).toContain(
      "connect-src 'self' ws: wss: https://files.test;",
    );
  });

  test.each([
    ['/', '<!doctype html>', 'no-cache'],
    ['/index.html', '<!doctype html>', 'no-cache'],
    ['/favicon.svg', '<svg/>', 'no-cache'],
    ['/assets/index-Bx3kQ9aZ.js', 'let a', 'public, max-age=31536000, immutable'],
    ['/sdk/tim-js.js', 'var TIM', 'no-cache'],
  ])('%s is served with its cache rule', async (path, body, cache) => {
    const response = await open().get(path);
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
      200,
      body,
      cache,
    ]);
  });

  test('let every origin load the SDK, and nothing else', async () => {
    const { headers } = await open().get('/sdk/tim-js.js');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    for (const path of ['/', '/favicon.svg', '/demo-users.json', '/metrics', '/healthz']) {
      const other = await open().get(path);
      expect(other.headers.has('access-control-allow-origin')).toBe(false);
      expect(other.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  test('are compressed for those who accept it', async () => {
    const path = '/assets/index-Bx3kQ9aZ.js';
    const zipped = await open().get(path, { 'accept-encoding': 'br, gzip;q=0.8' });
    expect([await zipped.text(), zipped.headers.get('content-encoding')]).toEqual(['zipped', 'gzip']);
    for (const refusing of ['identity', 'gzip;q=0', 'notgzip']) {
      const plain = await open().get(path, { 'accept-encoding': refusing });
      expect([await plain.text(), plain.headers.get('content-encoding')]).toEqual(['let a', null]);
    }
  });

  test('are not sent again when they are the same', async () => {
    const first = await open().get('/');
    const again = await open().get('/', { 'if-none-match': `W/"x", ${first.headers.get('etag')}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  test('HEAD answers without a body', async () => {
    const response = await open().get('/', {}, LOCAL, 'HEAD');
    expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([
      200,
      '',
      '15',
    ]);
  });

  test.each([
    '/nothing',
    '/assets/',
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%5c..%5cx',
    '/assets/%00',
    '//etc/passwd',
    '/sdk/index.html',
    '/pages/x.html',
    '/__proto__',
    '/constructor',
    '/%E0%A4%A',
  ])('%s is not found', async (path) => {
    const response = await open().get(path);
    expect([response.status, await response.text()]).toEqual([404, 'Not found\n']);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is not allowed anywhere', async (method) => {
    const response = await open().get('/dev/usersig?userID=alice', {}, LOCAL, method);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('of a test are below /pages/', async () => {
    const { get } = open({ pages: new Map([['a/index.html', file('a page')]]) });
    expect(await (await get('/pages/a/')).text()).toBe('a page');
    expect((await get('/pages/b')).status).toBe(404);
  });

  test('that are not built say how to build them', async () => {
    const response = await open({ chat: new Map() }).get('/');
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });

  test('/ws says what it is for', async () => {
    const response = await open().get('/ws');
    expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
  });

  test('a bug is told to the log, not to the asker', async () => {
    const bug = new Error('SELECT secret FROM somewhere');
    const { get, failures } = open({
      readiness: { check: () => Promise.reject(bug), drain: () => undefined },
    });
    const response = await get('/readyz');
    expect([response.status, await response.text()]).toEqual([500, 'Internal server error\n']);
    expect(failures).toEqual([bug]);
  });
});

describe('health', () => {
  test('is for everybody, and says why not', async () => {
    const stranger = { peerAddress: '192.0.2.1' };
    expect((await open().get('/healthz', {}, stranger)).status).toBe(200);
    expect((await open().get('/readyz', {}, stranger)).status).toBe(200);
    const check = async () => ({ ready: false, reason: 'draining' }) as const;
    const { get } = open({ readiness: { check, drain: () => undefined } });
    const response = await get('/readyz', {}, stranger);
    expect([response.status, await response.text()]).toEqual([503, 'not ready: draining\n']);
  });
});

describe('what only this machine may ask', () => {
  const paths = ['/dev/usersig?userID=alice', '/demo-users.json', '/metrics'];

  test.each(['127.0.0.1:8080', 'localhost:8080', 'LOCALHOST', 'localhost', '[::1]:8080', '127.0.0.1'])(
    'is answered for the host %s',
    async (host) => {
      for (const path of paths) expect((await open().get(path, { host })).status).toBe(200);
    },
  );

  test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])(
    'is answered to %s',
    async (peerAddress) => {
      for (const path of paths) expect((await open().get(path, {}, { peerAddress })).status).toBe(200);
    },
  );

  test.each(['192.0.2.1', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '', '0.0.0.0', '127.0.0.1.evil.test'])(
    'does not exist for %s',
    async (peerAddress) => {
      for (const path of paths) expect((await open().get(path, {}, { peerAddress })).status).toBe(404);
    },
  );

  test.each<[string, Record<string, string>]>([
    ['a name that was made to point here', { host: 'evil.test:8080' }],
    ['a name that begins like one of ours', { host: 'localhost.evil.test' }],
    ['a name that ends like one of ours', { host: 'evil.localhost' }],
    ['an address in disguise', { host: '127.0.0.1.evil.test' }],
    ['another loopback spelling', { host: '0x7f.1' }],
    ['no host', { host: '' }],
    ['a proxy', { 'x-forwarded-for': '127.0.0.1' }],
    ['a proxy of the new kind', { forwarded: 'for=127.0.0.1' }],
    ['another proxy', { 'x-real-ip': '127.0.0.1' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('does not exist through %s', async (_, headers) => {
    for (const path of paths) expect((await open().get(path, headers)).status).toBe(404);
  });

  test.each([
    'https://evil.test',
    'null',
    'http://localhost.evil.test:5173',
    'http://127.0.0.1.evil.test',
    'http://localhost:5173@evil.test',
    'http://evil.test:80/localhost',
    'ftp://localhost',
    'localhost:5173',
    '*',
  ])('a page of %s gets no leave to read, and none to ask from another site', async (origin) => {
    const response = await open().get('/dev/usersig?userID=alice', { origin });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const across = { origin, 'sec-fetch-site': 'cross-site' };
    expect((await open().get('/dev/usersig?userID=alice', across)).status).toBe(404);
  });
});

describe('development routes', () => {
  test.each(['http://localhost:5173', 'http://127.0.0.1:3000', 'https://localhost', 'http://[::1]:5173'])(
    'may be read by a page of %s, and by no other',
    async (origin) => {
      const { get } = open();
      const response = await get('/demo-users.json', { origin, 'sec-fetch-site': 'cross-site' });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toBe('Origin');
      // What is not for pages stays closed to them, and a name that was made to point here opens nothing.
      const metrics = await get('/metrics', { origin, 'sec-fetch-site': 'cross-site' });
      expect(metrics.status).toBe(404);
      expect((await get('/metrics', { origin })).headers.has('access-control-allow-origin')).toBe(false);
      const elsewhere = await get('/demo-users.json', { origin, host: 'evil.test:8080' });
      expect([elsewhere.status, elsewhere.headers.has('access-control-allow-origin')]).toEqual([404, false]);
    },
  );

  test('sign for any userID, and name the demo users', async () => {
    const { get } = open();
    expect(await (await get('/dev/usersig?userID=erin')).json()).toEqual({
      SDKAppID: 7,
      userSig: 'signature of erin',
    });
    const { users } = (await (await get('/demo-users.json')).json()) as {
      users: { userID: string; avatar: string }[];
    };
    expect(users.map(({ userID }) => userID)).toEqual(['alice', 'bob', 'carol', 'dave']);
    for (const { avatar } of users) expect(new TextEncoder().encode(avatar).length).toBeLessThanOrEqual(500);
  });

  test('name the demo users in the place of the file that names none', async () => {
    const none = new Map([['demo-users.json', file('{ "users": null }')]]);
    for (const [folder, path] of [
      [{ chat: none }, '/demo-users.json'],
      [{ pages: none }, '/pages/demo-users.json'],
    ] as const)
      expect(await (await open(folder).get(path)).json()).toMatchObject({ users: { length: 4 } });
  });

  test.each([
    '',
    '?userID=',
    `?userID=${'a'.repeat(33)}`,
    '?userID=%E4%BD%A0',
    '?userID=a%0Ab',
    '?userid=alice',
  ])('refuse %s with a sentence', async (query) => {
    const response = await open().get(`/dev/usersig${query}`);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.stringContaining('userID must be') },
    ]);
  });

  test('do not exist in production', async () => {
    const app = buildApp({
      readiness: { check: async () => ({ ready: true }), drain: () => undefined },
      metrics: { contentType: 'text/plain', text: async () => '' },
      chat,
      sdk: new Map(),
      failed: () => undefined,
    });
    for (const path of ['/dev/usersig?userID=alice', '/dev/', '/dev']) {
      const response = await app.request(path, { headers: { host: 'localhost' } }, LOCAL);
      expect(response.status).toBe(404);
    }
  });
});

test('the listener for metrics serves metrics to anybody who reaches it, and nothing else', async () => {
  const app = buildMetricsApp({
    contentType: 'text/plain; version=0.0.4',
    text: async () => 'sterna_connections 0\n',
  });
  const response = await app.request('/metrics', {}, { peerAddress: '192.0.2.1' });
  expect([response.status, await response.text()]).toEqual([200, 'sterna_connections 0\n']);
  for (const path of ['/', '/healthz', '/demo-users.json'])
    expect((await app.request(path)).status).toBe(404);
  expect((await app.request('/metrics', { method: 'POST' })).status).toBe(405);
});
