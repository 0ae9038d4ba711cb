import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImError } from '@sterna/core';
import { createObjectService } from '@sterna/objects';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer, type TestServer } from '../testing/start-server.ts';
import { createAvatars } from './avatars.ts';

/** 2 by 2 pixels, of a colour. */
function bitmap(colour: number): Buffer {
  const bytes = Buffer.alloc(54 + 16, colour);
  bytes.fill(0, 2, 54).write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(2, 18);
  bytes.writeInt32LE(2, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

describe('what a place shows', () => {
  /** Whatever nothing names is collected at once. */
  async function openShown() {
    const dataDir = await mkdtemp(join(tmpdir(), 'sterna-avatars-'));
    const service = await createObjectService({
      dataDir,
      secrets: ['a secret that is long enough'],
      unkeptAgeMs: -1000,
    });
    onTestFinished(async () => {
      await service.close();
      await rm(dataDir, { recursive: true });
    });
    await service.listen(0, '127.0.0.1');
    const upload = async (name: string) => {
      const key = service.newKey('1', 'ann', name).key;
      const expiresAtMs = Date.now() + 60_000;
      const url = service.signPutURL({ app: '1', user: 'ann', key, maxBytes: 100, expiresAtMs });
      expect((await fetch(url, { method: 'PUT', body: name })).status).toBe(200);
      return key;
    };
    const isThere = async (key: string) => {
      await service.collect();
      return (await service.stat(key)) !== undefined;
    };
    return { avatars: createAvatars(service), upload, isThere };
  }

  test('outlives the collector, and goes when something else is shown', async () => {
    const { avatars, upload, isThere } = await openShown();
    const [one, two] = [await upload('one'), await upload('two')];
    await avatars.showing('ann', one, async () => undefined);
    await avatars.showing('club', two, async () => undefined);
    expect([await isThere(one), await isThere(two)]).toEqual([true, true]);
    const opened = await fetch(avatars.link(one));
    expect(await opened.text()).toBe('one');
    await avatars.showing('ann', two, async () => undefined);
    expect([await isThere(one), await isThere(two)]).toEqual([false, true]);
    await avatars.showing('club', undefined, async () => undefined);
    expect(await isThere(two)).toBe(true);
    await avatars.showing('ann', undefined, async () => undefined);
    expect(await isThere(two)).toBe(false);
    await expect(avatars.showing('ann', two, async () => undefined)).rejects.toMatchObject({
      reason: 'fileNotFound',
    });
  });

  test('is what it was where the change is refused', async () => {
    const { avatars, upload, isThere } = await openShown();
    const [one, two] = [await upload('one'), await upload('two')];
    await avatars.showing('ann', one, async () => undefined);
    const refused = () => Promise.reject(new ImError('noPermission'));
    for (const wanted of [one, two])
      await expect(avatars.showing('ann', wanted, refused)).rejects.toMatchObject({ reason: 'noPermission' });
    expect([await isThere(one), await isThere(two)]).toEqual([true, false]);
  });

  test('may be either one where nobody knows how the change ended, until the next', async () => {
    const { avatars, upload, isThere } = await openShown();
    const [one, two, three] = [await upload('one'), await upload('two'), await upload('three')];
    await avatars.showing('ann', one, async () => undefined);
    await expect(avatars.showing('ann', two, () => Promise.reject(new Error('cut off')))).rejects.toThrow(
      'cut off',
    );
    await avatars.showing('bob', three, async () => undefined);
    expect([await isThere(one), await isThere(two)]).toEqual([true, true]);
    await avatars.showing('ann', three, async () => undefined);
    expect([await isThere(one), await isThere(two)]).toEqual([false, false]);
  });

  test('of changes at the same time it is the last', async () => {
    const { avatars, upload, isThere } = await openShown();
    const keys = await Promise.all(['1', '2', '3'].map(upload));
    const order: (string | undefined)[] = [];
    const changes = keys.map((key) => avatars.showing('ann', key, async () => void order.push(key)));
    await Promise.all(changes);
    expect(order).toEqual(keys);
    expect(await Promise.all(keys.map(isThere))).toEqual([false, false, true]);
  });
});

describe('on a server', () => {
  async function connect(server: TestServer, userID: string) {
    const client = await connectClient(server.wsURL);
    const welcome = await client.login(server.credentials(userID));
    return Object.assign(client, { welcome });
  }

  type Client = Awaited<ReturnType<typeof connect>>;

  async function upload(client: Client, body: Buffer): Promise<string> {
    const { key, putURL } = await client.request('upload.begin', {
      kind: 'file',
      size: body.length,
      name: 'me.bmp',
    });
    await fetch(putURL, { method: 'PUT', body: new Uint8Array(body) });
    return (await client.request('upload.finish', { kind: 'file', key })).url;
  }

  const wear = async (client: Client, avatar: string) =>
    (await client.request('profile.update', { changes: { avatar } })).profile.avatar ?? '';

  async function avatarSeen(client: Client, userID: string): Promise<string> {
    const { profiles } = await client.request('profile.get', { userIDs: [userID] });
    return profiles[0]?.avatar ?? '';
  }

  async function open(url: string): Promise<Buffer | number> {
    const response = await fetch(url);
    return response.ok ? Buffer.from(await response.arrayBuffer()) : response.status;
  }

  const reader = (url: string): string => /&reader=([^&]*)/.exec(url)?.[1] ?? '';

  test('where conversations decide, whoever is logged in sees the faces of others, and nobody else', async () => {
    await using server = await startServer({ config: { objects: { port: 0, readers: 'members' } } });
    await using alice = await connect(server, 'alice');
    await using carol = await connect(server, 'carol');
    const face = bitmap(0x80);
    const worn = await wear(alice, await upload(alice, face));
    const seen = await avatarSeen(carol, 'alice');
    expect(await open(seen)).toEqual(face);
    // Each of them has the own name beside the same link.
    expect([reader(worn) === '', reader(worn) === reader(seen)]).toEqual([false, false]);
    expect(await open(seen.replace(/&reader=.*/, ''))).toBe(403);
    // A picture that she shows nobody is hers alone, by whatever link.
    const other = await upload(alice, bitmap(0x40));
    expect(await open(other.replace(reader(other), reader(seen)))).toBe(403);
    await expect(wear(carol, other)).rejects.toMatchObject({ code: 114001 });
    // Handed back as it was read, by its owner and by who likes it too.
    expect(await wear(alice, worn)).toBe(worn);
    expect(await open(await wear(carol, seen))).toEqual(face);
    const { welcome } = await connect(server, 'carol');
    expect(await open(welcome.profile.avatar ?? '')).toEqual(face);
  });

  test('a group shows one to who looks it up, and a new one to its members at once', async () => {
    await using server = await startServer({ config: { objects: { port: 0 } } });
    await using alice = await connect(server, 'alice');
    await using bob = await connect(server, 'bob');
    const [one, two] = [bitmap(1), bitmap(2)];
    const avatar = await upload(alice, one);
    const { group } = await alice.request('group.create', {
      type: 'Public',
      name: 'club',
      avatar,
      members: [{ userID: 'bob' }],
    });
    const { groupID } = group;
    const found = await bob.request('group.get', { groupID });
    expect(await open(found.group.avatar ?? '')).toEqual(one);
    await alice.request('group.update', { groupID, changes: { avatar: await upload(alice, two) } });
    const pushed = await bob.push('conversation', ({ events }) =>
      events.some(([, event]) => event.t === 'group' && event.changes.avatar !== undefined),
    );
    const told = pushed.events.flatMap(([, event]) =>
      event.t === 'group' ? String(event.changes.avatar) : [],
    );
    expect(await open(told[0] ?? '')).toEqual(two);
  });
});
