import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@sterna/sdk';
import { startServer } from '@sterna/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Body, writeBodies } from '../../e2e/files/bodies.ts';
import { ownStartUp, publishedStartUp } from '../../e2e/start-up-page/published-page.ts';
import { createProject } from '../../e2e/packaging/package.ts';
import type { Program } from '../host/runtime.ts';
import { buildStartUp } from './build-program.ts';
import { openPhone, type Phone } from './phone.ts';

const SDKAppID = 1_400_000_890;
const app = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
const folder = mkdtempSync(join(tmpdir(), 'sterna-bodies-'));
afterAll(() => {
  app[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const startUp = publishedStartUp(SDKAppID, 'miniProgram') ?? ownStartUp(SDKAppID, 'miniProgram');
let bodies: Record<'note' | 'photo' | 'video', Body>;
let program: Program;

beforeAll(async () => {
  bodies = writeBodies(folder);
  program = await buildStartUp(
    app,
    `${startUp}\nimport UploadPlugin from 'tim-upload-plugin';\ntim.UploadPlugin = UploadPlugin;`,
  );
}, 120_000);

/** Two phones on a server with files. */
async function meet() {
  await using parts = new AsyncDisposableStack();
  const server = parts.use(
    await startServer({ app: { SDKAppID, loginPolicy: 'dual' }, config: { objects: { port: 0 } } }),
  );
  const open = async (userID: string, seed: number): Promise<Phone> => {
    const phone = parts.use(openPhone(program, server, { seed, habits: { killAfterMs: 20 } }));
    await phone.login(userID);
    await phone.event('sdkStateReady');
    return phone;
  };
  const [alice, bob] = [await open('alice', 1), await open('bob', 2)];
  const owned = parts.move();
  return { alice, bob, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const TO_BOB = { to: 'bob', conversationType: 'C2C' } as const;

/** The first message that comes, as the receiver's program has it. */
async function firstOf(phone: Phone): Promise<Message> {
  const [message] = (await phone.event('onMessageReceived')) as Message[];
  if (message === undefined) throw new Error('no message');
  return message;
}

async function sha256(url: unknown): Promise<string> {
  const bytes = Buffer.from(await (await fetch(String(url))).arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex');
}

/** What `wx.chooseImage` gives. */
const chosen = ({ path, size }: Body) => ({ tempFilePaths: [path], tempFiles: [{ path, size }] });

test('an image by the COS SDK that the start-up code registers', async () => {
  await using people = await meet();
  const { alice, bob } = people;
  const progress: number[] = [];
  const message = alice.tim.createImageMessage({
    ...TO_BOB,
    payload: { file: chosen(bodies.photo) },
    onProgress: (fraction) => void progress.push(fraction),
  });
  expect(message.payload.imageInfoArray[0]?.url).toBe(bodies.photo.path);
  expect(await alice.tim.sendMessage(message)).toMatchObject({ code: 0 });
  expect(progress.at(-1)).toBe(1);
  const { type, payload } = await firstOf(bob);
  if (type !== 'TIMImageElem') throw new Error(type);
  expect(payload.imageInfoArray.map(({ height }) => height)).toEqual([850, 198, 720]);
  expect(await sha256(payload.imageInfoArray[0]?.url)).toBe(bodies.photo.sha256);
});

test('a video of sixty megabytes in slices, with the picture that came with the choice', async () => {
  await using people = await meet();
  const { alice, bob } = people;
  const { path, size } = bodies.video;
  const file = {
    tempFilePath: path,
    size,
    duration: 14.2,
    width: 1200,
    height: 850,
    thumbTempFilePath: bodies.photo.path,
  };
  const message = alice.tim.createVideoMessage({ ...TO_BOB, payload: { file } });
  expect(await alice.tim.sendMessage(message)).toMatchObject({ code: 0 });
  const { type, payload } = await firstOf(bob);
  if (type !== 'TIMVideoFileElem') throw new Error(type);
  expect(payload).toMatchObject({
    videoSecond: 14,
    videoSize: size,
    snapshotWidth: 1200,
    snapshotHeight: 850,
  });
  expect(await sha256(payload.videoUrl)).toBe(bodies.video.sha256);
  expect(await sha256(payload.snapshotUrl)).toBe(bodies.photo.sha256);
}, 60_000);

test.each([
  ['without a plug-in', () => ({ 'cos-wx-sdk': undefined })],
  [
    'by the newer plug-in',
    (phone: Phone) => ({ 'tim-upload-plugin': Reflect.get(phone.tim, 'UploadPlugin') }),
  ],
])('a recording, whose size nobody told: %s', async (_, plugins) => {
  await using people = await meet();
  const { alice, bob } = people;
  alice.tim.registerPlugin(plugins(alice));
  const file = { tempFilePath: bodies.note.path, duration: 1600 };
  const message = alice.tim.createAudioMessage({ ...TO_BOB, payload: { file } });
  expect(await alice.tim.sendMessage(message)).toMatchObject({ code: 0 });
  const { type, payload } = await firstOf(bob);
  if (type !== 'TIMSoundElem') throw new Error(type);
  expect(payload).toMatchObject({ second: 2, size: 200 });
  expect(await sha256(payload.url)).toBe(bodies.note.sha256);
});

test('the host ends an upload when the program is hidden; back in front a resend sends it', async () => {
  await using people = await meet();
  const { alice, bob } = people;
  alice.tim.registerPlugin({ 'cos-wx-sdk': undefined });
  const message = alice.tim.createImageMessage({ ...TO_BOB, payload: { file: chosen(bodies.photo) } });
  alice.host.hide();
  const sending = alice.tim.sendMessage(message).then(
    () => 0,
    ({ code }: { code: number }) => code,
  );
  await expect.poll(() => alice.host.sockets.open).toBe(0);
  alice.host.show();
  const code = await sending;
  expect([code, message.status]).toEqual([2250, 'fail']);
  expect(await alice.tim.resendMessage(message)).toMatchObject({ code: 0 });
  const { payload } = await firstOf(bob);
  if (!('imageInfoArray' in payload)) throw new Error('no image');
  expect(await sha256(payload.imageInfoArray[0]?.url)).toBe(bodies.photo.sha256);
});
