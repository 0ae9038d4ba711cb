import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectClient, type ProtocolClient } from '../../../../tests/protocol-client/client.ts';
import { startServer, type TestServer } from '../testing/start-server.ts';
import { createPresentLinks } from './present-links.ts';

describe('links in what goes out', () => {
  const MARK = '?expires=9&signature=';
  const old = (name: string, at = 'http://was.test:9080') => `${at}/1/ann/x/${name}${MARK}s-_1`;

  function open() {
    const state = { address: 'https://now.test', verified: [] as string[] };
    const present = createPresentLinks({
      mark: MARK,
      address: () => state.address,
      renew(url) {
        state.verified.push(url);
        const key = url.includes('forged') ? undefined : /\/1\/[^?]*/.exec(url)?.[0];
        return key === undefined ? url : `${state.address}${key}${MARK}s-_1`;
      },
    });
    return { state, present };
  }

  test('are where the service is now, wherever an avatar stands', () => {
    const { present } = open();
    const item = (one: string, two: string) =>
      JSON.stringify([{ nick: '"', avatar: one }, { payload: { newGroupProfile: { faceUrl: two } } }]);
    expect(present(item(old('a.png'), old('b.png', 'https://earlier.test')))).toBe(
      item(old('a.png', 'https://now.test'), old('b.png', 'https://now.test')),
    );
  });

  test('stay as they are in what users wrote, of others, and where the service has been all along', () => {
    const { state, present } = open();
    const data = JSON.stringify({ avatar: old('a.png') });
    for (const item of [
      { text: old('a.png'), data, desc: `"avatar":"${old('a.png')}"` },
      { avatar: 'https://elsewhere.test/a.png' },
      { avatar: old('a.png', 'https://now.test') },
      { avatar: `${old('a.png')}&more` },
    ])
      expect(present(JSON.stringify(item))).toBe(JSON.stringify(item));
    expect(state.verified).toEqual([]);
    const forged = JSON.stringify({ avatar: old('forged.png') });
    expect(present(forged)).toBe(forged);
  });

  test('are verified once, and anew after another move', () => {
    const { state, present } = open();
    const item = (count: number) => JSON.stringify({ count, avatar: old('a.png') });
    for (const count of [1, 1, 2, 3]) present(item(count));
    expect(state.verified).toHaveLength(1);
    state.address = 'https://later.test';
    expect(present(item(4))).toContain('https://later.test/1/ann/x/a.png');
    expect(state.verified).toHaveLength(2);
  });
});

describe('on a server whose files have moved', () => {
  const PICTURE = (() => {
    const bytes = Buffer.alloc(54 + 16);
    bytes.write('BM', 0, 'latin1');
    for (const [at, value] of [
      [2, bytes.length],
      [10, 54],
      [14, 40],
      [18, 2],
      [22, 2],
    ] as const)
      bytes.writeUInt32LE(value, at);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(24, 28);
    return bytes;
  })();

  async function connect(server: TestServer, userID: string) {
    const client = await connectClient(server.wsURL);
    const welcome = await client.login(server.credentials(userID));
    return Object.assign(client, { welcome });
  }

  async function upload(client: ProtocolClient): Promise<string> {
    const file = { kind: 'file', size: PICTURE.length, name: 'me.bmp' } as const;
    const { key, putURL } = await client.request('upload.begin', file);
    expect((await fetch(putURL, { method: 'PUT', body: new Uint8Array(PICTURE) })).status).toBe(200);
    return (await client.request('upload.finish', { kind: 'file', key })).url;
  }

  const say = (client: ProtocolClient, conversationID: string) =>
    client.request('message.send', {
      clientID: `say-${Math.floor(performance.now() * 1000)}`,
      conversationID,
      elements: [{ type: 'TIMTextElem', payload: { text: 'hello' } }],
    });

  /** All that shows an avatar, by where it was found. */
  function avatarsIn(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      typeof inner === 'string'
        ? /^(?:avatar|faceUrl)$/.test(name) && inner
          ? [inner]
          : []
        : avatarsIn(inner),
    );
  }

  /** Whoever has the port of before, the files are elsewhere. */
  async function occupy(url: string): Promise<AsyncDisposable> {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    return { [Symbol.asyncDispose]: () => new Promise((resolve) => void holder.close(() => resolve())) };
  }

  /** Alice and her club have faces; Bob has one from elsewhere. They meet in every way that copies one. */
  async function meet(server: TestServer): Promise<{ was: string; groupID: string }> {
    await using alice = await connect(server, 'alice');
    await using bob = await connect(server, 'bob');
    await alice.request('profile.update', {
      changes: { avatar: await upload(alice), allowType: 'AllowType_Type_NeedConfirm' },
    });
    await bob.request('profile.update', {
      changes: { avatar: 'https://elsewhere.test/bob.png', allowType: 'AllowType_Type_AllowAny' },
    });
    const { group } = await alice.request('group.create', {
      type: 'Public',
      name: 'club',
      joinOption: 'FreeAccess',
    });
    const { groupID } = group;
    await bob.request('group.join', { groupID });
    await alice.request('group.update', { groupID, changes: { avatar: await upload(alice) } });
    await say(alice, `GROUP${groupID}`);
    await say(alice, 'C2Cbob');
    await alice.request('friend.add', { userID: 'bob', both: true, source: 'AddSource_Type_Web' });
    await bob.request('follow.change', { action: 'add', userIDs: ['alice'] });
    await alice.request('follow.change', { action: 'add', userIDs: ['bob'] });
    return { was: alice.welcome.objects?.url ?? '', groupID };
  }

  test('every avatar leads there: in profiles, lists, messages of before and of now; a foreign one stays', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sterna-moved-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    const options = { data, config: { objects: { port: 0 } }, store: 'configured' } as const;
    const { was, groupID } = await (async () => {
      await using server = await startServer(options);
      return await meet(server);
    })();
    await using _held = await occupy(was);
    await using server = await startServer(options);
    await using alice = await connect(server, 'alice');
    await using bob = await connect(server, 'bob');
    const is = bob.welcome.objects?.url ?? '';
    expect(is).not.toBe(was);
    const seen: Record<string, string[]> = {};
    const see = async (what: string, asked: unknown) => void (seen[what] = avatarsIn(await asked));

    await see('login', alice.welcome);
    await see('profile.get', bob.request('profile.get', { userIDs: ['alice'] }));
    await see('conversation.list', bob.request('conversation.list', {}));
    for (const conversationID of ['C2Calice', `GROUP${groupID}`])
      await see(conversationID, bob.request('message.history', { conversationID, limit: 15 }));
    await see('group.get', bob.request('group.get', { groupID }));
    await see('group.list', bob.request('group.list', {}));
    await see('group.members', bob.request('group.members', { groupID, offset: 0, limit: 10 }));
    await see('friend.list', bob.request('friend.list', {}));
    await see('follow.list', bob.request('follow.list', { list: 'following' }));
    await see('search.users', bob.request('search.users', { keywords: ['alice'], match: 'or', limit: 10 }));
    await say(alice, 'C2Cbob');
    await see(
      'pushed message',
      bob.push('conversation', ({ conversationID }) => conversationID === 'C2Calice'),
    );
    await alice.request('group.update', { groupID, changes: { introduction: 'moved' } });
    await see(
      'pushed tip',
      bob.push('conversation', ({ events }) => JSON.stringify(events).includes('operatorInfo')),
    );
    await alice.request('profile.update', { changes: { nick: 'Alice' } });
    await see(
      'pushed profile',
      bob.push('profile', ({ profile }) => profile.userID === 'alice'),
    );

    const all = Object.values(seen).flat();
    for (const [what, avatars] of Object.entries(seen))
      expect(
        avatars.filter((one) => one.startsWith(`${is}/`)),
        what,
      ).not.toEqual([]);
    const [others, ours] = [
      all.filter((one) => !one.startsWith(`${is}/`)),
      all.filter((one) => one.startsWith(`${is}/`)),
    ];
    expect(new Set(others)).toEqual(new Set(['https://elsewhere.test/bob.png']));
    for (const url of new Set(ours))
      expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(PICTURE);
  });

  test('what a device kept of before is set again without losing the picture', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sterna-moved-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    const options = { data, config: { objects: { port: 0 } }, store: 'configured' } as const;
    const { was, kept } = await (async () => {
      await using server = await startServer(options);
      await using alice = await connect(server, 'alice');
      const changes = { avatar: await upload(alice) };
      const { profile } = await alice.request('profile.update', { changes });
      return { was: alice.welcome.objects?.url ?? '', kept: profile.avatar ?? '' };
    })();
    await using _held = await occupy(was);
    await using server = await startServer(options);
    await using alice = await connect(server, 'alice');
    const { profile } = await alice.request('profile.update', { changes: { avatar: kept } });
    expect(profile.avatar).toBe(kept.replace(was, alice.welcome.objects?.url ?? ''));
    expect((await fetch(profile.avatar ?? '')).status).toBe(200);
  });
});
