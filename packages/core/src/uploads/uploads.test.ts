import { LIMITS, type MessageElement } from '@sterna/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { CoreDeps } from '../deps.ts';
import { noHooks } from '../ports/hooks.ts';
import type { Objects, StoredFile } from '../ports/objects.ts';
import { createFakeClock, createMemoryStore, createSeededRandom, loggedIn } from '../testing/index.ts';
import { emptyRooms, nobodyPresent } from '../testing/town.ts';
import { useCases } from '../use-cases.ts';

const MOST = 1000;
const LINK = 'https://files.test/';

/** Files by their keys, as a table that a test fills in. */
function createFiles() {
  const files = new Map<string, StoredFile>();
  const kept = new Set<string>();
  /** What each place shows. */
  const shown = new Map<string, string | undefined>();
  const objects: Objects = {
    newKey: (app, userID, fileName) => `${app}/${userID}/fresh/${fileName}`,
    isKeyOf: (app, userID, key) => key.startsWith(`${app}/${userID}/`),
    mostBytes: () => MOST,
    grant: ({ app, userID, key, kind, size }) => ({
      bucket: `sterna-${app}`,
      region: 'local',
      url: LINK,
      credential: {
        TmpSecretId: userID,
        TmpSecretKey: `${kind} ${size}`,
        SecurityToken: key,
        StartTime: 1,
        ExpiredTime: 2,
      },
      putURL: LINK + key,
      token: 'token',
    }),
    stat: async (key) => files.get(key),
    images: async (key) =>
      key.endsWith('.png')
        ? {
            format: 3,
            pictures: ['', 'small', 'large'].map((query) => ({ width: 2, height: 1, size: 9, query })),
          }
        : undefined,
    snapshot: async (key) =>
      key.endsWith('.mp4') ? { width: 4, height: 3, size: 5, query: 'first' } : undefined,
    link: (key) => `${LINK}${key}?signed`,
    keyOfLink: (url) => /^https:\/\/files\.test\/([^?]+)\?signed/.exec(url)?.[1],
    renew: (url) => url.replace('?signed', '?signed-anew'),
    keep: async (keys) => {
      const there = keys.filter((key) => files.has(key));
      for (const key of there) kept.add(key);
      return there.length;
    },
    avatars: {
      link: (key) => `${LINK}${key}?signed-for-good`,
      keyOfLink: (url) => /^https:\/\/(?:files|was)\.test\/([^?]+)\?signed-for-good$/.exec(url)?.[1],
      withPresentLinks: (json) => json.replaceAll('https://was.test/', LINK),
      isShown: async (_, key) => [...shown.values()].includes(key),
      async showing(place, key, change) {
        const reply = await change();
        shown.set(place, key);
        return reply;
      },
    },
  };
  return { files, kept, shown, objects };
}

let deps: CoreDeps;
let actors: Record<'ann' | 'ben', Actor>;
let files: ReturnType<typeof createFiles>;

beforeEach(async () => {
  const clock = createFakeClock();
  const random = createSeededRandom(1);
  const store = createMemoryStore({ clock, random });
  files = createFiles();
  deps = {
    store,
    clock,
    random,
    bus: { publish: () => undefined, subscribe: async () => () => undefined, close: async () => undefined },
    hooks: noHooks,
    presence: nobodyPresent,
    rooms: emptyRooms,
    objects: files.objects,
    settings: () => ({
      loginPolicy: { mode: 'multi', instances: { web: 0, other: 0 } },
      profileCustomFields: [],
      recallWindowMs: 120_000,
    }),
  };
  actors = { ann: await loggedIn(store, 'ann'), ben: await loggedIn(store, 'ben') };
});

const begin = (request: object = {}, actor = actors.ann) =>
  useCases['upload.begin'](deps, actor, { kind: 'file', size: 10, name: 'a.txt', ...request });
const finish = (key: string, kind: 'image' | 'audio' | 'video' | 'file' = 'file', actor = actors.ann) =>
  useCases['upload.finish'](deps, actor, { kind, key });
const arrived = (key: string, size = 10) => void files.files.set(key, { app: 1, userID: 'ann', size });

describe('upload.begin', () => {
  test('grants one key, of that size', async () => {
    expect(await begin({ kind: 'image' })).toMatchObject({
      key: '1/ann/fresh/a.txt',
      bucket: 'sterna-1',
      credential: { TmpSecretId: 'ann', TmpSecretKey: 'image 10', SecurityToken: '1/ann/fresh/a.txt' },
      putURL: 'https://files.test/1/ann/fresh/a.txt',
      expiresMs: 2000,
    });
  });

  test('goes on with a key of the own, and with no other', async () => {
    expect(await begin({ key: '1/ann/old/b' })).toMatchObject({ key: '1/ann/old/b' });
    await expect(begin({ key: '1/ben/old/b' })).rejects.toMatchObject({ reason: 'fileForbidden' });
  });

  test('is bounded in size', async () => {
    await expect(begin({ size: MOST })).resolves.toBeDefined();
    await expect(begin({ size: MOST + 1 })).rejects.toMatchObject({ reason: 'fileTooLarge' });
  });

  test('gives nothing to a session that has ended, nor where there are no files', async () => {
    await useCases['session.logout'](deps, actors.ben, {});
    await expect(begin({}, actors.ben)).rejects.toMatchObject({ reason: 'sessionEvicted' });
    const { objects: _none, ...without } = deps;
    const request = { kind: 'file', size: 1, name: '' } as const;
    await expect(useCases['upload.begin'](without, actors.ann, request)).rejects.toMatchObject({
      reason: 'notSupported',
    });
  });
});

describe('upload.finish', () => {
  test('gives the link of a file that has arrived, and of what is made of it', async () => {
    for (const name of ['a.png', 'b.mp4', 'c.webm']) arrived(`1/ann/x/${name}`);
    const url = (name: string) => `https://files.test/1/ann/x/${name}?signed`;
    expect(await finish('1/ann/x/a.png', 'image')).toEqual({
      url: url('a.png'),
      size: 10,
      images: {
        format: 3,
        pictures: ['', '&small', '&large'].map((query) => ({
          width: 2,
          height: 1,
          size: 9,
          url: url('a.png') + query,
        })),
      },
    });
    expect(await finish('1/ann/x/b.mp4', 'video')).toMatchObject({
      snapshot: { width: 4, height: 3, size: 5, url: `${url('b.mp4')}&first` },
    });
    expect(await finish('1/ann/x/c.webm', 'video')).toEqual({ url: url('c.webm'), size: 10 });
    expect(await finish('1/ann/x/a.png', 'file')).toEqual({ url: url('a.png'), size: 10 });
  });

  test.each([
    ['that has not arrived', '1/ann/x/none', 'file', 'fileNotFound'],
    ['of another user', '1/ben/x/a', 'file', 'fileForbidden'],
    ['that is no image', '1/ann/x/a.txt', 'image', 'fileUnreadable'],
  ] as const)('refuses a file %s', async (_, key, kind, reason) => {
    arrived('1/ann/x/a.txt');
    arrived('1/ben/x/a');
    await expect(finish(key, kind)).rejects.toMatchObject({ reason });
  });
});

const url = (key: string) => `https://files.test/${key}?signed`;
const image = (urls: readonly string[], size = 10): MessageElement => ({
  type: 'TIMImageElem',
  payload: {
    uuid: '',
    imageFormat: 3,
    imageInfoArray: urls.map((each, type) => ({ url: each, size, type, width: 1, height: 1 })),
  },
});
const file = (fileUrl: string, fileSize = 10): MessageElement => ({
  type: 'TIMFileElem',
  payload: { uuid: '', fileName: 'a', fileUrl, fileSize },
});
const sound = (address: string): MessageElement => ({
  type: 'TIMSoundElem',
  payload: { uuid: '', url: address, size: 10, second: 1 },
});
const video = (videoUrl: string, snapshotUrl = ''): MessageElement => ({
  type: 'TIMVideoFileElem',
  payload: {
    videoUUID: '',
    videoUrl,
    videoFormat: 'mp4',
    videoSecond: 1,
    videoSize: 10,
    snapshotUrl,
    snapshotWidth: 0,
    snapshotHeight: 0,
  },
});

describe('a message with files', () => {
  const send = (elements: MessageElement[], actor = actors.ann, to = 'ben') =>
    useCases['message.send'](deps, actor, { conversationID: `C2C${to}`, clientID: 'c1', elements });

  test('is sent when its files are there, and keeps them', async () => {
    arrived('1/ann/x/a');
    arrived('1/ann/x/b');
    const own = url('1/ann/x/a');
    await send([
      image([own, `${own}&small`, `${own}&large`]),
      sound(own),
      video(own, url('1/ann/x/b')),
      file(own),
    ]);
    expect([...files.kept]).toEqual(['1/ann/x/a', '1/ann/x/b']);
  });

  test('is read with new links, wherever it is read; other addresses stay as they are', async () => {
    arrived('1/ann/x/a');
    const own = url('1/ann/x/a');
    const text: MessageElement = { type: 'TIMTextElem', payload: { text: `see ${own}` } };
    await send([image([own, `${own}&small`, `${own}&large`]), text]);
    const anew = own.replace('?signed', '?signed-anew');
    const { messages } = await useCases['message.history'](deps, actors.ben, {
      conversationID: 'C2Cann',
      limit: 9,
    });
    expect(messages[0]?.elements).toMatchObject([
      { payload: { imageInfoArray: [{ url: anew }, { url: `${anew}&small` }, { url: `${anew}&large` }] } },
      text,
    ]);
    const { conversations } = await useCases['conversation.list'](deps, actors.ben, {});
    expect(JSON.stringify(conversations)).toContain(anew);
    const synced = await useCases['conversation.sync'](deps, actors.ben, {
      epoch: deps.store.epoch,
      conversationID: 'C2Cann',
      after: 0,
    });
    expect(JSON.stringify(synced)).toContain(`${anew}&large`);
  });

  test('who was sent a file may send it on', async () => {
    arrived('1/ann/x/a');
    expect(await send([file(url('1/ann/x/a'))], actors.ben, 'ann')).toMatchObject({ seq: 1 });
  });

  test.each<[string, () => MessageElement, string]>([
    ['has not arrived', () => file(url('1/ann/x/none')), 'fileNotFound'],
    ['is smaller than it says', () => file(url('1/ann/x/a'), 11), 'fileUnreadable'],
    ['is a sound that has not arrived', () => sound(url('1/ann/x/none')), 'fileNotFound'],
    ['is a video that has not arrived', () => video(url('1/ann/x/none')), 'fileNotFound'],
    ['is elsewhere', () => file('https://elsewhere.test/1/ann/x/a?signed'), 'fileForbidden'],
    ['has no address', () => file(''), 'fileForbidden'],
    ['is of another app', () => file(url('2/ann/x/a')), 'fileForbidden'],
    ['has a snapshot elsewhere', () => video(url('1/ann/x/a'), 'https://elsewhere.test/'), 'fileForbidden'],
    [
      'has a thumbnail elsewhere',
      () => image([url('1/ann/x/a'), 'https://elsewhere.test/pixel']),
      'fileForbidden',
    ],
    ['is an image without any address', () => image([]), 'fileNotFound'],
  ])('is refused when its file %s', async (_, element, reason) => {
    arrived('1/ann/x/a');
    files.files.set('2/ann/x/a', { app: 2, userID: 'ann', size: 10 });
    await expect(send([element()])).rejects.toMatchObject({ reason });
    expect(
      await useCases['message.history'](deps, actors.ben, { conversationID: 'C2Cann', limit: 9 }),
    ).toMatchObject({
      messages: [],
    });
  });

  test('a file that goes while it is looked at is not there', async () => {
    arrived('1/ann/x/a');
    files.objects.stat = async (key) => {
      const found = files.files.get(key);
      files.files.delete(key);
      return found;
    };
    await expect(send([file(url('1/ann/x/a'))])).rejects.toMatchObject({ reason: 'fileNotFound' });
  });

  test('an edit is held to the same', async () => {
    arrived('1/ann/x/a');
    await send([file(url('1/ann/x/a'))]);
    const edit = {
      conversationID: 'C2Cben',
      seq: 1,
      version: 0,
      elements: [file('https://elsewhere.test/')],
    };
    await expect(useCases['message.modify'](deps, actors.ann, edit)).rejects.toMatchObject({
      reason: 'fileForbidden',
    });
  });

  test('a text asks nobody', async () => {
    files.objects.keyOfLink = () => {
      throw new Error('asked');
    };
    expect(await send([{ type: 'TIMTextElem', payload: { text: 'hi' } }])).toMatchObject({ seq: 1 });
  });
});

describe('an avatar', () => {
  const picture = (who = 'ann', name = 'face.png') => `https://files.test/1/${who}/x/${name}?signed`;
  const wear = (avatar: string, actor = actors.ann) =>
    useCases['profile.update'](deps, actor, { changes: { avatar } });
  const found = (avatar = '') =>
    useCases['group.create'](deps, actors.ann, { type: 'Public', name: 'club', avatar });
  const FACE = '1/ann/x/face.png';
  const LASTING = `https://files.test/${FACE}?signed-for-good`;

  test('that is an upload is shown by a link that lasts; any other address stays as it is', async () => {
    arrived(FACE);
    expect((await wear(picture())).profile.avatar).toBe(LASTING);
    expect([...files.shown]).toEqual([['u/1/ann', FACE]]);
    // As an application hands back what it reads.
    expect((await wear(LASTING)).profile.avatar).toBe(LASTING);
    expect((await wear('https://elsewhere.test/a.png')).profile.avatar).toBe('https://elsewhere.test/a.png');
    expect(files.shown.get('u/1/ann')).toBeUndefined();
  });

  test('is the same one where an application sets what it read before the files had another address', async () => {
    arrived(FACE);
    await wear(picture());
    const before = LASTING.replace('files.test', 'was.test');
    expect((await wear(before)).profile.avatar).toBe(LASTING);
    expect((await found(before)).group.avatar).toBe(LASTING);
    expect([...files.shown.values()]).toEqual([FACE, FACE]);
  });

  test('of a group: from its creation, changed, and gone with it', async () => {
    arrived(FACE);
    const { group } = await found(picture());
    expect([group.avatar, [...files.shown.values()]]).toEqual([LASTING, [FACE]]);
    arrived('1/ann/x/other.png');
    const { groupID } = group;
    await useCases['group.update'](deps, actors.ann, {
      groupID,
      changes: { avatar: picture('ann', 'other.png') },
    });
    await useCases['group.update'](deps, actors.ann, { groupID, changes: { introduction: 'x' } });
    expect([...files.shown.values()]).toEqual(['1/ann/x/other.png']);
    await useCases['group.dismiss'](deps, actors.ann, { groupID });
    expect([...files.shown]).toEqual([[expect.stringContaining('c/1/g:'), undefined]]);
  });

  test('may be one that others show already, and no other file of theirs', async () => {
    arrived(FACE);
    await expect(wear(picture(), actors.ben)).rejects.toMatchObject({ reason: 'fileForbidden' });
    await wear(picture());
    expect((await wear(LASTING, actors.ben)).profile.avatar).toBe(LASTING);
  });

  test.each([
    ['that has not arrived', 'none.png', 0, 'fileNotFound'],
    ['that is no image', 'a.txt', 10, 'fileUnreadable'],
    ['of too many bytes', 'large.png', LIMITS.avatarFileBytes + 1, 'fileTooLarge'],
  ])('a file %s is refused, and nothing changes', async (_, name, size, reason) => {
    if (size > 0) arrived(`1/ann/x/${name}`, size);
    await expect(wear(picture('ann', name))).rejects.toMatchObject({ reason });
    expect([...files.shown]).toEqual([]);
  });

  test('is a text where the server keeps no files', async () => {
    const { objects: _none, ...without } = deps;
    const changes = { avatar: picture() };
    const { profile } = await useCases['profile.update'](without, actors.ann, { changes });
    expect(profile.avatar).toBe(picture());
  });
});
