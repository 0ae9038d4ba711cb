import { randomUUID } from 'node:crypto';
import { openNatsBus } from '@sterna/bus';
import { createSeededRandom } from '@sterna/core/testing';
import type { Bus } from '@sterna/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../adapters/system-clock.ts';
import type { LiveSession } from './session.ts';
import { createStatuses, type Statuses } from './statuses.ts';

const SERVER = process.env['STERNA_TEST_NATS'] ?? 'nats://127.0.0.1:4222';

/** A node with a bus connection of its own. */
async function startNode(prefix: string, seed: number): Promise<{ bus: Bus; statuses: Statuses }> {
  const fail = (error: unknown): never => {
    throw error;
  };
  const bus = await openNatsBus({ servers: SERVER, prefix, onError: fail });
  const statuses = createStatuses({
    bus,
    clock: systemClock,
    random: createSeededRandom(seed),
    failed: fail,
    isLoggedOut: async () => false,
    forget: async () => undefined,
  });
  onTestFinished(async () => {
    statuses.stop();
    await bus.close();
  });
  return { bus, statuses };
}

/** A session whose hub passes on what the bus brings. */
async function enter({ bus, statuses }: { bus: Bus; statuses: Statuses }, userID: string) {
  const told: unknown[] = [];
  const session: LiveSession = {
    actor: { app: 1, userID, session: { instanceID: 'page', epoch: 1, platform: 'web' } },
    key: `1/${userID}/page/1`,
    push: (item) => told.push(JSON.parse(item)[2].statuses[0]),
    spareBytes: () => Infinity,
    close: () => undefined,
  };
  await bus.subscribe(`1/user:${userID}`, (notice) => {
    if (notice.kind === 'presence' || notice.kind === 'presenceAsked') statuses.hear(notice);
  });
  statuses.enter(session, { resumed: false });
  return { session, told };
}

test('two nodes know of each other’s users over NATS', async () => {
  const prefix = `test-${randomUUID()}`;
  const [one, two] = [await startNode(prefix, 1), await startNode(prefix, 2)];
  const ben = await enter(one, 'ben');
  const ann = await enter(two, 'ann');
  const online = { userID: 'ann', platforms: ['web'], custom: '' };
  expect(await one.statuses.statusesOf(1, ['ann'])).toEqual([online]);
  expect(await one.statuses.watch(ben.session.actor, ['ann'])).toEqual([online]);
  two.statuses.setStatus(ann.session.actor, { text: 'at sea', setMs: 1 });
  await vi.waitFor(() => expect(ben.told.at(-1)).toEqual({ ...online, custom: 'at sea' }));
  two.statuses.leave(ann.session, true);
  await vi.waitFor(() => expect(ben.told.at(-1)).toEqual({ ...online, platforms: [] }));
});
