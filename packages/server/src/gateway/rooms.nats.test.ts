import { randomUUID } from 'node:crypto';
import { openNatsBus } from '@sterna/bus';
import type { Store } from '@sterna/core';
import { createMemoryStore, createSeededRandom } from '@sterna/core/testing';
import type { ReplyOf } from '@sterna/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../adapters/system-clock.ts';
import { createWorld } from './testing/gateway-world.ts';
import { count, entries, events, join, say, texts, tips } from './testing/room-world.ts';

const SERVER = process.env['STERNA_TEST_NATS'] ?? 'nats://127.0.0.1:4222';

/** Two nodes on one store, with a bus connection each. */
async function startNodes() {
  const prefix = `test-${randomUUID()}`;
  const store: Store = createMemoryStore({ clock: systemClock, random: createSeededRandom(9) });
  const start = async (seed: number) => {
    const bus = await openNatsBus({
      servers: SERVER,
      prefix,
      onError: (error) => {
        throw error;
      },
    });
    const world = createWorld({
      node: { bus, clock: systemClock, seed },
      store: () => store,
      instances: { web: 5, other: 5 },
    });
    onTestFinished(async () => {
      await world.gateway.drain(0);
      await bus.close();
    });
    return world;
  };
  return [await start(1), await start(2)] as const;
}

test('a live room is one on two nodes', async () => {
  const [one, two] = await startNodes();
  const owner = await one.login('owner');
  await owner.request('group.create', { type: 'AVChatRoom', name: 'Live', groupID: 'live' });
  const ann = await one.login('ann');
  const ben = await two.login('ben');
  await join(ann);
  await say(ann, 'before');
  expect((await join(ben)).group?.memberCount).toBe(2);
  await vi.waitFor(() => expect(entries(ben)).toEqual([['before']]));

  const { seq } = await say(ben, 'hello');
  await vi.waitFor(() => expect(texts(ann)).toEqual(['hello']));
  expect((await say(ann, 'and you')).seq).toBeGreaterThan(seq);
  await vi.waitFor(() => expect(texts(ben)).toEqual(['and you']));
  expect(tips(ann)).toContainEqual([1, 'ben']);
  const { members } = (await owner.request('group.members', {
    groupID: 'live',
    limit: 10,
  })) as ReplyOf<'group.members'>;
  expect(members.map(({ userID }) => userID).sort()).toEqual(['ann', 'ben']);

  await owner.request('group.deleteMembers', { groupID: 'live', userIDs: ['ben'], seconds: 60 });
  await vi.waitFor(() => expect(events(ben)).toContainEqual(expect.objectContaining({ t: 'left' })));
  await expect(say(ben, 'but')).rejects.toMatchObject({ code: 2101 });
  await vi.waitFor(async () => expect(await count(ann)).toBe(1));

  await owner.request('group.dismiss', { groupID: 'live' });
  await vi.waitFor(() =>
    expect(events(ann)).toContainEqual(expect.objectContaining({ t: 'left', reason: 'dismissed' })),
  );
});

test('somebody who comes back on another node has not left', async () => {
  const [one, two] = await startNodes();
  const owner = await one.login('owner');
  await owner.request('group.create', { type: 'AVChatRoom', name: 'Live', groupID: 'live' });
  await join(owner);
  const ann = await one.login('ann');
  await join(ann);
  ann.drop();
  const again = await two.login('ann', 'web', { resume: ann.reply.session });
  await join(again);
  await vi.waitFor(async () => expect(await count(owner)).toBe(2));
  await say(owner, 'there you are');
  await vi.waitFor(() => expect(texts(again)).toEqual(['there you are']));
  expect(tips(owner)).not.toContainEqual([2, 'ann']);
});
