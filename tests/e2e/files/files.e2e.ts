import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { createProject } from '../packaging/package.ts';
import { ownStartUp, publishedStartUp } from '../start-up-page/published-page.ts';
import { type Body, writeBodies } from './bodies.ts';
import { buildPage, COS_BUNDLES } from './build-page.ts';
import { download, meet, received, SDKAppID, send, settle, shownSize } from './people.ts';

const MiB = 1024 * 1024;

const app = createProject({ 'tim-js-sdk': 'packages/sdk' });
const folder = mkdtempSync(join(tmpdir(), 'sterna-bodies-'));
let bodies: Record<'note' | 'photo' | 'video', Body>;
let browser: Browser;

beforeAll(async () => {
  bodies = writeBodies(folder);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  app[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** The page's own lines, which register the COS SDK. */
const startUp = publishedStartUp(SDKAppID) ?? ownStartUp(SDKAppID);

describe.each(Object.entries(COS_BUNDLES))('the start-up code with the COS SDK %s', (_, cos) => {
  let pages = '';
  beforeAll(async () => {
    pages = await buildPage(app, startUp, cos);
  });

  test('a note', async () => {
    await using people = await meet(browser, pages);
    const { alice, bob } = people;
    const sent = await send(alice, 'createFileMessage', bodies.note.path);
    expect(sent).toMatchObject({ code: 0, status: 'success' });
    expect(sent.progress.at(-1)).toBe(1);
    const { type, payload } = await received(bob);
    expect([type, payload['fileName'], payload['fileSize']]).toEqual(['TIMFileElem', '便签 (1).txt', 200]);
    expect(await download(bob, payload['fileUrl'])).toEqual({ size: 200, sha256: bodies.note.sha256 });
  });

  test('a photograph, with renditions that are what they say', async () => {
    await using people = await meet(browser, pages);
    const { alice, bob } = people;
    const sent = await send(alice, 'createImageMessage', bodies.photo.path);
    expect(sent).toMatchObject({ code: 0, status: 'success' });
    expect(sent.progress.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    const { payload } = await received(bob);
    const [original, thumbnail, large] = payload.imageInfoArray ?? [];
    expect(payload['imageFormat']).toBe(3);
    expect(original).toMatchObject({
      type: 0,
      sizeType: 1,
      width: 1200,
      height: 850,
      size: bodies.photo.size,
    });
    expect(thumbnail).toMatchObject({ type: 1, sizeType: 3, height: 198, width: 280 });
    expect(large).toMatchObject({ type: 2, sizeType: 2, height: 720 });
    const { size, sha256 } = bodies.photo;
    expect(await download(bob, original?.['url'])).toEqual({ size, sha256 });
    for (const rendition of [thumbnail, large]) {
      const { url, width, height, size: bytes } = rendition ?? {};
      expect(await shownSize(bob, url)).toEqual({ width, height });
      expect((await download(bob, url)).size).toBe(bytes);
    }
  });

  test('a video in slices: the wire is cut in the middle, and a resend goes on where it was', async () => {
    await using people = await meet(browser, pages);
    const { alice, bob, proxy } = people;
    proxy.cutAfter(30 * MiB);
    const cut = await send(alice, 'createVideoMessage', bodies.video.path);
    expect([cut.code, cut.status, proxy.cuts]).toEqual([2350, 'fail', 1]);
    expect(cut.message).toContain('The upload failed');
    proxy.mend();
    const sentBefore = proxy.sentBytes;
    expect(await settle(alice, 'resendMessage')).toMatchObject({ code: 0, status: 'success' });
    // Of the sixty, at least twenty had arrived and were not sent again.
    expect(proxy.sentBytes - sentBefore).toBeLessThan(41 * MiB);
    const { payload } = await received(bob);
    const { size, sha256 } = bodies.video;
    expect(payload).toMatchObject({ videoSize: size, videoFormat: 'mp4', snapshotUrl: '' });
    expect(await download(bob, payload['videoUrl'])).toEqual({ size, sha256 });
  });
});

describe('other ways', () => {
  let pages = '';
  beforeAll(async () => {
    pages = await buildPage(app, startUp, COS_BUNDLES.today);
  });

  test('the newer plug-in', async () => {
    await using people = await meet(browser, pages);
    const { alice, bob } = people;
    await alice.evaluate(() =>
      Reflect.get(window, 'tim').registerPlugin({ 'tim-upload-plugin': Reflect.get(window, 'UploadPlugin') }),
    );
    expect(await send(alice, 'createImageMessage', bodies.photo.path)).toMatchObject({ code: 0 });
    const { size, sha256 } = bodies.photo;
    expect(await download(bob, (await received(bob)).payload.imageInfoArray?.[0]?.['url'])).toEqual({
      size,
      sha256,
    });
  });

  test('no plug-in at all; a cancel takes effect, and a resend sends', async () => {
    await using people = await meet(browser, pages);
    const { alice, bob } = people;
    await alice.evaluate(() => {
      Reflect.get(window, 'tim').registerPlugin({ 'cos-js-sdk': undefined });
      const cancel = new AbortController();
      Object.assign(window, { cancel });
      const watch = () => {
        if ((Reflect.get(window, 'progress') ?? []).length > 0) cancel.abort();
        else setTimeout(watch, 1);
      };
      watch();
    });
    const cancelled = await send(alice, 'createVideoMessage', bodies.video.path);
    expect([cancelled.code, cancelled.status]).toEqual([2802, 'fail']);
    await alice.evaluate(() => Object.assign(window, { cancel: undefined }));
    expect(await settle(alice, 'resendMessage')).toMatchObject({ code: 0, status: 'success' });
    const { size, sha256 } = bodies.video;
    expect(await download(bob, (await received(bob)).payload['videoUrl'])).toEqual({ size, sha256 });
  });

  test('a video that the browser can play has a picture of its beginning, and its length', async () => {
    await using people = await meet(browser, pages);
    const { alice, bob } = people;
    const code = await alice.evaluate(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [320, 180];
      const context = canvas.getContext('2d');
      const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/mp4' });
      const chunks: Blob[] = [];
      recorder.ondataavailable = ({ data }) => chunks.push(data);
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      recorder.start();
      for (let frame = 0; frame < 30; frame += 1) {
        context?.fillRect(frame * 10, 0, 10, 180);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      recorder.stop();
      await stopped;
      const tim = Reflect.get(window, 'tim');
      const file = new File(chunks, 'film.mp4', { type: 'video/mp4' });
      const message = tim.createVideoMessage({ to: 'bob', conversationType: 'C2C', payload: { file } });
      return ((await tim.sendMessage(message)) as { code: number }).code;
    });
    expect(code).toBe(0);
    const { payload } = await received(bob);
    expect(payload).toMatchObject({
      snapshotWidth: 320,
      snapshotHeight: 180,
      videoSecond: expect.any(Number),
    });
    expect(payload['videoSecond']).toBeGreaterThan(0);
    expect(await shownSize(bob, payload['snapshotUrl'])).toEqual({ width: 320, height: 180 });
  });
});
