import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { credentialFor, type ObjectHost, startObjectHost } from './object-host.ts';
import { COS_JS, startPageHost } from './page-host.ts';

/** What a call of the SDK came to. */
type Outcome = {
  error?: { code?: string; statusCode?: number; message?: string };
  data?: Record<string, unknown>;
};

const MiB = 1024 * 1024;
const BODIES = {
  'note.txt': Buffer.from('sterna, '.repeat(25)),
  'photo.jpg': content('photo', 3 * MiB + 17),
  'video.mp4': content('video', 60 * MiB),
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(() => browser.close());

describe.each(Object.entries(COS_JS))('cos-js-sdk-v5 of %s', (_, script) => {
  test('puts a note, and gets it back by its own means', async () => {
    await using host = await startObjectHost();
    const page = await openPage(host, script);
    const key = host.service.newKey('1', 'alice', '便签.txt').key;
    const put = await call(page, 'putObject', { key, body: 'note.txt' });
    expect(put.error).toBeUndefined();
    expect(put.data).toMatchObject({ statusCode: 200, ETag: `"${md5(BODIES['note.txt'])}"` });
    const got = await call(page, 'getObject', { key });
    expect(got.data?.['Body']).toBe(BODIES['note.txt'].toString());
    const head = await call(page, 'headObject', { key });
    expect(head.data).toMatchObject({ statusCode: 200 });
    expect(await readBack(host, key)).toBe(sha256(BODIES['note.txt']));
    const gone = await call(page, 'headObject', { key: `${key}x` });
    expect(gone.error?.statusCode).toBe(404);
  });

  test('sends a photograph in slices, with progress', async () => {
    await using host = await startObjectHost();
    const page = await openPage(host, script);
    const { key } = host.service.newKey('1', 'alice', 'photo.jpg');
    const sent = await call(page, 'sliceUploadFile', { key, body: 'photo.jpg' });
    expect(sent.error).toBeUndefined();
    expect(sent.data?.['Location']).toBe(`127.0.0.1:${host.port}/${key}`);
    expect(sent.data?.['ETag']).toMatch(/^"[0-9a-f]{32}-4"$/);
    const progress = await page.evaluate(() => Reflect.get(globalThis, 'progress') as number[]);
    expect(progress.at(-1)).toBe(1);
    expect(await readBack(host, key)).toBe(sha256(BODIES['photo.jpg']));
  });

  test('resumes a video after the connection was cut in the middle', async () => {
    await using host = await startObjectHost();
    const proxy = await startCuttableProxy(host.port);
    const page = await openPage(host, script, proxy);
    const { key } = host.service.newKey('1', 'alice', 'video.mp4');
    proxy.cutAfter(30 * MiB);
    const cut = await call(page, 'sliceUploadFile', { key, body: 'video.mp4' });
    expect(cut.error).toBeDefined();
    expect(proxy.cuts).toBe(1);
    expect(await host.service.stat(key)).toBeUndefined();

    // As a person does it: the page is loaded again, and the same file picked.
    proxy.mend();
    await reopen(page, host, proxy);
    const before = host.service.usage('1', 'alice');
    const resumed = await call(page, 'sliceUploadFile', { key, body: 'video.mp4' });
    expect(resumed.error).toBeUndefined();
    // What had arrived was kept, and was not sent again.
    const arrived = (await before).bytes / MiB;
    expect(arrived).toBeGreaterThanOrEqual(20);
    const parts = await page.evaluate(() => Reflect.get(globalThis, 'partsSent') as number);
    expect(parts).toBe(60 - arrived);
    expect(await readBack(host, key)).toBe(sha256(BODIES['video.mp4']));
    await proxy.close();
  });

  test('aborts, and hears why it was refused', async () => {
    await using host = await startObjectHost();
    const page = await openPage(host, script);
    const foreign = await call(page, 'putObject', { key: '1/bob/a/b', body: 'note.txt' });
    expect(foreign.error).toMatchObject({ statusCode: 403 });
    const { key } = host.service.newKey('1', 'alice', 'a');
    const begun = await call(page, 'multipartInit', { key });
    const uploadId = begun.data?.['UploadId'];
    expect(uploadId).toMatch(/^\w{32}$/);
    const aborted = await call(page, 'multipartAbort', { key, UploadId: uploadId });
    expect(aborted.data?.['statusCode']).toBe(204);
  });

  test('a URL that the SDK signs can be opened by anybody', async () => {
    await using host = await startObjectHost();
    const page = await openPage(host, script);
    const { key } = host.service.newKey('1', 'alice', "便签 (1)'!*.txt");
    await call(page, 'putObject', { key, body: 'note.txt' });
    const signed = await call(page, 'getObjectUrl', { key, Sign: true });
    const url = signed.data?.['Url'];
    if (typeof url !== 'string') throw new Error('The SDK gave no URL.');
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BODIES['note.txt']);
    const forged = url.replace(/(?<=q-signature=)./, (digit) => (digit === '0' ? '1' : '0'));
    expect((await fetch(forged)).status).toBe(403);
  });

  test('a page whose clock is an hour off', async () => {
    await using host = await startObjectHost();
    const page = await openPage(host, script, undefined, 3_600_000);
    const { key } = host.service.newKey('1', 'alice', 'a');
    const put = await call(page, 'putObject', { key, body: 'note.txt' });
    expect(put.error).toBeUndefined();
    expect(await readBack(host, key)).toBe(sha256(BODIES['note.txt']));
  });
});

/** A page with the SDK set up as an app sets it up, talking to the host, or to the proxy before it. */
async function openPage(
  host: ObjectHost,
  script: string,
  proxy?: CuttableProxy,
  clockOffsetMs = 0,
): Promise<Page> {
  const pages = await startPageHost(script, BODIES);
  const page = await browser.newPage();
  page.on('close', () => void pages.close());
  await page.goto(pages.url);
  await setUp(page, host, proxy, clockOffsetMs);
  return page;
}

async function reopen(page: Page, host: ObjectHost, proxy: CuttableProxy): Promise<void> {
  await page.reload();
  await setUp(page, host, proxy);
}

async function setUp(page: Page, host: ObjectHost, proxy?: CuttableProxy, clockOffsetMs = 0): Promise<void> {
  const options = {
    domain: `127.0.0.1:${proxy?.port ?? host.port}`,
    credential: credentialFor(host, 'alice'),
    offsetMs: clockOffsetMs,
  };
  await page.evaluate(({ domain, credential, offsetMs }) => {
    const RealDate = Date;
    if (offsetMs !== 0) Date.now = () => new RealDate().getTime() + offsetMs;
    const COS = Reflect.get(globalThis, 'COS');
    const cos = new COS({
      getAuthorization: (_: unknown, callback: (answer: object) => void) => callback(credential),
      Domain: domain,
      Protocol: 'http:',
    });
    Reflect.set(globalThis, 'cos', cos);
    cos.on('before-send', (request: { qs?: object; method: string }) => {
      const part = request.method === 'PUT' && JSON.stringify(request.qs ?? {}).includes('partNumber');
      if (part) Reflect.set(globalThis, 'partsSent', (Reflect.get(globalThis, 'partsSent') as number) + 1);
    });
  }, options);
}

/** Calls a method of the SDK in the page, with a body of the page's host if one is named. */
async function call(
  page: Page,
  method: string,
  { key, body, ...extra }: { key: string; body?: keyof typeof BODIES } & Record<string, unknown>,
): Promise<Outcome> {
  return await page.evaluate(
    async ([name, Key, bodyName, more]) => {
      const cos = Reflect.get(globalThis, 'cos');
      const progress: number[] = [];
      Reflect.set(globalThis, 'progress', progress);
      Reflect.set(globalThis, 'partsSent', 0);
      const Body = bodyName === undefined ? undefined : await (await fetch(`/${bodyName}`)).blob();
      return await new Promise<Outcome>((resolve) => {
        cos[name](
          {
            Bucket: 'files-1250000000',
            Region: 'local',
            Key,
            ...(Body === undefined ? {} : { Body: new File([Body], bodyName ?? '', { lastModified: 1 }) }),
            onProgress: ({ percent }: { percent: number }) => progress.push(percent),
            ...more,
          },
          (error: Outcome['error'] | null, data: Record<string, unknown>) => {
            const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as never;
            resolve(error ? { error: plain(error) } : { data: plain(data) });
          },
        );
      });
    },
    [method, key, body, extra] as const,
  );
}

/** The digest of what a receiver downloads. */
async function readBack(host: ObjectHost, key: string): Promise<string> {
  const url = host.service.signGetURL(key, Date.now() + 60_000);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return sha256(Buffer.from(await response.arrayBuffer()));
}

function content(seed: string, size: number): Buffer {
  const block = createHash('sha512').update(seed).digest();
  const bytes = Buffer.alloc(size, block);
  // Every slice differs from every other.
  for (let at = 0; at < size; at += 4096) bytes.writeUInt32LE(at >>> 0, Math.min(at, size - 4));
  return bytes;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
