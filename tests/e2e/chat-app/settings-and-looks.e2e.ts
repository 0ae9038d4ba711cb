import type { TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { accessibilityFaults, DESKTOP, PHONE, startChat, takeSeat } from './stage.ts';

let browser: Browser;
let server: TestServer;
let groupID = '';

/** A group that every test of this file looks at: an answer, a reaction, a mention, something pinned. */
async function furnish(): Promise<void> {
  await using alice = await takeSeat(browser, server, { user: 'alice' });
  await alice.page.getByRole('button', { name: 'New conversation' }).click();
  await alice.page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'New group' });
  await dialog.getByLabel('Group name').fill('Autumn survey');
  await dialog.getByText('Public group', { exact: true }).click();
  for (const name of ['Bob', 'Carol', 'Dave']) await dialog.getByRole('checkbox', { name }).click();
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await alice.composer.waitFor();
  groupID = decodeURIComponent(new URL(alice.page.url()).hash.slice('#/GROUP'.length));
  await alice.send('Meet at the harbour, 07:30, boots on');
  await alice.choose('Meet at the harbour', 'Pin');
  await using bob = await takeSeat(browser, server, {
    user: 'bob',
    hash: `#/GROUP${encodeURIComponent(groupID)}`,
  });
  await bob.choose('Meet at the harbour', 'Reply');
  await bob.composer.pressSequentially('I bring the flasks, @ali');
  await bob.page.getByRole('option', { name: 'Alice' }).waitFor();
  await bob.composer.press('Enter');
  await bob.composer.press('Enter');
  await bob.choose('I bring the flasks', 'React with ❤️');
  await alice.message('I bring the flasks').waitFor();
  await alice
    .message('I bring the flasks')
    .getByRole('button', { name: /❤️: 1/u })
    .waitFor();
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

const here = (): string => `#/GROUP${encodeURIComponent(groupID)}`;

describe.each([
  ['light', DESKTOP],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
] as const)('by the rules of accessibility, %s:', (name, device) => {
  test('the life of a message and of a group', async () => {
    await using alice = await takeSeat(browser, server, { user: 'alice', device, hash: here() });
    await alice.message('I bring the flasks').waitFor();
    await alice.message('I bring the flasks').getByText('Bob', { exact: true }).click({ button: 'right' });
    await alice.page.getByRole('menuitem', { name: 'Reply' }).waitFor();
    await alice.shot(`message-menu-${name}`);
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.getByRole('menuitem', { name: 'Reply' }).click();
    await alice.page.getByText('Replying to Bob').waitFor();
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.keyboard.press('Escape');
    await alice.page.getByRole('button', { name: 'Details' }).click();
    const panel = alice.page.getByRole('region', { name: 'Group details' });
    await panel.getByLabel('Search members').fill('CAR');
    await panel.getByRole('button', { name: 'Options for Bob' }).waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Options for Carol' }).waitFor();
    await panel.getByLabel('Search members').fill('nobody');
    await panel.getByText('Nothing found').waitFor();
    await panel.getByLabel('Search members').fill('');
    await panel.getByRole('button', { name: 'Options for Bob' }).click();
    await alice.page.getByRole('menuitem', { name: 'Make admin' }).waitFor();
    await alice.shot(`group-${name}`);
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    expect(alice.errors).toEqual([]);
  });
});

test('in Chinese every word is', async () => {
  const device = { ...DESKTOP, locale: 'zh-CN' };
  await using dave = await takeSeat(browser, server, { user: 'dave', device, hash: here() });
  await dave.message('I bring the flasks').getByText('Bob', { exact: true }).click({ button: 'right' });
  await dave.page.getByRole('menuitem', { name: '回复' }).waitFor();
  await dave.page.getByRole('menuitem', { name: '从我这里删除' }).waitFor();
  await dave.shot('message-menu-chinese');
});

test('on a phone a message’s menu, an answer and a group’s details have room', async () => {
  const device = { ...PHONE, colorScheme: 'light' } as const;
  await using alice = await takeSeat(browser, server, { user: 'alice', device, hash: here() });
  const { page } = alice;
  await alice.message('I bring the flasks').waitFor();
  await alice.message('I bring the flasks').getByText('Bob', { exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await alice.shot('phone-message-menu');
  await page.getByRole('menuitem', { name: 'Reply' }).tap();
  await page.getByText('Replying to Bob').waitFor();
  await alice.shot('phone-reply');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Cancel' }).tap();
  await alice.message('I bring the flasks').getByText('Bob', { exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Select' }).tap();
  await page.getByText('1 selected').waitFor();
  await alice.shot('phone-selecting');
  await page.getByRole('button', { name: 'Cancel' }).tap();
  await page.getByRole('button', { name: 'Details' }).tap();
  await page.getByRole('region', { name: 'Group details' }).getByText('Group ID').waitFor();
  await alice.shot('phone-group');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a conversation goes to the top, is muted, and is marked to come back to', async () => {
  await using bob = await takeSeat(browser, server, { user: 'bob', hash: '#/C2Cdave' });
  await bob.composer.waitFor();
  await bob.send('Are you in?');
  await bob.row('Dave').waitFor();
  const choose = async (name: string, action: string): Promise<void> => {
    await bob.row(name).click({ button: 'right' });
    await bob.page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  const first = () => bob.page.getByRole('navigation').getByRole('link').first().textContent();
  expect(await first()).toContain('Dave');
  await choose('Autumn survey', 'Pin to the top');
  await expect.poll(first).toContain('Autumn survey');
  await choose('Autumn survey', 'Mute');
  await bob.row('Autumn survey').getByTitle('Muted').waitFor();
  await choose('Autumn survey', 'Mark as unread');
  await bob.row('Autumn survey').getByText('Marked as unread').waitFor();
  await bob.shot('conversation-settings');
  await bob.page.reload();
  await bob.row('Autumn survey').getByText('Marked as unread').waitFor();
  await bob.open('Autumn survey');
  await bob.row('Autumn survey').getByText('Marked as unread').waitFor({ state: 'detached' });
  await choose('Autumn survey', 'Unmute');
  await bob.row('Autumn survey').getByTitle('Muted').waitFor({ state: 'detached' });
  await choose('Autumn survey', 'Unpin');
  await expect.poll(first).toContain('Dave');
  expect(bob.errors).toEqual([]);
});

test('by keyboard alone one answers, reacts, and names somebody', async () => {
  await using carol = await takeSeat(browser, server, { user: 'carol', hash: here() });
  await carol.message('I bring the flasks').waitFor();
  const opener = carol.message('I bring the flasks').getByRole('button', { name: 'Message actions' });
  await opener.focus();
  await carol.page.keyboard.press('Enter');
  await carol.page.keyboard.press('ArrowRight');
  expect(await carol.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'React with ❤️',
  );
  await carol.page.keyboard.press('Enter');
  await carol
    .message('I bring the flasks')
    .getByRole('button', { name: /❤️: 2/u })
    .waitFor();
  await opener.focus();
  await carol.page.keyboard.press('Enter');
  // Six signs, and then the words.
  for (let step = 0; step < 6; step += 1) await carol.page.keyboard.press('ArrowDown');
  await carol.page.keyboard.press('Enter');
  await carol.page.getByText('Replying to Bob').waitFor();
  await carol.page.keyboard.type('Thank you, @bo');
  await carol.page.getByRole('option', { name: 'Bob' }).waitFor();
  await carol.page.keyboard.press('Tab');
  await carol.page.keyboard.press('Enter');
  await carol
    .message('Thank you, @Bob')
    .getByRole('button', { name: /In reply to Bob/u })
    .waitFor();
});
