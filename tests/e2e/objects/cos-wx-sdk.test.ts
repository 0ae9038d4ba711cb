import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCuttableProxy } from './cuttable-proxy.ts';
import { credentialFor, type ObjectHost, startObjectHost } from './object-host.ts';
import { createWxShim } from './wx-shim.ts';

type Outcome = { error?: { statusCode?: number; code?: string }; data?: Record<string, unknown> };
type Cos = Record<string, (options: object, callback: (error: unknown, data: unknown) => void) => void>;

const MiB = 1024 * 1024;
const BYTES = Buffer.alloc(5 * MiB + 11, createHash('sha512').update('wx').digest());
for (let at = 0; at < BYTES.length; at += 4096) BYTES.writeUInt32LE(at, Math.min(at, BYTES.length - 4));

// The SDK waits by itself before it tries a broken connection again.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let file: string;
let COS: new (options: object) => Cos;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sterna-wx-'));
  file = join(folder, 'video.mp4');
  await writeFile(file, BYTES);
  // The SDK asks for its host when it is loaded.
  Reflect.set(globalThis, 'wx', createWxShim());
  // Its bundle looks for a window first, which the mini program's own bundler gives it.
  Reflect.set(globalThis, 'window', globalThis);
  COS = createRequire(import.meta.url)('cos-wx-sdk-v5');
});

afterAll(async () => {
  Reflect.deleteProperty(globalThis, 'wx');
  Reflect.deleteProperty(globalThis, 'window');
  await rm(folder, { recursive: true });
});

test('postObject: a form through wx.uploadFile', async () => {
  await using host = await startObjectHost();
  const { key } = host.service.newKey('1', 'alice', '视频.mp4');
  const progress: number[] = [];
  const sent = await call(host, 'postObject', {
    Key: key,
    FilePath: file,
    onProgress: ({ percent }: { percent: number }) => progress.push(percent),
  });
  expect(sent.error).toBeUndefined();
  expect(sent.data).toMatchObject({ statusCode: 200, ETag: `"${md5(BYTES)}"` });
  expect(progress.at(-1)).toBe(1);
  expect(await digestOf(host, key)).toBe(sha256(BYTES));
});

test('putObject: the bytes of a file through wx.request', async () => {
  await using host = await startObjectHost();
  const { key } = host.service.newKey('1', 'alice', 'a.mp4');
  const sent = await call(host, 'putObject', { Key: key, FilePath: file });
  expect(sent.error).toBeUndefined();
  expect(await digestOf(host, key)).toBe(sha256(BYTES));
});

test.each(['sliceUploadFile', 'uploadFile'])('%s: in slices, each with its MD5', async (method) => {
  await using host = await startObjectHost();
  const { key } = host.service.newKey('1', 'alice', 'a.mp4');
  const sent = await call(host, method, { Key: key, FilePath: file, SliceSize: MiB });
  expect(sent.error).toBeUndefined();
  expect(sent.data?.['ETag']).toMatch(/^"[0-9a-f]{32}-6"$/);
  expect(await digestOf(host, key)).toBe(sha256(BYTES));
});

test('an upload that was cut is resumed', async () => {
  await using host = await startObjectHost();
  const proxy = await startCuttableProxy(host.port);
  const { key } = host.service.newKey('1', 'alice', 'a.mp4');
  proxy.cutAfter(4 * MiB);
  const cut = await call(host, 'sliceUploadFile', { Key: key, FilePath: file }, proxy.port);
  expect(cut.error).toBeDefined();
  expect(proxy.cuts).toBe(1);
  proxy.mend();
  const arrived = (await host.service.usage('1', 'alice')).bytes;
  expect(arrived).toBeGreaterThan(0);
  const resumed = await call(host, 'sliceUploadFile', { Key: key, FilePath: file }, proxy.port);
  expect(resumed.error).toBeUndefined();
  expect(await digestOf(host, key)).toBe(sha256(BYTES));
  await proxy.close();
});

test('a key of somebody else is refused with its code', async () => {
  await using host = await startObjectHost();
  const sent = await call(host, 'postObject', { Key: '1/bob/a/b', FilePath: file });
  expect(sent.error).toMatchObject({ statusCode: 403 });
});

function call(host: ObjectHost, method: string, options: object, port = host.port): Promise<Outcome> {
  const cos = new COS({
    getAuthorization: (_: unknown, callback: (answer: object) => void) =>
      callback(credentialFor(host, 'alice')),
    Domain: `http://127.0.0.1:${port}`,
  });
  const run = cos[method];
  if (run === undefined) throw new Error(`The SDK has no ${method}.`);
  return new Promise((resolve) => {
    run.call(cos, { Bucket: 'files-1250000000', Region: 'local', ...options }, (error, data) =>
      resolve(error ? { error } : { data: data as Record<string, unknown> }),
    );
  });
}

async function digestOf(host: ObjectHost, key: string): Promise<string> {
  const url = host.service.signGetURL(key, Date.now() + 60_000);
  return sha256(Buffer.from(await (await fetch(url)).arrayBuffer()));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
