import { describe, expect, test, vi } from 'vitest';
import { createMemoryBlobs } from '../../storage/memory-blobs.ts';
import { HttpHost, readAll, wire } from '../../testing/http-host.ts';
import { seededContent } from '../../testing/seeded-random.ts';

vi.setConfig({ testTimeout: 20_000 });

const KEY = '1/alice/r/a.bin';
const MiB = 1024 * 1024;
const idle = (host: HttpHost) =>
  expect.poll(() => host.service.transfers, { timeout: 10_000 }).toEqual({ uploads: 0, downloads: 0 });

/** A PUT of so many bytes, of which only the head is sent. */
const putHead = (host: HttpHost, size: number) =>
  wire({
    method: 'PUT',
    target: host.putURL(KEY).slice(host.url.length),
    headers: { host: 'x', 'content-length': String(size) },
  });

describe('streams', () => {
  test('a large body goes in and comes out the same', async () => {
    await using host = await HttpHost.start();
    const body = seededContent('large', 9 * MiB + 5);
    expect((await host.put(KEY, body)).status).toBe(200);
    const got = await fetch(host.getURL(KEY));
    expect(Buffer.from(await got.arrayBuffer()).equals(body)).toBe(true);
    await idle(host);
  });

  test('a body of unknown length', async () => {
    await using host = await HttpHost.start();
    const body = new ReadableStream({
      start: (controller) => {
        for (let chunk = 0; chunk < 5; chunk += 1) controller.enqueue(new Uint8Array(1000).fill(chunk));
        controller.close();
      },
    });
    const put = await fetch(host.putURL(KEY), { method: 'PUT', body, duplex: 'half' } as RequestInit);
    expect(put.status).toBe(200);
    expect(await host.service.stat(KEY)).toMatchObject({ size: 5000 });
  });

  test('several requests share a connection', async () => {
    await using host = await HttpHost.start();
    const socket = await host.connect();
    const answers: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => answers.push(chunk));
    const heard = () => Buffer.concat(answers).toString('latin1');
    for (const times of [1, 2]) {
      socket.write(`${putHead(host, 2)}hi`);
      await expect.poll(() => heard().match(/HTTP\/1\.1 200 OK/g)).toHaveLength(times);
    }
    const target = host.getURL(KEY).slice(host.url.length);
    socket.write(wire({ method: 'GET', target, headers: { host: 'x' } }));
    await expect.poll(() => heard().endsWith('\r\n\r\nhi')).toBe(true);
    socket.destroy();
  });
});

describe('a sender who is refused', () => {
  test('hears it at once, however much was announced', async () => {
    await using host = await HttpHost.start();
    const socket = await host.connect();
    socket.write(putHead(host, 1024 * MiB));
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('<Code>EntityTooLarge</Code>');
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  test('hears it in the middle of sending', async () => {
    await using host = await HttpHost.start();
    const response = await fetch(`${host.url}/${KEY}`, { method: 'PUT', body: new Uint8Array(3 * MiB) });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('AccessDenied');
  });

  test('is not heard out for ever', async () => {
    await using host = await HttpHost.start();
    const socket = await host.connect();
    socket.write(putHead(host, 1024 * MiB));
    const chunk = Buffer.alloc(MiB);
    let sent = 0;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const send = () => {
      if (socket.destroyed || sent > 512) return;
      sent += 1;
      socket.write(chunk, () => send());
    };
    socket.resume();
    send();
    await closed;
    expect(sent).toBeLessThan(100);
  });
});

describe('who is slow', () => {
  test('a body that stalls is answered, and its place given back', async () => {
    await using host = await HttpHost.start({ bodyIdleMs: 100 });
    const socket = await host.connect();
    socket.write(`${putHead(host, 100)}some of it`);
    const answer = await readAll(socket);
    expect(answer).toContain('<Code>RequestTimeout</Code>');
    await idle(host);
  });

  test('a body that drips is given up', async () => {
    await using host = await HttpHost.start({ bodyIdleMs: 200, bodyBytesPerSecond: 1000 });
    const socket = await host.connect();
    socket.write(putHead(host, 10_000));
    const dripping = setInterval(() => socket.write('x'), 20);
    expect(await readAll(socket)).toContain('<Code>RequestTimeout</Code>');
    clearInterval(dripping);
    await idle(host);
  });

  test('a reader that takes nothing is cut', async () => {
    await using host = await HttpHost.start({ readerIdleMs: 100 });
    await host.put(KEY, new Uint8Array(30 * MiB));
    const socket = await host.connect();
    socket.pause();
    socket.write(
      wire({ method: 'GET', target: host.getURL(KEY).slice(host.url.length), headers: { host: 'x' } }),
    );
    await expect.poll(() => host.service.transfers.downloads).toBe(1);
    await idle(host);
  });
});

describe('who goes away', () => {
  test('in the middle of an upload leaves nothing', async () => {
    await using host = await HttpHost.start();
    const socket = await host.connect();
    socket.write(putHead(host, 10 * MiB));
    socket.write(Buffer.alloc(MiB));
    await expect.poll(() => host.service.transfers.uploads).toBe(1);
    socket.resetAndDestroy();
    await idle(host);
    expect(await host.service.stat(KEY)).toBeUndefined();
    expect(host.warnings).toEqual([]);
  });

  test('in the middle of a download gives the place back', async () => {
    await using host = await HttpHost.start();
    await host.put(KEY, new Uint8Array(30 * MiB));
    const aborter = new AbortController();
    const response = await fetch(host.getURL(KEY), { signal: aborter.signal });
    await response.body?.getReader().read();
    aborter.abort();
    await idle(host);
    expect(host.warnings).toEqual([]);
  });
});

test('a blob that breaks off in the middle is never taken for whole', async () => {
  const clock = { nowMs: () => Date.now() };
  const memory = createMemoryBlobs(clock);
  const blobs = {
    ...memory,
    read: async function* (id: string, range: { start: number; end: number }) {
      for await (const chunk of memory.read(id, range)) yield chunk.subarray(0, chunk.length / 2);
      throw new Error('bad sector');
    },
  };
  await using host = await HttpHost.start({}, { blobs });
  await host.put(KEY, new Uint8Array(1000));
  const download = fetch(host.getURL(KEY)).then((response) => response.arrayBuffer());
  await expect(download).rejects.toThrow();
  expect(host.warnings).toEqual(['objects.download.failed']);
  await idle(host);
});

test('too many transfers at once are told to slow down', async () => {
  await using host = await HttpHost.start({ uploads: 2 });
  const busy = [await host.connect(), await host.connect()];
  for (const socket of busy) socket.write(`${putHead(host, 100)}x`);
  await expect.poll(() => host.service.transfers.uploads).toBe(2);
  const refused = await host.put('1/alice/r/b', new Uint8Array(1));
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  for (const socket of busy) socket.destroy();
  await idle(host);
  expect((await host.put('1/alice/r/b', new Uint8Array(1))).status).toBe(200);
});

test('closing does not wait for anybody', async () => {
  const host = await HttpHost.start();
  const socket = await host.connect();
  socket.write(`${putHead(host, 100)}x`);
  await expect.poll(() => host.service.transfers.uploads).toBe(1);
  await host[Symbol.asyncDispose]();
  expect(await readAll(socket)).not.toContain('200 OK');
});
