import type { TestServer } from '@sterna/server/testing';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { connectClient } from '../../protocol-client/client.ts';
import { accessibilityFaults, DESKTOP, type Device, PHONE, type Seat, startChat, takeSeat } from './stage.ts';

/** More than two pages of results, in a history of which the page shows the newest part only. */
const NESTS = 45;

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startChat();
  await furnish();
});
afterAll(async () => {
  await server.stop();
  await browser.close();
});

/** What Bob and Carol have told Alice: indexed when it can be found. */
async function furnish(): Promise<void> {
  const say = async (userID: string, texts: readonly string[]): Promise<void> => {
    await using client = await connectClient(server.wsURL);
    await client.login({ SDKAppID: server.SDKAppID, userID, userSig: server.userSig(userID) });
    for (const [index, text] of texts.entries())
      await client.request('message.send', {
        conversationID: 'C2Calice',
        clientID: `1700000000-${index + 1}`,
        elements: [{ type: 'TIMTextElem', payload: { text } }],
      });
    const query = { conversationID: 'C2Calice', keywords: ['zenith'], limit: 1 };
    await vi.waitUntil(async () => (await client.request('search.messages', query)).total === 1);
  };
  const nests = Array.from({ length: NESTS }, (_, index) => `Nest ${index + 1} has two eggs`);
  await say('bob', ['Meet me at the old Harbour, by the red boats', ...nests, 'The zenith of the sun']);
  await say('carol', [
    'The photographs of the summer are sorted at last. The best ones are from the cliffs above the harbour',
    '我们周四在北京见面',
    'zenith',
  ]);
}

const sit = (device: Device, hash?: string): Promise<Seat> =>
  takeSeat(browser, server, { user: 'alice', device, ...(hash !== undefined && { hash }) });

const everywhere = (seat: Seat): Locator => seat.page.getByRole('region', { name: 'Messages', exact: true });
const panel = (seat: Seat): Locator => seat.page.getByRole('region', { name: 'Search messages' });
const lit = (seat: Seat, text: string): Locator =>
  seat.page.locator('[class*=_lit_]').filter({ hasText: text });

/** The number of the request, where a frame asks for messages. */
function idOfSearch(frame: string | Buffer): number | undefined {
  const [id, command] = JSON.parse(frame.toString()) as [number, string];
  return command === 'search.messages' ? id : undefined;
}

describe('the search', () => {
  test('finds messages of all conversations, and goes to them', async () => {
    await using alice = await sit(DESKTOP);
    const { page } = alice;
    await alice.row('Bob').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('harbour');
    const results = everywhere(alice);
    await results.getByRole('button', { name: /Bob.*Meet me at the old Harbour/u }).waitFor();
    expect(await results.locator('mark').allTextContents()).toEqual(
      expect.arrayContaining(['Harbour', 'harbour']),
    );
    await alice.shot('search-everywhere');
    expect(await accessibilityFaults(page)).toEqual([]);

    await results.getByRole('button', { name: /Bob/u }).click();
    await lit(alice, 'Meet me at the old Harbour').waitFor();
    await alice.message('Nest 5 has').waitFor();
    // What was looked for is done with, and the list is whole again.
    await results.waitFor({ state: 'detached' });
    await alice.row('Carol').waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('北京');
    await results.locator('mark').getByText('北京').waitFor();
    await page.keyboard.press('Enter');
    await lit(alice, '我们周四在北京见面').waitFor();
    expect(alice.errors).toEqual([]);
  });

  test('tells how much a conversation has, opens its own search, and shows one page after another', async () => {
    await using alice = await sit(DESKTOP);
    const { page } = alice;
    await alice.row('Bob').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('eggs nest');
    await everywhere(alice)
      .getByRole('button', { name: new RegExp(`Bob.*${NESTS} messages`, 'u') })
      .click();
    const found = panel(alice);
    await found.getByText(`${NESTS} messages found`).waitFor();
    expect(await found.getByLabel('Search the messages with Bob').inputValue()).toBe('eggs nest');
    await found.getByRole('listitem').nth(19).waitFor();
    expect(await found.getByRole('listitem').count()).toBe(20);
    await found.getByRole('listitem').first().getByText(`Nest ${NESTS} has two eggs`).waitFor();
    await alice.shot('search-conversation');
    expect(await accessibilityFaults(page)).toEqual([]);

    await found.getByRole('button', { name: 'Show more' }).click();
    await found.getByRole('listitem').nth(39).waitFor();
    await found.getByRole('button', { name: 'Show more' }).click();
    await found
      .getByRole('listitem')
      .nth(NESTS - 1)
      .waitFor();
    expect(await found.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    expect(await found.getByRole('listitem').count()).toBe(NESTS);

    await found.getByRole('button', { name: /Nest 3 has two eggs/u }).click();
    await lit(alice, 'Nest 3 has two eggs').waitFor();
    expect(await found.locator('[aria-current=true]').textContent()).toContain('Nest 3 has');
    await page.getByRole('button', { name: /Jump to latest/u }).click();
    await alice.message('The zenith of the sun').waitFor();

    // The address has what was looked for; the way back leads to the conversation.
    await page.reload();
    await found.getByText(`${NESTS} messages found`).waitFor();
    await found.getByRole('button', { name: 'Close' }).click();
    await found.waitFor({ state: 'detached' });
    await alice.composer.waitFor();
    expect(alice.errors).toEqual([]);
  });

  test('works by keyboard alone', async () => {
    await using alice = await sit(DESKTOP, '#/C2Cbob');
    const { page } = alice;
    await alice.message('The zenith of the sun').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nest 1');
    const found = panel(alice);
    await found.getByRole('button', { name: /Nest 10 has/u }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(focused).toContain('Nest 18 has');
    await page.keyboard.press('Enter');
    await lit(alice, 'Nest 18 has').waitFor();
    await page.keyboard.press('Control+f');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.press('Escape');
    await found.getByText('Find what was said here').waitFor();
    await page.keyboard.press('Escape');
    await found.waitFor({ state: 'detached' });
  });

  test('says so when there is nothing, or when it cannot be done, and then tries again', async () => {
    await using alice = await sit({ ...DESKTOP, colorScheme: 'dark' }, '#/C2Cbob/search/walrus');
    const { page } = alice;
    const index = { refuses: false };
    await page.routeWebSocket(/\/ws/u, (socket) => {
      const peer = socket.connectToServer();
      socket.onMessage((frame) => {
        const id = index.refuses ? idOfSearch(frame) : undefined;
        if (id === undefined) peer.send(frame);
        else socket.send(JSON.stringify([[1, id, 10002, 'the index is away']]));
      });
    });
    await page.reload();
    const found = panel(alice);
    await found.getByText('Nothing here says “walrus”.').waitFor();
    await alice.shot('search-nothing-dark');
    expect(await accessibilityFaults(page)).toEqual([]);
    index.refuses = true;
    await found.getByRole('textbox').fill('harbour');
    await found.getByText('The search could not be done.').waitFor();
    index.refuses = false;
    await found.getByRole('button', { name: 'Try again' }).click();
    await found.getByText('1 message found').waitFor();
    await alice.shot('search-dark');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('has a pane of its own on a phone', async () => {
    await using alice = await sit({ ...PHONE, colorScheme: 'light' }, '#/C2Cbob');
    const { page } = alice;
    await alice.message('The zenith of the sun').waitFor();
    await page.getByRole('button', { name: 'Search messages' }).tap();
    await page.getByLabel('Search the messages with Bob').fill('harbour');
    await panel(alice).getByText('1 message found').waitFor();
    expect(await alice.composer.isVisible()).toBe(false);
    await alice.shot('phone-search');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await panel(alice)
      .getByRole('button', { name: /Meet me/u })
      .tap();
    await lit(alice, 'Meet me at the old Harbour').waitFor();
    expect(await alice.composer.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Back' }).tap();
    expect(alice.errors).toEqual([]);
  });

  test('speaks Chinese', async () => {
    await using alice = await sit({ ...DESKTOP, locale: 'zh-CN' });
    await alice.row('Carol').waitFor();
    await alice.page.getByRole('textbox', { name: '搜索会话和消息' }).fill('周四');
    await alice.page.getByRole('region', { name: '消息', exact: true }).locator('mark').waitFor();
    await alice.shot('search-chinese');
  });
});
