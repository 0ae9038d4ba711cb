import { randomUUID } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { connect } from 'node:net';
import type { Notice } from '@sterna/core';
import { busContract } from '@sterna/core/testing/contracts';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { natsSubject } from './subject.ts';
import { openNatsBus } from './nats-bus.ts';

const SERVER = process.env['STERNA_TEST_NATS'] ?? 'nats://127.0.0.1:4222';

busContract('NATS', async () => {
  const prefix = `test-${randomUUID()}`;
  const ends: { close(): Promise<void> }[] = [];
  return {
    async connect() {
      const bus = await openNatsBus({ servers: SERVER, prefix, onError: () => undefined });
      ends.push(bus);
      return bus;
    },
    async dispose() {
      await Promise.all(ends.map((bus) => bus.close()));
    },
  };
});

const notice: Notice = { kind: 'transient', app: 1, conversation: 'C2Cann', from: 'bob', message: {} };

/** A way to the server that can be cut and mended. */
async function startCable() {
  const { hostname, port } = new URL(SERVER);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  let at = 0;
  const listen = () =>
    new Promise<void>((resolve) => {
      server.listen(at, '127.0.0.1', () => {
        const address = server.address();
        if (address !== null && typeof address === 'object') at = address.port;
        resolve();
      });
    });
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  await listen();
  onTestFinished(cut);
  return { address: `nats://127.0.0.1:${at}`, cut, mend: listen };
}

describe('when the server goes away', () => {
  test('a node still hears itself, subscribes without waiting, and hears others again afterwards', async () => {
    const cable = await startCable();
    const prefix = `test-${randomUUID()}`;
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const bus = await openNatsBus({ servers: cable.address, prefix, onError });
    const other = await openNatsBus({ servers: SERVER, prefix, onError });
    onTestFinished(async () => {
      await Promise.all([bus.close(), other.close()]);
    });
    const received: Notice[] = [];
    await bus.subscribe('1/user:ann', (one) => received.push(one));

    await cable.cut();
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0), { timeout: 5_000 });
    await bus.subscribe('1/user:bob', (one) => received.push(one));
    bus.publish('1/user:ann', notice);
    bus.publish('1/user:bob', notice);
    await Promise.resolve();
    expect(received).toHaveLength(2);

    await cable.mend();
    await vi.waitFor(
      () => {
        other.publish('1/user:bob', notice);
        expect(received.length).toBeGreaterThan(2);
      },
      { timeout: 10_000, interval: 100 },
    );
  }, 20_000);

  test('a server that was never there is a sentence', async () => {
    const opened = openNatsBus({ servers: 'nats://127.0.0.1:9', onError: () => undefined });
    await expect(opened).rejects.toThrow('NATS does not answer at nats://127.0.0.1:9');
  });
});

test('what cannot leave is dropped at a bound, and what comes after it arrives', async () => {
  const prefix = `test-${randomUUID()}`;
  const open = () => openNatsBus({ servers: SERVER, prefix, onError: () => undefined });
  const [bus, other] = [await open(), await open()];
  onTestFinished(async () => {
    await Promise.all([bus.close(), other.close()]);
  });
  const big: Notice = { ...notice, message: 'x'.repeat(64 * 1024) };
  const received: Notice[] = [];
  let isThrough = false;
  await other.subscribe('1/user:ann', (one) => {
    if (JSON.stringify(one).length > 64 * 1024) received.push(one);
    else isThrough = true;
  });
  for (let sent = 0; sent < 400; sent++) bus.publish('1/user:ann', big);
  await vi.waitFor(
    () => {
      // They come in order: with this one all that was taken before it is there.
      bus.publish('1/user:ann', notice);
      expect(isThrough).toBe(true);
    },
    { timeout: 10_000 },
  );
  expect(received.length).toBeGreaterThanOrEqual(120);
  expect(received.length).toBeLessThan(140);
  for (let round = 0; round < 20; round++) {
    const before = received.length;
    for (let sent = 0; sent < 20; sent++) bus.publish('1/user:ann', big);
    await vi.waitFor(() => expect(received.length).toBe(before + 20), { timeout: 10_000 });
  }
}, 30_000);

test('subjects are escaped one to one', () => {
  expect(natsSubject('sterna', '1/user:ann')).toBe('sterna.1=2fuser=3aann');
  expect(natsSubject('sterna', 'a=.*> 界')).toBe('sterna.a=3d=2e=2a=3e=20=e7=95=8c');
});
