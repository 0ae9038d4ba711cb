import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageElement } from '@sterna/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { connectClient } from '../../../../tests/protocol-client/client.ts';
import { startServer, type TestServer } from '../testing/start-server.ts';

const withFiles = (more: object = {}) => ({ config: { objects: { port: 0, ...more } } });

/** 3 by 2 pixels, as a bitmap: an image that needs no library to be made. */
const IMAGE = (() => {
  const bytes = Buffer.alloc(54 + 2 * 12, 0x80);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(0, 6);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(3, 18);
  bytes.writeInt32LE(2, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.fill(0, 30, 54);
  return bytes;
})();

const put = (url: string, body: Uint8Array) =>
  fetch(url, { method: 'PUT', body: new Uint8Array(body) }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }));

const read = async (url = '') => Buffer.from(await (await fetch(url)).arrayBuffer());
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function connect(server: TestServer, userID: string) {
  const client = await connectClient(server.wsURL);
  await client.login(server.credentials(userID));
  return client;
}

const fileElement = (fileUrl: string, fileSize: number): MessageElement => ({
  type: 'TIMFileElem',
  payload: { uuid: '', fileName: 'a.bin', fileUrl, fileSize },
});

test('a file goes to the service, into a message, and to its receiver', async () => {
  await using server = await startServer(withFiles());
  await using alice = await connect(server, 'alice');
  await using bob = await connect(server, 'bob');
  const body = randomBytes(200_000);
  const begun = await alice.request('upload.begin', {
    kind: 'file',
    size: body.length,
    name: '便签 (1).bin',
  });
  expect(begun).toMatchObject({
    bucket: `sterna-${server.SDKAppID}`,
    key: expect.stringMatching(/\/便签 \(1\)\.bin$/),
  });
  await expect(alice.request('upload.finish', { kind: 'file', key: begun.key })).rejects.toMatchObject({
    code: 114000,
  });
  expect(await put(begun.putURL, body)).toMatchObject({ status: 200 });
  const { url, size } = await alice.request('upload.finish', { kind: 'file', key: begun.key });
  const message = { conversationID: 'C2Cbob', clientID: 'c1' };
  const send = (bytes: number) =>
    alice.request('message.send', { ...message, elements: [fileElement(url, bytes)] });
  await expect(send(size + 1)).rejects.toMatchObject({ code: 114004 });
  await send(size);
  const pushed = await bob.push('conversation', ({ events }) => events.length > 0);
  expect(pushed.events[0]?.[1]).toMatchObject({ elements: [fileElement(url, body.length)] });
  expect(sha256(await read(url))).toBe(sha256(body));
  await expect(bob.request('upload.finish', { kind: 'file', key: begun.key })).rejects.toMatchObject({
    code: 114001,
  });
});

test('an image is described by what was really made of it; what is none is not taken', async () => {
  await using server = await startServer(withFiles());
  await using alice = await connect(server, 'alice');
  const begin = (size: number) => alice.request('upload.begin', { kind: 'image', size, name: 'a.bmp' });
  const { key, putURL } = await begin(IMAGE.length);
  await put(putURL, IMAGE);
  const { images } = await alice.request('upload.finish', { kind: 'image', key });
  expect(images).toMatchObject({ format: 4, pictures: [{}, {}, {}].map(() => ({ width: 3, height: 2 })) });
  for (const { url, size } of images?.pictures ?? []) expect(await read(url)).toHaveLength(size);

  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
  const other = await begin(drawing.length);
  expect(await put(other.putURL, drawing)).toMatchObject({
    status: 400,
    text: expect.stringContaining('ContentTypeNotAllowed'),
  });
});

test('more than was asked for is refused, and so is more than a user may keep', async () => {
  await using server = await startServer(withFiles({ userBytes: 1000 }));
  await using alice = await connect(server, 'alice');
  const begin = (size: number) => alice.request('upload.begin', { kind: 'file', size, name: 'a' });
  expect((await put((await begin(10)).putURL, Buffer.alloc(11))).text).toContain('EntityTooLarge');
  expect((await put((await begin(1001)).putURL, Buffer.alloc(1001))).text).toContain('UserQuotaExceeded');
  expect((await put((await begin(1000)).putURL, Buffer.alloc(1000))).status).toBe(200);
  await expect(begin(101 * 1024 * 1024)).rejects.toMatchObject({ code: 114002 });
});

test('a disk that is full for files is not for messages', async () => {
  await using server = await startServer({
    ...withFiles({ diskReserveBytes: 2 ** 52 }),
    store: 'configured',
  });
  await using alice = await connect(server, 'alice');
  await using bob = await connect(server, 'bob');
  const { putURL } = await alice.request('upload.begin', { kind: 'file', size: 4, name: 'a' });
  expect(await put(putURL, Buffer.alloc(4))).toMatchObject({
    status: 507,
    text: expect.stringContaining('InsufficientStorage'),
  });
  const elements = [{ type: 'TIMTextElem' as const, payload: { text: 'still here' } }];
  await alice.request('message.send', { conversationID: 'C2Cbob', clientID: 'c1', elements });
  const pushed = await bob.push('conversation', ({ events }) => events.length > 0);
  expect(pushed.events[0]?.[1]).toMatchObject({ elements });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test('a link of before a restart opens its file after it', async () => {
  const data = await mkdtemp(join(tmpdir(), 'sterna-files-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const uploaded = await (async () => {
    await using server = await startServer({ ...withFiles(), data });
    await using alice = await connect(server, 'alice');
    const { key, putURL } = await alice.request('upload.begin', { kind: 'file', size: 4, name: 'a' });
    await put(putURL, Buffer.from('here'));
    return await alice.request('upload.finish', { kind: 'file', key });
  })();
  await using server = await startServer({ ...withFiles(), data });
  await using alice = await connectClient(server.wsURL);
  const { objects } = await alice.login(server.credentials('alice'));
  const { pathname, search } = new URL(uploaded.url);
  expect((await read(`${objects?.url}${pathname}${search}`)).toString()).toBe('here');
});
