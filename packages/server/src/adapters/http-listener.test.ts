import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { HTTP_BOUNDS, listen } from './http-listener.ts';

const QUICK = { headersMs: 300, requestMs: 600, checkMs: 50 };

async function open(connections = 10) {
  const requests: (string | undefined)[] = [];
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    connections,
    times: QUICK,
    onRequest(request, response) {
      requests.push(request.url);
      request.resume();
      request.on('end', () => response.end('answered'));
    },
  });
  onTestFinished(() => listener.close());
  return { listener, requests };
}

interface Peer {
  socket: Socket;
  said: () => string;
  closed: Promise<void>;
}

async function connectTo(port: number): Promise<Peer> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (data) => (text += data.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  return { socket, said: () => text, closed };
}

test('clients that never finish their headers or body are cut off, while others are served', async () => {
  const { listener, requests } = await open();
  const slow = await Promise.all(Array.from({ length: 40 }, () => connectTo(listener.port)));
  const drips: NodeJS.Timeout[] = [];
  onTestFinished(() => drips.forEach((drip) => clearInterval(drip)));
  for (const [index, { socket }] of slow.entries()) {
    const isHeader = index % 2 === 0;
    socket.write(
      `POST /slow HTTP/1.1\r\nHost: a\r\n${isHeader ? 'X-Drip: ' : 'Content-Length: 100000\r\n\r\n'}`,
    );
    // Each byte would restart a timer that only looks for silence.
    drips.push(setInterval(() => socket.write('x'), 20));
  }
  expect(await (await fetch(`http://127.0.0.1:${listener.port}/quick`)).text()).toBe('answered');
  await Promise.all(slow.map(({ closed }) => closed));
  expect(slow.filter(({ said }) => said().startsWith('HTTP/1.1 408')).length).toBeGreaterThan(0);
  expect(requests).toContain('/quick');
});

test.each([
  ['headers that are too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a bare carriage return', 'GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['another protocol', 'SSH-2.0-x\r\n'],
])('%s are refused with 400 or 431, and cut off', async (_, request) => {
  const { listener, requests } = await open();
  const { socket, said, closed } = await connectTo(listener.port);
  socket.write(request);
  await closed;
  expect(said()).toMatch(/^HTTP\/1\.1 4(?:00|31) /);
  expect(requests).toEqual([]);
});

test('connections beyond the bound are not accepted', async () => {
  const spare = HTTP_BOUNDS.spareConnections;
  const { listener } = await open(2 - spare);
  const first = await connectTo(listener.port);
  await connectTo(listener.port);
  const third = await connectTo(listener.port);
  await third.closed;
  first.socket.destroy();
  await expect
    .poll(async () => (await fetch(`http://127.0.0.1:${listener.port}/`).catch(() => undefined))?.status)
    .toBe(200);
});

test('closing does not wait for those who are slow', async () => {
  const { listener } = await open();
  const { socket, closed } = await connectTo(listener.port);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n');
  await listener.close();
  await closed;
});
