import { once } from 'node:events';
import { connect as connectTCP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { connect, openWorld, statusOf } from './testing/socket-world.ts';

const GOOD = 'https://chat.good.test';

/** What a page of a stranger, or a clumsy one, may send as its Origin. */
const HOSTILE_ORIGINS = [
  'null',
  'https://chat.good.test.evil.test',
  'https://evil.test/chat.good.test',
  'https://evil.test#https://chat.good.test',
  'https://chat.good.test@evil.test',
  'https://evilchat.good.test',
  'https://good.test',
  'https://a.chat.good.test',
  'http://chat.good.test',
  'https://chat.good.test:8443',
  'https://chat.good.test:443',
  'https://chat.good.test/',
  'https://chat.good.test.',
  'HTTPS://chat.good.test',
  'https://CHAT.good.test',
  'https://xn--cht-rla.good.test',
  'https://chat.good.test, https://evil.test',
  'https://evil.test https://chat.good.test',
  '//chat.good.test',
  'file://',
  'chrome-extension://chat.good.test',
  'https://chat%2egood.test',
  'https://127.0.0.1',
  '*',
];

describe('the upgrade', () => {
  test.each(HOSTILE_ORIGINS)('refuses the origin %s before a socket is made', async (origin) => {
    await using world = await openWorld({ origins: [GOOD] });
    expect(await statusOf(world, { headers: { origin } })).toBe(403);
    expect(world.accepted).toEqual([]);
    expect(world.turnedAway).toEqual([403]);
    expect(world.admission.connections).toBe(0);
  });

  test('lets in the allowed origin, and programs without one', async () => {
    await using world = await openWorld({ origins: [GOOD] });
    expect(await statusOf(world, { headers: { origin: GOOD } })).toBe(101);
    expect(await statusOf(world)).toBe(101);
  });

  test('without a list, only pages of the same host and port get in', async () => {
    await using world = await openWorld();
    const host = `127.0.0.1:${world.listener.port}`;
    expect(await statusOf(world, { headers: { origin: `http://${host}` } })).toBe(101);
    expect(await statusOf(world, { headers: { origin: `https://${host}` } })).toBe(101);
    expect(await statusOf(world, { headers: { origin: 'http://127.0.0.1' } })).toBe(403);
    expect(await statusOf(world, { headers: { origin: `http://localhost:${world.listener.port}` } })).toBe(
      403,
    );
    expect(await statusOf(world, { headers: { origin: 'null' } })).toBe(403);
  });

  test('knows one path', async () => {
    await using world = await openWorld();
    expect(await statusOf(world, { path: '/ws?x=1' })).toBe(101);
    expect(await statusOf(world, { path: '/' })).toBe(404);
    expect(await statusOf(world, { path: '/ws/' })).toBe(404);
    expect(await statusOf(world, { path: '/WS' })).toBe(404);
  });

  test('turns strangers away when there are too many, and forgets those who left or logged in', async () => {
    await using world = await openWorld({ limits: { strangersPerAddress: 2 } });
    const first = await connect(world);
    const second = await connect(world);
    expect(await statusOf(world)).toBe(429);
    first.server.socket.loggedIn?.();
    const third = await connect(world);
    expect(await statusOf(world)).toBe(429);
    second.client.terminate();
    await expect.poll(() => world.admission.strangers).toBe(1);
    expect(await statusOf(world)).toBe(101);
    first.client.terminate();
    third.client.terminate();
  });

  test('counts by the forwarded address where the proxy is trusted, and only there', async () => {
    const limits = { strangersPerAddress: 1 };
    await using trusting = await openWorld({ limits, proxies: ['127.0.0.0/8'] });
    const a = await connect(trusting, { headers: { 'x-forwarded-for': '6.6.6.6, 192.0.2.1, 127.0.0.9' } });
    expect(a.server.socket.remoteAddress).toBe('192.0.2.1');
    expect(await statusOf(trusting, { headers: { 'x-forwarded-for': '192.0.2.1' } })).toBe(429);
    expect(await statusOf(trusting, { headers: { 'x-forwarded-for': '192.0.2.2' } })).toBe(101);
    a.client.terminate();

    await using wary = await openWorld({ limits });
    const b = await connect(wary, { headers: { 'x-forwarded-for': '192.0.2.1' } });
    expect(b.server.socket.remoteAddress).toBe('127.0.0.1');
    expect(await statusOf(wary, { headers: { 'x-forwarded-for': '192.0.2.2' } })).toBe(429);
    b.client.terminate();
  });

  test('asks everybody to come back later once it is stopping', async () => {
    await using world = await openWorld();
    world.upgrades.stop();
    expect(await statusOf(world)).toBe(503);
  });

  test.each([
    [
      'a missing key',
      'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      '400',
    ],
    [
      'another version',
      'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      '400',
    ],
    [
      'another method',
      'POST /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      '405',
    ],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', '400'],
  ])('answers %s and lets go', async (_, request, status) => {
    await using world = await openWorld();
    const socket = connectTCP(world.listener.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.write(request, 'latin1');
    await once(socket, 'close');
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(world.accepted).toEqual([]);
    await expect.poll(() => world.admission.connections).toBe(0);
  });
});
