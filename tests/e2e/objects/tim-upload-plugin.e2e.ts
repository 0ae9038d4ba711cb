import { createHash, randomFillSync } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { startObjectHost } from './object-host.ts';
import { startPageHost } from './page-host.ts';

type Result = { error: unknown; location?: string; statusCode?: number; progress: number[] };

const PHOTO = randomFillSync(Buffer.alloc(3_000_000));

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('tim-upload-plugin sends a file to a signed URL', async () => {
  await using host = await startObjectHost();
  const script = createRequire(import.meta.url).resolve('tim-upload-plugin');
  const pages = await startPageHost(script, { 'photo.jpg': PHOTO });
  const { key } = host.service.newKey('1', 'alice', 'photo.jpg');
  const expiresAtMs = Date.now() + 60_000;
  const url = host.service.signPutURL({ app: '1', user: 'alice', key, maxBytes: PHOTO.length, expiresAtMs });
  const downloadUrl = host.service.signGetURL(key, expiresAtMs);
  const page = await browser.newPage();
  await page.goto(pages.url);

  const result = await page.evaluate(
    async ([uploadURL, location]) => {
      const blob = await (await fetch('/photo.jpg')).blob();
      const plugin = new (Reflect.get(globalThis, 'TIMUploadPlugin'))();
      const progress: number[] = [];
      return await new Promise<Result>((resolve) => {
        plugin.uploadFile(
          {
            url: uploadURL,
            method: 'PUT',
            headers: { 'Content-Type': 'image/jpeg' },
            resources: new File([blob], 'photo.jpg', { type: 'image/jpeg' }),
            downloadUrl: location,
            timeout: 30_000,
            onProgress: ({ percent }: { percent: number }) => progress.push(percent),
          },
          (error: unknown, answer?: { statusCode: number; data: { location: string } }) =>
            resolve({
              error: error === null || error === undefined ? null : JSON.stringify(error),
              ...(answer === undefined
                ? {}
                : { statusCode: answer.statusCode, location: answer.data.location }),
              progress,
            }),
        );
      });
    },
    [url, downloadUrl] as const,
  );
  expect(result).toMatchObject({ error: null, statusCode: 200, location: downloadUrl });
  expect(result.progress.at(-1)).toBe(1);
  const received = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer());
  expect(createHash('sha256').update(received).digest('hex')).toBe(
    createHash('sha256').update(PHOTO).digest('hex'),
  );
  await pages.close();
});
