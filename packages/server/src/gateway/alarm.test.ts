import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer } from '../testing/start-server.ts';

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
