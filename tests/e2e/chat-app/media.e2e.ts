import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAKE_MICROPHONE, launchBrowser } from '../../environment/chromium.ts';
import { createCamera } from './camera.ts';
import { accessibilityFaults, type Device, DESKTOP, PHONE, type Seat, startChat, takeSeat } from './stage.ts';

let browser: Browser;
let server: TestServer;
let folder: string;
const files = { photo: '', portrait: '', film: '', text: '', large: '' };

beforeAll(async () => {
  [browser, folder] = await Promise.all([
    launchBrowser(FAKE_MICROPHONE),
    mkdtemp(join(tmpdir(), 'sterna-media-')),
  ]);
  server = await startChat({ config: { objects: { port: 0 } } });
  const page = await browser.newPage();
  const camera = createCamera(page, folder);
  files.photo = await camera.photograph('fjord.jpg', { width: 1600, height: 1066, hue: 195 });
  files.portrait = await camera.photograph('tower.jpg', { width: 900, height: 1400, hue: 20 });
  files.film = await camera.film('walk.mp4');
  files.text = join(folder, 'Minutes of the meeting 会议纪要.txt');
  await writeFile(files.text, 'We met. '.repeat(2000));
  files.large = join(folder, 'archive.zip');
  await writeFile(files.large, Buffer.alloc(1_500_000, 7));
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const sit = (user: string, peer: string, device: Device = DESKTOP): Promise<Seat> =>
  takeSeat(browser, server, { user, hash: `#/C2C${peer}`, device });

/** Chooses files as a person does, and looks at what is to be sent. */
async function choose({ page }: Seat, paths: readonly string[]) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles([...paths]);
  return page.getByRole('dialog', { name: /^Send \d+ files?$/u });
}

/** Lets the page's uploads crawl, so that a person could follow them. */
async function throttle({ context, page }: Seat, bytesPerSecond: number): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}

test('pictures, a film and a file are looked at, sent with words, and looked at by the other', async () => {
  await using alice = await sit('alice', 'bob');
  await using bob = await sit('bob', 'alice');
  await bob.composer.waitFor();
  const dialog = await choose(alice, [files.photo, files.portrait, files.film, files.text]);
  await dialog.getByText('fjord.jpg').waitFor();
  await alice.shot('media-preview');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove tower.jpg' }).click();
  await dialog.getByLabel('Add a message').fill('From the trip');
  await dialog.getByLabel('Add a message').press('Enter');
  await alice.message('From the trip').waitFor();
  await bob.message('From the trip').waitFor();
  const order = await bob.page
    .locator('[data-message]')
    .evaluateAll((all) => all.map((one) => one.querySelector('img, video, a, [dir]')?.tagName));
  expect(order).toEqual(['IMG', 'IMG', 'A', 'SPAN']);
  expect(await alice.page.getByRole('progressbar').count()).toBe(0);

  const image = bob.page.getByRole('button', { name: 'Open image' });
  await expect
    .poll(() => image.locator('img').evaluate((shown: HTMLImageElement) => shown.naturalWidth))
    .toBe(1081);
  const link = bob.page.getByRole('link', {
    name: /^Download Minutes of the meeting 会议纪要\.txt ?16 kB$/iu,
  });
  const [download] = await Promise.all([bob.page.waitForEvent('download'), link.click()]);
  expect(await readFile(await download.path(), 'utf8')).toBe(await readFile(files.text, 'utf8'));
  expect(download.suggestedFilename()).toBe('Minutes of the meeting 会议纪要.txt');
  await bob.page.setViewportSize({ width: 1280, height: 1100 });
  await bob.shot('media-messages');
  expect(await accessibilityFaults(bob.page)).toEqual([]);
  expect(alice.errors).toEqual([]);
  expect(bob.errors).toEqual([]);
});

test('the viewer leads through what was sent: by keys, buttons and wheel, and closes with Escape', async () => {
  await using alice = await sit('alice', 'carol');
  const dialog = await choose(alice, [files.photo, files.portrait, files.film]);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => alice.page.getByRole('img', { name: 'Sent' }).count()).toBe(3);
  await alice.page.getByRole('button', { name: 'Open image' }).first().click();
  const viewer = alice.page.getByRole('dialog', { name: 'Images and videos' });
  await viewer.getByText('1 of 3').waitFor();
  const picture = viewer.getByRole('img', { name: 'Image' });
  await expect.poll(() => picture.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(1600);
  expect(await viewer.getByRole('button', { name: 'Previous' }).count()).toBe(0);
  await alice.shot('media-viewer');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  const widthOf = async () => (await picture.boundingBox())?.width ?? 0;
  const whole = await widthOf();
  await picture.dblclick();
  await expect.poll(widthOf).toBeCloseTo(whole * 2.5, 0);
  await viewer.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(widthOf).toBeCloseTo((whole * 2.5) / 1.5, 0);
  await alice.page.keyboard.press('ArrowRight');
  await viewer.getByText('2 of 3').waitFor();
  expect(await viewer.getByRole('button', { name: 'Zoom out' }).isDisabled()).toBe(true);
  await viewer.getByRole('button', { name: 'Next' }).click();
  await viewer.getByText('3 of 3').waitFor();
  const film = viewer.locator('video');
  await expect.poll(() => film.evaluate((shown: HTMLVideoElement) => shown.currentTime)).toBeGreaterThan(0.2);
  await alice.shot('media-viewer-film');
  await alice.page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  expect(alice.errors).toEqual([]);
});

test('an upload shows how far it is, is cancelled on its bubble, and is tried again from there', async () => {
  await using alice = await sit('alice', 'bob');
  await using bob = await sit('bob', 'alice');
  await throttle(alice, 300_000);
  const dialog = await choose(alice, [files.large]);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  const progress = alice.page.getByRole('progressbar', { name: 'Uploading' });
  await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(0.1);
  await alice.shot('media-progress');
  await alice.page.getByRole('button', { name: 'Cancel upload' }).click();
  await alice.page.getByRole('button', { name: 'Not sent. Try again' }).click();
  await throttle(alice, -1);
  await alice.page.getByRole('link', { name: /^Download archive\.zip/u }).waitFor({ timeout: 20_000 });
  await bob.page.getByRole('link', { name: /^Download archive\.zip/u }).waitFor();
  expect(await bob.page.getByRole('link', { name: /^Download archive\.zip/u }).count()).toBe(1);
  expect(alice.errors).toEqual([]);
});

test('a picture is sent on without being uploaded again', async () => {
  await using alice = await sit('alice', 'carol');
  await using carol = await sit('carol', 'alice');
  const dialog = await choose(alice, [files.portrait]);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await carol.page.getByRole('button', { name: 'Open image' }).last().waitFor();
  const uploads: string[] = [];
  carol.page.on('request', (request) => {
    if (request.method() === 'PUT') uploads.push(request.url());
  });
  await carol.page.getByRole('button', { name: 'Open image' }).last().click({ button: 'right' });
  await carol.page.getByRole('menuitem', { name: 'Forward' }).click();
  const forwarding = carol.page.getByRole('dialog', { name: 'Forward 1 message' });
  await forwarding.getByText('Alice').first().click();
  await forwarding.getByRole('button', { name: 'Forward', exact: true }).click();
  await carol.page.getByText('Forwarded').waitFor();
  await expect.poll(() => carol.page.getByRole('img', { name: /^(?:Sent|Read)$/u }).count()).toBe(1);
  const shown = alice.page.getByRole('button', { name: 'Open image' }).last().locator('img');
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(1120);
  expect(uploads).toEqual([]);
  expect(carol.errors).toEqual([]);
});

test('files are dropped and pasted; what cannot be sent is told', async () => {
  await using alice = await sit('alice', 'carol');
  await alice.composer.waitFor();
  const drag = await alice.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
    transfer.items.add(new File([], 'nothing.txt'));
    return transfer;
  });
  await alice.page.dispatchEvent('body', 'dragover', { dataTransfer: drag });
  await alice.page.getByText('Drop files here').waitFor();
  await alice.shot('media-drop');
  await alice.page.dispatchEvent('body', 'drop', { dataTransfer: drag });
  await alice.page.getByText('nothing.txt is empty.').waitFor();
  const dialog = alice.page.getByRole('dialog', { name: 'Send 1 file' });
  await dialog.getByText('dropped.txt').waitFor();
  await alice.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await alice.composer.evaluate((field) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['pasted'], 'pasted.txt', { type: 'text/plain' }));
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
    );
  });
  await dialog.getByText('pasted.txt').waitFor();
  await alice.page.keyboard.press('Enter');
  await alice.page.getByRole('link', { name: /^Download pasted\.txt/u }).waitFor();
  expect(alice.errors).toEqual([]);
});

test('a voice message is recorded, and played with its waveform by the other', async () => {
  await using alice = await sit('alice', 'bob');
  await using bob = await sit('bob', 'alice');
  await alice.page.getByRole('button', { name: 'Record a voice message' }).click();
  const recorder = alice.page.getByRole('group', { name: 'Recording' });
  // A busy machine may miss a second.
  await expect.poll(() => recorder.getByRole('timer').textContent()).toMatch(/^0:(?:0[2-9]|[1-5]\d)$/u);
  await alice.shot('media-recording');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  await recorder.getByRole('button', { name: 'Send recording' }).click();
  const position = bob.page.getByRole('slider', { name: 'Position' });
  await position.waitFor();
  const heights = () =>
    position.locator('span').evaluateAll((bars) => new Set(bars.map((bar) => bar.style.height)).size);
  await expect.poll(heights).toBeGreaterThan(3);
  await bob.page.getByRole('button', { name: 'Play', exact: true }).click();
  await bob.page.getByRole('button', { name: 'Pause' }).waitFor();
  await bob.page.getByRole('button', { name: 'Speed 1×' }).click();
  await bob.page.getByRole('button', { name: 'Speed 1.5×' }).waitFor();
  await bob.shot('media-voice');
  expect(await accessibilityFaults(bob.page)).toEqual([]);
  await bob.page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await alice.page.getByRole('button', { name: 'Record a voice message' }).click();
  await recorder.getByRole('button', { name: 'Discard recording' }).click();
  await alice.composer.waitFor();
  expect(await bob.page.getByRole('slider', { name: 'Position' }).count()).toBe(1);
  expect(alice.errors).toEqual([]);
  expect(bob.errors).toEqual([]);
});

test('on a phone, in the dark, in Chinese', async () => {
  await using dave = await sit('dave', 'carol', { ...PHONE, colorScheme: 'dark', locale: 'zh-CN' });
  const chooser = dave.page.waitForEvent('filechooser');
  await dave.page.getByRole('button', { name: '添加文件' }).tap();
  await (await chooser).setFiles([files.portrait, files.text]);
  await dave.page.getByText('发送 2 个文件').waitFor();
  await dave.shot('media-phone-preview');
  await dave.page.getByRole('button', { name: '发送', exact: true }).tap();
  await expect.poll(() => dave.page.getByRole('img', { name: '已发送' }).count()).toBe(2);
  await dave.shot('media-phone');
  await dave.page.getByRole('button', { name: '查看图片' }).tap();
  await dave.page.getByRole('dialog', { name: '图片和视频' }).getByRole('img').waitFor();
  await dave.shot('media-phone-viewer');
  const overflows = await dave.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(overflows).toBe(false);
  expect(dave.errors).toEqual([]);
});
