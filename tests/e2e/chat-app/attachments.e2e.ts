import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from '@sterna/server/testing';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { createCamera } from './camera.ts';
import { accessibilityFaults, DESKTOP, type Device, PHONE, type Seat, startChat, takeSeat } from './stage.ts';

let browser: Browser;
let server: TestServer;
let folder: string;
const files = { photo: '', torn: '', film: '', text: '' };

beforeAll(async () => {
  [browser, folder] = await Promise.all([launchBrowser(), mkdtemp(join(tmpdir(), 'sterna-attachments-'))]);
  server = await startChat({ config: { objects: { port: 0 } } });
  const page = await browser.newPage();
  const camera = createCamera(page, folder);
  files.photo = await camera.photograph('fjord.jpg', { width: 800, height: 533, hue: 195 });
  files.film = await camera.film('walk.mp4');
  const whole = await readFile(files.photo);
  files.torn = join(folder, 'torn.jpg');
  await writeFile(files.torn, whole.subarray(0, whole.length / 2));
  files.text = join(folder, 'note.txt');
  await writeFile(files.text, 'a note');
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const sit = (user: string, peer: string, device: Device = DESKTOP): Promise<Seat> =>
  takeSeat(browser, server, { user, hash: `#/C2C${peer}`, device });

type Given = { name: string; type?: string; path?: string; bytes?: number };

/** Lets files fall onto the page, as from a folder of the desktop. */
async function drop({ page }: Seat, given: readonly Given[]): Promise<Locator> {
  const bodies = await Promise.all(
    given.map(async ({ name, type = '', path, bytes = 0 }) => ({
      name,
      type,
      bytes,
      base64: path === undefined ? '' : await readFile(path, 'base64'),
    })),
  );
  const drag = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, type, bytes, base64 } of all) {
      const body = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([body, new Uint8Array(bytes)], name, { type }));
    }
    return transfer;
  }, bodies);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: drag });
  await page.dispatchEvent('body', 'drop', { dataTransfer: drag });
  const dialog = page.getByRole('dialog', { name: /^Send \d+ files?$/u });
  await dialog.waitFor();
  return dialog;
}

const facts = (dialog: Locator) => dialog.getByRole('listitem').locator('[class*=_facts_]').allTextContents();

test('pictures, films and pictures that were sent as files are kept under their names', async () => {
  await using alice = await sit('alice', 'bob');
  await using bob = await sit('bob', 'alice');
  await bob.composer.waitFor();
  const dialog = await drop(alice, [
    { name: 'fjord.jpg', type: 'image/jpeg', path: files.photo },
    { name: 'walk.mp4', type: 'video/mp4', path: files.film },
    // Nothing but its bytes say that it is a picture.
    { name: 'scan', path: files.photo },
  ]);
  expect((await facts(dialog)).map((line) => line.split(' ')[0])).toEqual(['Image', 'Video', 'File']);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  const kept = async (button: Locator) => {
    const [download] = await Promise.all([bob.page.waitForEvent('download'), button.click()]);
    return [download.suggestedFilename(), await readFile(await download.path())] as const;
  };
  const photo = await readFile(files.photo);
  const card = bob.page.getByRole('link', { name: /^Download scan/u });
  await card.waitFor();
  expect(await kept(card)).toEqual(['scan', photo]);
  await bob.page.getByRole('button', { name: 'Open image' }).click();
  const viewer = bob.page.getByRole('dialog', { name: 'Images and videos' });
  expect(await kept(viewer.getByRole('button', { name: 'Download' }))).toEqual(['fjord.jpg', photo]);
  await viewer.getByRole('button', { name: 'Next' }).click();
  expect(await kept(viewer.getByRole('button', { name: 'Download' }))).toEqual([
    'walk.mp4',
    await readFile(files.film),
  ]);
  // Nothing was opened in place of being kept.
  expect(bob.context.pages()).toHaveLength(1);
  expect(alice.errors).toEqual([]);
  expect(bob.errors).toEqual([]);
});

test('what cannot go as a picture or a video is a file from the start', async () => {
  await using alice = await sit('alice', 'carol');
  await alice.composer.waitFor();
  const dialog = await drop(alice, [
    { name: 'walk.webm', type: 'video/webm', path: files.film },
    { name: 'pic.jfif', type: 'image/jpeg', path: files.photo },
    { name: 'IMG.2026', type: 'image/jpeg', path: files.photo },
    { name: 'large.bmp', type: 'image/bmp', bytes: 20 * 1024 * 1024 + 1 },
  ]);
  expect((await facts(dialog)).map((line) => line.split(' ')[0])).toEqual(['File', 'Image', 'Image', 'File']);
  await dialog.getByRole('button', { name: 'Remove large.bmp' }).click();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => alice.page.getByRole('img', { name: 'Sent' }).count()).toBe(3);
  expect(alice.errors).toEqual([]);
});

test('what the server does not open is sent as a file with a click, on the bubble that failed', async () => {
  await using alice = await sit('alice', 'dave');
  await using dave = await sit('dave', 'alice');
  await alice.composer.waitFor();
  const dialog = await drop(alice, [{ name: 'torn.jpg', type: 'image/jpeg', path: files.torn }]);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  const asFile = alice.page.getByRole('button', { name: 'Not sent. Send as a file' });
  await asFile.waitFor();
  await alice.shot('attachments-only-as-file');
  expect(await alice.page.getByRole('button', { name: 'Not sent. Try again' }).count()).toBe(0);
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  await asFile.click();
  await alice.page.getByRole('link', { name: /^Download torn\.jpg/u }).waitFor();
  await dave.page.getByRole('link', { name: /^Download torn\.jpg/u }).waitFor();
  await asFile.waitFor({ state: 'detached' });
  expect(alice.errors).toEqual([]);
});

test('what is left out of a choice is said over it, by name, and the note can be put away', async () => {
  await using alice = await sit('alice', 'carol');
  await alice.composer.waitFor();
  // The notes go by themselves after some seconds, which a busy machine may need to look at them.
  await alice.page.clock.install();
  const many = Array.from({ length: 14 }, (_, index) => ({ name: `${index + 1}.txt`, bytes: 3 }));
  await alice.page.clock.pauseAt(Date.now() + 60_000);
  const dialog = await drop(alice, [{ name: 'nothing.txt' }, ...many]);
  const notes = dialog.getByRole('status');
  await notes.getByText('nothing.txt is empty.').waitFor();
  await notes
    .getByText('At most 10 files at a time: 11.txt, 12.txt, 13.txt, and 1 more are left out.')
    .waitFor();
  await alice.shot('attachments-left-out');
  await notes.getByRole('button', { name: 'Dismiss' }).first().click();
  await notes.getByText('nothing.txt is empty.').waitFor({ state: 'detached' });
  // With the window that was in the way, the notes are on the page again.
  await alice.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await alice.page.getByRole('status').getByText('At most 10 files at a time').waitFor();
  expect(alice.errors).toEqual([]);
});

test('a file that has gone since it was chosen is left out', async () => {
  await using alice = await sit('alice', 'carol', { ...PHONE });
  await alice.composer.waitFor();
  const gone = join(folder, 'gone.txt');
  await writeFile(gone, 'soon');
  const chooser = alice.page.waitForEvent('filechooser');
  await alice.page.getByRole('button', { name: 'Attach files' }).tap();
  const open = await chooser;
  // The page takes the choice in before it may look at it.
  await alice.page.evaluate(() => {
    const slice = File.prototype.slice;
    File.prototype.slice = function (...range) {
      if (this.name === 'gone.txt') throw new DOMException('gone', 'NotFoundError');
      return Reflect.apply(slice, this, range);
    };
  });
  await open.setFiles([gone, files.text]);
  const dialog = alice.page.getByRole('dialog', { name: 'Send 1 file' });
  await dialog.getByText('note.txt').waitFor();
  await dialog.getByRole('status').getByText('gone.txt cannot be read.').waitFor();
  await alice.shot('attachments-phone-left-out');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  expect(alice.errors).toEqual([]);
});

test('a name that turns the writing round shows what the file is, before it is sent and after', async () => {
  await using alice = await sit('alice', 'carol');
  await alice.composer.waitFor();
  const dialog = await drop(alice, [{ name: 'a\u202Etxt.exe', bytes: 3 }]);
  await dialog.getByText('atxt.exe', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Remove atxt.exe', exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  const card = alice.page.getByRole('link', { name: /^Download EXE ?atxt\.exe|^Download atxt\.exe/iu });
  const [download] = await Promise.all([alice.page.waitForEvent('download'), card.click()]);
  expect(download.suggestedFilename()).toBe('atxt.exe');
  expect(alice.errors).toEqual([]);
});
