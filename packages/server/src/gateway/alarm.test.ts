import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LIMITS } from '@sterna/protocol';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer } from '../testing/start-server.ts';
import { createWorld } from './testing/gateway-world.ts';

test('an invitation whose server stops is timed out by the next one on the same data, once', async () => {
  const data = await mkdtemp(join(tmpdir(), 'sterna-'));
  const start = () => startServer({ data, store: 'configured' });
  const said = { inviteID: 'i', inviter: 'alice', inviteeList: ['bob'], timeout: 1, data: 'call' };
  const step = { type: 'TIMCustomElem', payload: { data: '', description: '', extension: '' } } as const;
  const dueMs = await (async () => {
    await using server = await start();
    await using bob = await connectClient(server.wsURL);
    await bob.login(server.credentials('bob'));
    await using alice = await connectClient(server.wsURL);
    await alice.login(server.credentials('alice'));
    const payload = { ...step.payload, data: JSON.stringify({ ...said, actionType: 1 }) };
    const sent = { conversationID: 'C2Cbob', clientID: 'c1', elements: [{ ...step, payload }] };
    return (await alice.request('message.send', sent)).timeMs + 1000;
  })();

  await using server = await start();
  await using bob = await connectClient(server.wsURL);
  await bob.login(server.credentials('bob'));
  const read = async () =>
    (await bob.request('message.history', { conversationID: 'C2Calice', limit: 9 })).messages;
  if ((await read()).length < 2) await bob.push('conversation', ({ events }) => events.length > 0);
  const [, over, ...more] = await read();
  expect(more).toEqual([]);
  expect(over?.timeMs).toBeGreaterThanOrEqual(dueMs);
  expect(over?.elements[0]).toMatchObject({ payload: { data: expect.stringContaining('"actionType":5') } });
  await rm(data, { recursive: true, force: true });
});

test('an invitation of a second ends to the millisecond, wherever between two looks it came', async () => {
  expect(LIMITS.timerLookMs).toBeLessThan(1000);
  const world = createWorld();
  const [alice, bob] = [await world.login('alice'), await world.login('bob')];
  const ends = (): number =>
    bob.pushes('conversation').filter((push) => JSON.stringify(push).includes('actionType\\":5')).length;
  for (const offsetMs of [0, 1, LIMITS.timerLookMs - 1, LIMITS.timerLookMs + 1]) {
    await world.pass(offsetMs);
    const before = ends();
    const said = {
      inviteID: `i${offsetMs}`,
      actionType: 1,
      inviter: 'alice',
      inviteeList: ['bob'],
      timeout: 1,
    };
    const payload = { data: JSON.stringify(said), description: '', extension: '' };
    const elements = [{ type: 'TIMCustomElem', payload }];
    await alice.request('message.send', { conversationID: 'C2Cbob', clientID: `${offsetMs}`, elements });
    await world.pass(999);
    expect(ends() - before).toBe(0);
    await world.pass(1);
    expect(ends() - before).toBe(1);
  }
});
