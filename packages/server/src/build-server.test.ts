import { connect as connectTCP } from 'node:net';
import { CLOSE } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { connectClient, RefusedRequest } from '../../../tests/protocol-client/client.ts';
import { statusOf } from './adapters/testing/socket-world.ts';
import { startServer, type TestServer } from './testing/start-server.ts';

/** Gives the user an account. */
async function introduce(server: TestServer, userID: string): Promise<void> {
  await using client = await connectClient(server.wsURL);
  await client.login(server.credentials(userID));
}

const text = (value: string) => [{ type: 'TIMTextElem' as const, payload: { text: value } }];

describe('a server', () => {
  test('lets two users chat', async () => {
    await using server = await startServer();
    await using alice = await connectClient(server.wsURL);
    await using bob = await connectClient(server.wsURL);
    await alice.login(server.credentials('alice'));
    await bob.login(server.credentials('bob'));
    const sent = await alice.request('message.send', {
      conversationID: 'C2Cbob',
      clientID: 'c1',
      elements: text('hi'),
    });
    expect(sent).toMatchObject({ seq: 1, pos: 1 });
    const pushed = await bob.push('conversation', ({ conversationID }) => conversationID === 'C2Calice');
    expect(pushed.events).toMatchObject([[1, { t: 'message', seq: 1, from: 'alice', elements: text('hi') }]]);
  });

  test.each<[string, (sig: string) => object, number, number]>([
    ['an empty signature', () => ({ userSig: '' }), 70002, CLOSE.loginRefused],
    ['a cut signature', (sig) => ({ userSig: sig.slice(0, 40) }), 70003, CLOSE.loginRefused],
    ["another user's signature", () => ({ userID: 'mallory' }), 70013, CLOSE.loginRefused],
    ['an unknown app', () => ({ SDKAppID: 5 }), 70020, CLOSE.loginRefused],
  ])('refuses %s', async (_, change, code, close) => {
    await using server = await startServer();
    await using client = await connectClient(server.wsURL);
    const good = server.credentials('alice');
    const login = client.login({ ...good, ...change(good.userSig) });
    await expect(login).rejects.toThrow(RefusedRequest);
    await expect(login).rejects.toMatchObject({ code });
    expect((await client.closed).code).toBe(close);
  });

  test('stops listening to an address whose logins keep failing, and to nobody else', async () => {
    await using server = await startServer({ config: { limits: { loginFailuresPerMinute: 2 } } });
    const attempt = async (userID: string, userSig: string) => {
      await using client = await connectClient(server.wsURL);
      try {
        await client.login({ SDKAppID: server.SDKAppID, userID, userSig });
        return 0;
      } catch (error) {
        return (error as RefusedRequest).code;
      }
    };
    const forged = server.userSig('bob');
    expect([await attempt('alice', forged), await attempt('alice', forged)]).toEqual([70013, 70013]);
    expect(await attempt('alice', server.userSig('alice'))).toBe(70050);
    expect(await attempt('bob', server.userSig('bob'))).toBe(0);
  });

  test('tells clients to come back when it stops, and its port is free afterwards', async () => {
    const server = await startServer();
    const client = await connectClient(server.wsURL);
    await client.login(server.credentials('alice'));
    const closed = client.closed;
    await server.stop();
    expect((await closed).code).toBe(CLOSE.goingAway);
    await expect(connectClient(server.wsURL)).rejects.toThrow('ECONNREFUSED');
    await using again = await startServer({ config: { port: server.port } });
    expect(again.port).toBe(server.port);
  });

  test('answers what is under way before it stops', async () => {
    const server = await startServer();
    await introduce(server, 'bob');
    await using client = await connectClient(server.wsURL);
    await client.login(server.credentials('alice'));
    const replies = Array.from({ length: 20 }, (_, index) =>
      client.request('message.send', {
        conversationID: 'C2Cbob',
        clientID: `c${index}`,
        elements: text('x'),
      }),
    );
    // They went up in one piece, so with the first answer the server has them all.
    await replies[0];
    await server.stop();
    expect((await Promise.all(replies)).map(({ seq }) => seq)).toEqual(replies.map((_, index) => index + 1));
  });

  test('a stuck client does not hold up the stop', async () => {
    const server = await startServer();
    const socket = connectTCP(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    await using client = await connectClient(server.wsURL);
    await client.login(server.credentials('alice'));
    client.pause();
    const startedMs = performance.now();
    await server.stop();
    expect(performance.now() - startedMs).toBeLessThan(5000);
    socket.destroy();
  });

  test('a port that is taken fails the start, and leaves nothing behind', async () => {
    await using server = await startServer();
    await expect(startServer({ config: { port: server.port } })).rejects.toMatchObject({
      message: expect.stringContaining(`say with PORT=${server.port + 1}`),
      cause: { code: 'EADDRINUSE' },
    });
  });

  test('serves its metrics, which move with what happens', async () => {
    await using server = await startServer();
    await using client = await connectClient(server.wsURL);
    await introduce(server, 'bob');
    const read = async () => (await fetch(`${server.url}/metrics`)).text();
    expect(await read()).toContain('sterna_strangers 1');
    await client.login(server.credentials('alice'));
    await client.request('message.send', { conversationID: 'C2Cbob', clientID: 'c1', elements: text('x') });
    await client.request('message.send', { conversationID: 'C2Cbob', clientID: 'c1', elements: text('x') });
    await client.request('group.quit', { groupID: 'none' }).catch(() => undefined);
    const metrics = await read();
    for (const line of [
      'sterna_connections 1',
      'sterna_strangers 0',
      'sterna_users 1',
      'sterna_logins_total{result="new"} 2',
      'sterna_requests_total{command="message.send"} 2',
      'sterna_request_seconds_count 2',
      'sterna_messages_appended_total 1',
      'sterna_messages_duplicate_total 1',
    ]) {
      expect(metrics).toContain(`${line}\n`);
    }
    expect(metrics).toMatch(/sterna_refusals_total\{reason="\w+"\} 1\n/);
    expect(metrics).toMatch(/sterna_event_loop_delay_seconds\{quantile="0\.99"\} \d/);
    expect(metrics).toMatch(/process_resident_memory_bytes \d{7,}/);
  });

  test('serves metrics on a listener of their own where one is configured', async () => {
    await using free = await startServer();
    const { port } = free;
    await free.stop();
    await using server = await startServer({ config: { metrics: { port } } });
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('sterna_connections');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(404);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('development mode', () => {
  test('gives signatures that let in, and people with faces', async () => {
    await using server = await startServer({ development: true });
    const { SDKAppID, userSig } = (await (await fetch(`${server.url}/dev/usersig?userID=alice`)).json()) as {
      SDKAppID: number;
      userSig: string;
    };
    expect(SDKAppID).toBe(1_400_000_001);
    await using client = await connectClient(server.wsURL);
    const reply = await client.login({ SDKAppID, userID: 'alice', userSig });
    expect(reply.profile).toMatchObject({
      userID: 'alice',
      nick: 'Alice',
      avatar: expect.stringMatching(/^data:image/),
    });
    const { users } = (await (await fetch(`${server.url}/demo-users.json`)).json()) as { users: object[] };
    expect(users[1]).toMatchObject({ userID: 'bob', nick: 'Bob' });
  });

  test('lets in pages of this machine, whatever their port, beside those that are named', async () => {
    const config = { allowedOrigins: ['https://named.test', 'weapp://named'] };
    await using server = await startServer({ development: true, config });
    for (const [origin, status] of [
      ['http://localhost:5173', 101],
      ['https://127.0.0.1:3000', 101],
      ['http://[::1]:5173', 101],
      ['https://named.test', 101],
      ['weapp://named', 101],
      ['weapp://other', 403],
      ['https://other.test', 403],
      ['http://localhost.other.test:5173', 403],
      ['null', 403],
    ] as const) {
      expect(await statusOf({ listener: server }, { headers: { origin } }), origin).toBe(status);
    }
  });

  test('in production a page of this machine is one like any other, and a refused one is named once', async () => {
    const lines: string[] = [];
    const onLogLine = (line: string) => void lines.push(line);
    await using server = await startServer({ config: { allowedOrigins: ['https://named.test'] }, onLogLine });
    for (const origin of ['http://localhost:5173', 'http://localhost:5173', 'https://other.test']) {
      expect(await statusOf({ listener: server }, { headers: { origin } })).toBe(403);
    }
    expect(await statusOf({ listener: server }, { headers: { origin: 'https://named.test' } })).toBe(101);
    const warnings = lines.map((line) => JSON.parse(line) as object).filter((line) => 'origin' in line);
    expect(warnings).toMatchObject([
      { level: 'warn', event: expect.stringContaining('allowedOrigins'), origin: 'http://localhost:5173' },
      { level: 'warn', origin: 'https://other.test' },
    ]);
  });

  test('signatures and people are absent in production', async () => {
    await using server = await startServer();
    expect((await fetch(`${server.url}/dev/usersig?userID=alice`)).status).toBe(404);
    expect(await (await fetch(`${server.url}/demo-users.json`)).json()).toEqual({ users: null });
  });
});

const CANARY = 'canary5e1f';

test('nothing that a client sends, and no key, reaches the log', async () => {
  const lines: string[] = [];
  await using server = await startServer({ onLogLine: (line) => void lines.push(line) });
  const good = server.userSig('alice');
  await fetch(`${server.url}/nothing?token=${CANARY}`, {
    headers: { authorization: CANARY, cookie: CANARY },
  });
  for (const userSig of [CANARY, `${CANARY}${good}`, server.userSig('bob')]) {
    await using client = await connectClient(server.wsURL, { headers: { 'x-token': CANARY } });
    const login = client.login({ SDKAppID: server.SDKAppID, userID: 'alice', userSig, sdk: CANARY });
    await expect(login).rejects.toThrow(RefusedRequest);
  }
  await using client = await connectClient(server.wsURL);
  await introduce(server, 'bob');
  await client.login({ ...server.credentials('alice'), instanceID: CANARY });
  const send = {
    conversationID: 'C2Cbob',
    clientID: CANARY,
    elements: text(CANARY),
    cloudCustomData: CANARY,
  };
  await client.request('message.send', send);
  await client
    .request('profile.update', { changes: { nick: CANARY, custom: { [CANARY]: CANARY } } })
    .catch(() => undefined);
  await client.request('group.quit', { groupID: CANARY }).catch(() => undefined);
  for (const frame of [`{"${CANARY}`, `[1,"${CANARY}",{}]`, `[1,"message.send",{"x":"${CANARY}"}]`])
    client.sendRaw(frame);
  await client.request('session.ping', {});
  await server.stop();
  const refused = lines
    .filter((line) => line.includes('signature refused'))
    .map((line) => JSON.parse(line) as object);
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({
    level: 'info',
    userID: 'alice',
    reason: 'userSigMalformed',
    address: '127.0.0.x',
  });
  expect(lines.filter((line) => line.includes(CANARY) || line.includes(good.slice(0, 30)))).toEqual([]);
});
