import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from '@sterna/server/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { createCamera } from './camera.ts';
import { accessibilityFaults, type Device, DESKTOP, PHONE, startChat, takeSeat } from './stage.ts';

let browser: Browser;
let server: TestServer;
let folder: string;
const files = { wide: '', high: '', text: '' };

beforeAll(async () => {
  [browser, folder] = await Promise.all([launchBrowser(), mkdtemp(join(tmpdir(), 'sterna-faces-'))]);
  // The strictest: a file opens for members of a conversation that names it, and an avatar for everybody.
  server = await startChat({ config: { objects: { port: 0, readers: 'members' } } });
  const page = await browser.newPage();
  const camera = createCamera(page, folder);
  files.wide = await camera.photograph('fjord.jpg', { width: 1600, height: 1000, hue: 195 });
  files.high = await camera.photograph('tower.jpg', { width: 300, height: 700, hue: 20 });
  files.text = join(folder, 'notes.png');
  await writeFile(files.text, 'no picture at all');
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const sit = (user: string, hash = '', device: Device = DESKTOP) =>
  takeSeat(browser, server, { user, hash, device });

async function pick(page: Page, dialog: Locator, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose a picture' }).click();
  await (await chooser).setFiles(path);
}

/** The pixels of the face that is shown, once they are there. */
const pixels = (face: Locator) =>
  face.evaluate((shown: HTMLImageElement) => [shown.naturalWidth, shown.naturalHeight]);

async function openProfile(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Your account and settings' }).click();
  await page.getByRole('menuitem', { name: 'Your profile' }).click();
  return page.getByRole('dialog', { name: 'Your profile' });
}

async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a picture becomes a face that others see, until another takes its place, or none', async () => {
  await using alice = await sit('alice');
  const dialog = await openProfile(alice.page);
  await pick(alice.page, dialog, files.text);
  await dialog.getByRole('alert').getByText('This picture cannot be read.').waitFor();
  await pick(alice.page, dialog, files.wide);
  await expect.poll(() => pixels(dialog.locator('img'))).toEqual([288, 288]);
  expect(await dialog.getByText('This picture cannot be read.').count()).toBe(0);
  await alice.shot('avatar-chosen');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  await save(dialog);
  await expect
    .poll(() => pixels(alice.page.getByRole('button', { name: 'Your account and settings' }).locator('img')))
    .toEqual([288, 288]);

  // Carol has no conversation with Alice, and looks her up.
  await using carol = await sit('carol', '#/C2Calice/details');
  const face = carol.page.getByRole('region', { name: 'Profile' }).locator('img');
  await expect.poll(() => pixels(face)).toEqual([288, 288]);
  const first = await face.getAttribute('src');
  await carol.shot('avatar-seen');
  await carol.composer.fill('Nice picture');
  await carol.composer.press('Enter');
  await carol.message('Nice picture').waitFor();

  const again = await openProfile(alice.page);
  await pick(alice.page, again, files.high);
  await save(again);
  // Smaller than a face needs: it is not blown up. Carol is told at once.
  await expect.poll(() => face.getAttribute('src')).not.toBe(first);
  await expect.poll(() => pixels(face)).toEqual([288, 288]);
  const gone = await openProfile(alice.page);
  await gone.getByRole('button', { name: 'Remove picture' }).click();
  await save(gone);
  await expect.poll(() => face.count()).toBe(0);
  expect([alice.errors, carol.errors]).toEqual([[], []]);
});

test('a picture that is not saved is not kept', async () => {
  await using bob = await sit('bob');
  const dialog = await openProfile(bob.page);
  const before = await dialog.locator('img').getAttribute('src');
  const uploads: string[] = [];
  bob.page.on('request', (request) => {
    if (request.method() === 'PUT' || request.method() === 'POST') uploads.push(request.url());
  });
  await pick(bob.page, dialog, files.wide);
  await expect.poll(() => pixels(dialog.locator('img'))).toEqual([288, 288]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const again = await openProfile(bob.page);
  expect([await again.locator('img').getAttribute('src'), uploads]).toEqual([before, []]);
});

test('a group has one too, by day and by night, on a phone as well', async () => {
  await using alice = await sit('alice', '', { ...PHONE, colorScheme: 'dark' });
  await alice.page.getByRole('button', { name: 'New conversation' }).click();
  await alice.page.getByRole('menuitem', { name: 'New group' }).click();
  const making = alice.page.getByRole('dialog', { name: 'New group' });
  await making.getByLabel('Group name').fill('Fjord walks');
  await making.getByLabel('Invite people').fill('bob');
  await making.getByRole('button', { name: 'Create group' }).click();
  await alice.composer.waitFor();
  await alice.composer.fill('Who comes along?');
  await alice.page.getByRole('button', { name: 'Send', exact: true }).click();
  await using bob = await sit('bob');
  await bob.open('Fjord walks');
  await alice.page.getByRole('button', { name: 'Details' }).click();
  await alice.page.getByRole('button', { name: 'Edit group' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'Edit group' });
  await pick(alice.page, dialog, files.wide);
  await expect.poll(() => pixels(dialog.locator('img'))).toEqual([288, 288]);
  await alice.shot('avatar-group-phone-dark');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  await save(dialog);
  await expect.poll(() => pixels(bob.row('Fjord walks').locator('img'))).toEqual([288, 288]);
  await bob.shot('avatar-group-seen');
  await alice.page.emulateMedia({ colorScheme: 'light' });
  await alice.shot('avatar-group-phone-light');
  expect([alice.errors, bob.errors]).toEqual([[], []]);
});
