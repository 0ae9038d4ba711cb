import type { TestServer } from '@sterna/server/testing';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { accessibilityFaults, DESKTOP, type Device, PHONE, type Seat, startChat, takeSeat } from './stage.ts';

let browser: Browser;
let server: TestServer;

/** A small world that every screen of this file looks at. */
async function furnish(): Promise<void> {
  await using bob = await takeSeat(browser, server, { user: 'bob', hash: '#/C2Calice' });
  await bob.composer.waitFor();
  for (const text of [
    'Morning! Did you get the field notes from Svalbard?',
    '下午好，照片整理好了吗？',
    'https://example.org/maps/svalbard?layer=colonies',
    '🐧',
  ]) {
    await bob.send(text);
  }
  await bob.page.waitForFunction(() => document.querySelectorAll('li[data-delivery=sent]').length === 4);
}

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startChat();
  await furnish();
});
afterAll(async () => {
  await server.stop();
  await browser.close();
});

const sit = (device: Device, hash?: string): Promise<Seat> =>
  takeSeat(browser, server, { user: 'alice', device, ...(hash !== undefined && { hash }) });

const isOnScreen = (locator: Locator): Promise<boolean> => locator.isVisible();

/** A colour that is half-way to another has a contrast of its own: here nothing moves. */

describe.each([
  ['light', DESKTOP],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
] as const)('by the rules of accessibility, %s:', (name, device) => {
  test('signing in', async () => {
    await using stranger = await takeSeat(browser, server, { device });
    await stranger.page.getByText('Who would you like to be?').waitFor();
    expect(await accessibilityFaults(stranger.page)).toEqual([]);
  });

  test('a conversation, its details, menus and windows', async () => {
    await using alice = await sit(device, '#/C2Cbob');
    await alice.message('Morning!').waitFor();
    await alice.send('Yes, reading them now. The count is up again.');
    await alice.page.locator('[data-delivery=sent]').first().waitFor();
    await alice.shot(`conversation-${name}`);
    expect(await accessibilityFaults(alice.page)).toEqual([]);

    await alice.page.getByRole('button', { name: 'Details' }).click();
    await alice.page.getByRole('region', { name: 'Profile' }).getByText('User ID').waitFor();
    expect(await accessibilityFaults(alice.page)).toEqual([]);

    await alice.page.getByRole('button', { name: 'Your account and settings' }).click();
    await alice.page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.getByRole('menuitem', { name: 'Settings' }).click();
    await alice.page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await alice.shot(`settings-${name}`);
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.keyboard.press('Escape');

    await alice.page.getByRole('button', { name: 'Emoji' }).click();
    await alice.page.getByRole('tab', { name: 'Smileys' }).waitFor();
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.keyboard.press('Escape');

    await alice.page.getByRole('button', { name: 'New conversation' }).click();
    await alice.page.getByRole('menuitem', { name: 'New group' }).click();
    await alice.page.getByRole('dialog', { name: 'New group' }).waitFor();
    expect(await accessibilityFaults(alice.page)).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  test('one finds a person, writes, walks the list, opens and closes', async () => {
    await using alice = await sit(DESKTOP);
    const { page } = alice;
    await alice.row('Bob').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('bob');
    await page.keyboard.press('Enter');
    await alice.message('Morning!').waitFor();
    expect(await alice.composer.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await alice.message('By keyboard').waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('carl');
    await page.getByRole('button', { name: 'Start a chat with “carl”' }).click();
    await page.getByText('There is no user “carl”.').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('carol');
    await page.getByRole('button', { name: 'Start a chat with “carol”' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Say hello to Carol.').waitFor();
    await alice.send('Hello Carol');
    await alice.row('Carol').waitFor();

    await page.keyboard.press('Escape');
    await page.getByText('Pick a conversation').waitFor();
    await page.keyboard.press('Control+k');
    const focusedRow = () => page.evaluate(() => document.activeElement?.getAttribute('href'));
    await page.keyboard.press('ArrowDown');
    const first = await focusedRow();
    await page.keyboard.press('ArrowDown');
    expect(new Set([first, await focusedRow()])).toEqual(new Set(['#/C2Cbob', '#/C2Ccarol']));
    await page.keyboard.press('ArrowUp');
    expect(await focusedRow()).toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');

    await page.getByRole('button', { name: 'New conversation' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New group' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(focused).toBe('New conversation');
  });
});

describe('light and dark', () => {
  test('follow the system, until one is chosen; the choice is kept', async () => {
    await using alice = await sit({ ...DESKTOP, colorScheme: 'dark' });
    const { page } = alice;
    await alice.row('Bob').waitFor();
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await ground();
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.getByRole('button', { name: 'Your account and settings' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByText('Dark', { exact: true }).click();
    expect(await ground()).toBe(dark);
    await page.reload();
    await alice.row('Bob').waitFor();
    expect(await ground()).toBe(dark);
  });
});

describe('in Chinese', () => {
  test('every word is, and the choice is kept', async () => {
    await using alice = await sit({ ...DESKTOP, locale: 'zh-CN' }, '#/C2Cbob');
    await alice.message('下午好').waitFor();
    expect(await alice.page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await alice.page.getByPlaceholder('输入消息').waitFor();
    await alice.shot('chinese');
    await alice.page.getByRole('button', { name: '账号与设置' }).click();
    await alice.page.getByRole('menuitem', { name: '设置' }).click();
    await alice.page.getByText('English').click();
    await alice.page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await alice.page.reload();
    await alice.page.getByPlaceholder('Message').waitFor();
    expect(await alice.page.locator('html').getAttribute('lang')).toBe('en');
  });
});

describe('on a phone', () => {
  test('there is one pane at a time, and the way back', async () => {
    await using alice = await sit({ ...PHONE, colorScheme: 'light' });
    const { page } = alice;
    await alice.row('Bob').waitFor();
    await alice.shot('phone-list');
    await alice.row('Bob').tap();
    await alice.message('Morning!').waitFor();
    expect(await isOnScreen(alice.row('Bob'))).toBe(false);
    await alice.shot('phone-conversation');
    const field = await alice.composer.boundingBox();
    expect(field === null ? 0 : field.y + field.height).toBeLessThanOrEqual(844);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

    await alice.composer.fill('From a phone');
    await alice.composer.press('Enter');
    expect(await alice.composer.inputValue()).toBe('From a phone\n');
    await page.getByRole('button', { name: 'Send' }).tap();
    await alice.message('From a phone').waitFor();

    await rest(alice, page.getByText('From a phone', { exact: true }));
    await page.getByRole('menuitem', { name: 'Message info' }).tap();
    await page.getByRole('dialog', { name: 'Message info' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).tap();

    await page.getByRole('button', { name: 'Details' }).tap();
    await page.getByRole('region', { name: 'Profile' }).getByText('User ID').waitFor();
    await alice.shot('phone-details');
    expect(await isOnScreen(alice.composer)).toBe(false);
    await page.goBack();
    await alice.composer.waitFor();
    await page.getByRole('button', { name: 'Back' }).tap();
    await alice.row('Bob').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'New conversation' }).tap();
    await page.getByRole('menuitem', { name: 'New group' }).tap();
    await page.getByRole('dialog', { name: 'New group' }).waitFor();
    await alice.shot('phone-new-group');
    expect(alice.errors).toEqual([]);
  });
});

/** A finger rests on something until the menu is there, and lifts. */
async function rest({ context, page }: Seat, place: Locator): Promise<void> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('There is nothing to rest on');
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  const cdp = await context.newCDPSession(page);
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await page.getByRole('menu').waitFor();
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

describe('without a connection', () => {
  test('the page says so, keeps what is written, and sends it afterwards', async () => {
    await using chat = await startChatThatReturns();
    await using alice = await takeSeat(browser, chat.server(), { user: 'alice', hash: '#/C2Cbob' });
    await alice.composer.waitFor();
    await alice.send('before');
    await alice.page.getByRole('img', { name: 'Sent' }).waitFor();
    await chat.goAway();
    await alice.page.getByText(/You are offline|Connecting…/u).waitFor();
    await alice.send('while away');
    await alice.page.getByRole('img', { name: 'Sending' }).waitFor();
    await alice.page.getByText('You are offline').waitFor();
    await alice.shot('offline');
    await chat.comeBack();
    await alice.page.getByRole('button', { name: 'Reconnect now' }).click();
    await expect
      .poll(() => alice.page.getByRole('img', { name: 'Sent' }).count(), { timeout: 30_000 })
      .toBe(2);
    await alice.page.getByText(/You are offline|Connecting…/u).waitFor({ state: 'detached' });
    expect(await alice.page.locator('[data-message]').count()).toBe(2);
  });
});

/** A server that can stop and start again where it was, with what it knew. */
async function startChatThatReturns() {
  await using parts = new AsyncDisposableStack();
  const { mkdtemp, rm } = await import('node:fs/promises');
  const data = await mkdtemp(`${process.env['TMPDIR'] ?? '/tmp'}/sterna-chat-`);
  parts.defer(() => rm(data, { recursive: true, force: true }));
  let current = await startChat({ data, store: 'configured' });
  const { port } = current;
  parts.defer(() => current.stop());
  const owned = parts.move();
  return {
    server: () => current,
    goAway: () => current.stop(),
    comeBack: async () => {
      current = await startChat({ data, store: 'configured', config: { port } });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
