import { once } from 'node:events';
import type { Socket } from 'node:net';
import { CLOSE, LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, openWorld } from './testing/socket-world.ts';
import { FRAME_TARGET_LENGTH, MAX_QUEUED_BYTES, STOP_READING_BYTES } from './ws-socket.ts';

describe('sending', () => {
  test('what is queued in one turn leaves as one frame, in order', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    for (let item = 0; item < 50; item++) server.socket.send(`[2,"x",${item}]`);
    expect(server.socket.queuedBytes()).toBeGreaterThan(50 * 8);
    await expect.poll(() => frames.length).toBe(1);
    expect(JSON.parse(frames[0] ?? '')).toEqual(Array.from({ length: 50 }, (_, item) => [2, 'x', item]));
    expect(server.socket.queuedBytes()).toBe(0);
    server.socket.send('"next"');
    await expect.poll(() => frames.length).toBe(2);
    client.terminate();
  });

  test('a large batch is several frames of bounded size, and nothing is lost between them', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    const items = Array.from({ length: 400 }, (_, index) => JSON.stringify([index, 'ü'.repeat(1500)]));
    for (const item of items) server.socket.send(item);
    await expect.poll(() => frames.flatMap((frame) => JSON.parse(frame) as unknown[]).length).toBe(400);
    expect(
      frames.flatMap((frame) => JSON.parse(frame) as [number, string][]).map(([index]) => index),
    ).toEqual(Array.from({ length: 400 }, (_, index) => index));
    expect(frames.length).toBeGreaterThan(3);
    for (const frame of frames) expect(frame.length).toBeLessThan(FRAME_TARGET_LENGTH + 2000);
    client.terminate();
  });

  test('an item larger than a frame should be still arrives whole', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    server.socket.send('1');
    server.socket.send(JSON.stringify('🐦'.repeat(FRAME_TARGET_LENGTH)));
    server.socket.send('2');
    await expect.poll(() => frames.flatMap((frame) => JSON.parse(frame) as unknown[]).length).toBe(3);
    client.terminate();
  });

  test('pings are answered, frames keep their order around them', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    const pongs: string[] = [];
    client.on('pong', (data) => pongs.push(data.toString()));
    client.ping('one');
    await expect.poll(() => pongs).toEqual(['one']);
    client.ping('two');
    client.send('hello');
    await expect.poll(() => server.messages).toEqual(['hello']);
    server.socket.send('"answer"');
    await expect.poll(() => [pongs, frames]).toEqual([['one', 'two'], ['["answer"]']]);
    client.terminate();
  });

  test('close sends what is queued first, and nothing after it', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    const closed = once(client, 'close');
    server.socket.send('"last"');
    server.socket.close(CLOSE.kicked, 'multipleAccount');
    server.socket.send('"too late"');
    server.socket.close(CLOSE.goingAway, 'again');
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([CLOSE.kicked, 'multipleAccount']);
    expect(frames).toEqual(['["last"]']);
    await server.closed;
  });

  test('no extension is negotiated', async () => {
    await using world = await openWorld();
    const { client } = await connect(world);
    expect(client.extensions).toBe('');
    client.terminate();
  });
});

describe('a client that does not read', () => {
  test('is counted, byte by byte, until it has taken everything', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    client.pause();
    const item = JSON.stringify('x'.repeat(100_000));
    let sent = 0;
    while (server.socket.queuedBytes() < LIMITS.socketQueueBytes) {
      server.socket.send(item);
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
      // Kernel buffers take some megabytes; without a bound this loop would not end.
      expect(sent).toBeLessThan(1000);
    }
    client.resume();
    await expect.poll(() => server.socket.queuedBytes()).toBe(0);
    await expect.poll(() => frames.flatMap((frame) => JSON.parse(frame) as unknown[]).length).toBe(sent);
    client.terminate();
  });

  test('is not read from while its replies wait', async () => {
    await using world = await openWorld();
    const reply = JSON.stringify('x'.repeat(STOP_READING_BYTES));
    world.onMessage = ({ socket }) => socket.send(reply);
    const { client, frames, server } = await connect(world);
    const { client: other, server: otherServer } = await connect(world);
    client.pause();
    let sent = 0;
    while (server.socket.queuedBytes() <= STOP_READING_BYTES) {
      client.send('request');
      sent += 1;
      await expect.poll(() => server.messages.length).toBe(sent);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let more = 0; more < 50; more++) client.send('request');
    // What another sends later, on a socket that is read from, is heard: so this one's requests could have been.
    other.send('request');
    await expect.poll(() => otherServer.messages.length).toBe(1);
    expect(server.messages).toHaveLength(sent);
    client.resume();
    await expect.poll(() => server.messages.length, { timeout: 10_000 }).toBe(sent + 50);
    await expect.poll(() => frames.length, { timeout: 10_000 }).toBe(sent + 50);
    client.terminate();
    other.terminate();
  });

  test('is let go when more than the last bound waits for it, however quickly that came', async () => {
    await using world = await openWorld();
    const { client, server } = await connect(world);
    const closed = once(client, 'close');
    const item = JSON.stringify('x'.repeat(1024 * 1024));
    for (let count = 0; count < 100; count++) server.socket.send(item);
    expect(server.socket.queuedBytes()).toBeLessThan(MAX_QUEUED_BYTES + 2 * item.length);
    expect((await closed)[0]).toBe(CLOSE.slowReader);
    await server.closed;
  });

  test('may get one item of any size', async () => {
    await using world = await openWorld();
    const { client, frames, server } = await connect(world);
    server.socket.send(JSON.stringify('x'.repeat(2 * MAX_QUEUED_BYTES)));
    await expect.poll(() => frames.length, { timeout: 10_000 }).toBe(1);
    server.socket.send('1');
    await expect.poll(() => frames.length).toBe(2);
    client.terminate();
  });

  test('gets its close code once it reads', async () => {
    await using world = await openWorld();
    const { client, server } = await connect(world);
    client.pause();
    while (server.socket.queuedBytes() < 1000) {
      server.socket.send(JSON.stringify('x'.repeat(200_000)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    server.socket.close(CLOSE.slowReader, 'reading too slowly');
    const closed = once(client, 'close');
    client.resume();
    expect((await closed)[0]).toBe(CLOSE.slowReader);
  });
});

describe('receiving', () => {
  test('fragments are put together, within bounds', async () => {
    await using world = await openWorld();
    const { client, server } = await connect(world);
    const [head, middle, tail] = ['[1,"se', 'ssion.ping"', ',{}]'];
    client.send(head, { fin: false });
    client.ping();
    client.send(middle, { fin: false });
    client.send(tail, { fin: true });
    await expect.poll(() => server.messages).toEqual(['[1,"session.ping",{}]']);
    const closed = once(client, 'close');
    for (let piece = 0; piece < 100; piece++) client.send('x', { fin: false });
    expect((await closed)[0]).toBe(1008);
  });

  test.each([
    ['a message of the largest size passes', LIMITS.frameBytes, undefined],
    ['one byte more is refused', LIMITS.frameBytes + 1, 1009],
  ])('%s', async (_, bytes, code) => {
    await using world = await openWorld();
    const { client, server } = await connect(world);
    const closed = once(client, 'close');
    client.send('x'.repeat(bytes));
    if (code === undefined) {
      await expect.poll(() => server.messages.map((message) => message.length)).toEqual([bytes]);
      client.terminate();
    } else {
      expect((await closed)[0]).toBe(code);
      expect(server.messages).toEqual([]);
    }
  });

  test('binary frames end the connection with the code for it', async () => {
    await using world = await openWorld();
    const { client, server } = await connect(world);
    const closed = once(client, 'close');
    client.send(Buffer.from('[1,"session.ping",{}]'));
    client.send('after');
    expect((await closed)[0]).toBe(CLOSE.badFrame);
    expect(server.messages).toEqual([]);
  });

  test('handlers that throw cost one socket', async () => {
    await using world = await openWorld();
    const bug = new Error('a bug');
    world.onMessage = () => {
      throw bug;
    };
    const { client } = await connect(world);
    const { client: other, server: otherServer } = await connect(world);
    const closed = once(client, 'close');
    client.send('x');
    expect((await closed)[0]).toBe(CLOSE.internal);
    expect(world.failures).toEqual([bug]);
    expect(other.readyState).toBe(WebSocket.OPEN);
    expect(otherServer.messages).toEqual([]);
    other.terminate();
  });

  test('a connection that is reset ends quietly', async () => {
    await using world = await openWorld();
    const { client, server } = await connect(world);
    (client as unknown as { _socket: Socket })._socket.resetAndDestroy();
    server.socket.send('"into nothing"');
    await server.closed;
    expect(world.failures).toEqual([]);
    await expect.poll(() => world.admission.connections).toBe(0);
  });
});
