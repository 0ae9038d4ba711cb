import { type SpawnedServer, spawnServer } from '@sterna/server/testing';
import { freshDatabase } from '@sterna/store/testing';
import { expect, test } from 'vitest';
import { connectClient, type ProtocolClient } from '../protocol-client/client.ts';

const text = (words: string) => [{ type: 'TIMTextElem' as const, payload: { text: words } }];

async function loggedIn(server: SpawnedServer, userID: string): Promise<ProtocolClient> {
  const client = await connectClient(server.wsURL);
  await client.login({ ...server.credentials(userID), platform: 'web', instanceID: `${userID}-1` });
  return client;
}

async function send(from: ProtocolClient, to: string, clientID: string, words: string): Promise<number> {
  const { seq } = await from.request('message.send', {
    conversationID: `C2C${to}`,
    clientID,
    elements: text(words),
  });
  return seq;
}

test('a server keeps everything in PostgreSQL: another process goes on where a killed one was', async () => {
  await using database = await freshDatabase();
  const env = { STERNA_DATABASE_URL: database.url };
  {
    await using first = await spawnServer({ env });
    const server = await first.ready;
    await using bob = await loggedIn(server, 'bob');
    await using alice = await loggedIn(server, 'alice');
    expect(await send(alice, 'bob', 'one', 'before the end')).toBe(1);
    await bob.push('conversation');
    await first.kill9();
  }
  await using second = await spawnServer({ env });
  const server = await second.ready;
  await using alice = await loggedIn(server, 'alice');
  expect(await send(alice, 'bob', 'one', 'before the end'), 'a repetition finds itself').toBe(1);
  expect(await send(alice, 'bob', 'two', 'after it')).toBe(2);
  await using bob = await loggedIn(server, 'bob');
  const { messages } = await bob.request('message.history', { conversationID: 'C2Calice', limit: 10 });
  expect(messages.map(({ elements }) => elements)).toEqual([text('before the end'), text('after it')]);
});

test('what a user says beside being online outlives the process, for the session that goes on', async () => {
  await using database = await freshDatabase();
  const env = { STERNA_DATABASE_URL: database.url };
  const resume = await (async () => {
    await using first = await spawnServer({ env });
    await using alice = await connectClient((await first.ready).wsURL);
    const { session } = await alice.login((await first.ready).credentials('alice'));
    await alice.request('status.set', { custom: 'at sea' });
    await first.kill9();
    return session;
  })();
  await using second = await spawnServer({ env });
  const server = await second.ready;
  await using alice = await connectClient(server.wsURL);
  await alice.login({ ...server.credentials('alice'), resume });
  const { statuses } = await alice.request('status.get', { userIDs: ['alice'] });
  expect(statuses).toEqual([{ userID: 'alice', platforms: ['web'], custom: 'at sea' }]);
  await alice.request('session.logout', {});
  await using again = await loggedIn(server, 'alice');
  expect((await again.request('status.get', { userIDs: ['alice'] })).statuses).toMatchObject([
    { custom: '' },
  ]);
});

test('two servers on one database: what is said at one is heard at the other', async () => {
  await using database = await freshDatabase();
  const env = { STERNA_DATABASE_URL: database.url };
  await using here = await spawnServer({ env });
  await using there = await spawnServer({ env });
  await using alice = await loggedIn(await here.ready, 'alice');
  await using bob = await loggedIn(await there.ready, 'bob');
  await send(alice, 'bob', 'one', 'hello from the other side');
  // No bus connects the two, so that it is the sweep that tells: where the conversation stands, and the rest is asked for.
  const { to } = await bob.push('conversation', ({ conversationID }) => conversationID === 'C2Calice');
  expect(to).toBe(1);
  const { messages } = await bob.request('message.history', { conversationID: 'C2Calice', limit: 10 });
  expect(messages.map(({ elements }) => elements)).toEqual([text('hello from the other side')]);
});
