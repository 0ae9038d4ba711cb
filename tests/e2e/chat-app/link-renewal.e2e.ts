import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { FAKE_MICROPHONE, launchBrowser } from '../../environment/chromium.ts';
import { createCamera } from './camera.ts';
import { type Seat, startChat, takeSeat } from './stage.ts';

/** The shortest that can be configured. */
const HOUR_IN_DAYS = 0.042;

let browser: Browser;
let server: TestServer;
let folder: string;
const files = { photo: '', text: '' };

beforeAll(async () => {
  [browser, folder] = await Promise.all([
    launchBrowser(FAKE_MICROPHONE),
    mkdtemp(join(tmpdir(), 'sterna-links-')),
  ]);
  server = await startChat({ config: { objects: { port: 0, linkDays: HOUR_IN_DAYS } } });
  const page = await browser.newPage();
  files.photo = await createCamera(page, folder).photograph('fjord.jpg', {
    width: 1600,
    height: 1066,
    hue: 195,
  });
  files.text = join(folder, 'minutes.txt');
  await writeFile(files.text, 'We met. '.repeat(2000));
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The server is in this process: for it the time has passed, and not for the page, which stays open. */
let passedMs = 0;
const realNow = Date.now;
function twoHoursPass(): void {
  passedMs += 2 * 3600 * 1000;
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + passedMs);
}
afterEach(() => vi.restoreAllMocks());

async function attach({ page }: Seat, paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles([...paths]);
  const dialog = page.getByRole('dialog', { name: /^Send \d+ files?$/u });
  await dialog.getByLabel('Add a message').fill('From the trip');
  await dialog.getByLabel('Add a message').press('Enter');
}

test('links that ran out while the page was open are made anew when they are used', async () => {
  await using alice = await takeSeat(browser, server, { user: 'alice', hash: '#/C2Cbob' });
  await using bob = await takeSeat(browser, server, { user: 'bob', hash: '#/C2Calice' });
  await bob.composer.waitFor();
  await attach(alice, [files.photo, files.text]);
  await bob.message('From the trip').waitFor();
  await alice.page.getByRole('button', { name: 'Record a voice message' }).click();
  const recorder = alice.page.getByRole('group', { name: 'Recording' });
  await expect.poll(() => recorder.getByRole('timer').textContent()).toMatch(/^0:(?:0[2-9]|[1-5]\d)$/u);
  await recorder.getByRole('button', { name: 'Send recording' }).click();
  const play = bob.page.getByRole('button', { name: 'Play', exact: true });
  await play.waitFor();
  const image = bob.page.getByRole('button', { name: 'Open image' });
  await expect
    .poll(() => image.locator('img').evaluate((shown: HTMLImageElement) => shown.naturalWidth))
    .toBe(1081);
  const card = bob.page.getByRole('link', { name: /^Download minutes\.txt/u });
  const old = (await card.getAttribute('href')) ?? '';
  twoHoursPass();
  expect((await fetch(old)).status).toBe(403);

  const [download] = await Promise.all([bob.page.waitForEvent('download'), card.click()]);
  expect(await readFile(await download.path(), 'utf8')).toBe(await readFile(files.text, 'utf8'));
  twoHoursPass();
  await play.click();
  await bob.page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await expect
    .poll(() => bob.page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime))
    .toBeGreaterThan(0);
  twoHoursPass();
  await image.click();
  const whole = bob.page.getByRole('dialog').getByRole('img', { name: 'Image' });
  await expect.poll(() => whole.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(1600);
});
