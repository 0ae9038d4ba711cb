import type { TestServer } from '@sterna/server/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { MOVING, type Seat, startChat, takeSeat } from './stage.ts';
import { writeLines } from './write-lines.ts';

const HISTORY = 200;

let browser: Browser;
let server: TestServer;
let bob: Seat;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startChat();
  const lines = Array.from({ length: HISTORY }, (_, index) => lineOf(index + 1));
  await writeLines(server, { from: 'bob', to: 'alice' }, lines);
  bob = await takeSeat(browser, server, { user: 'bob', hash: '#/C2Calice' });
  await bob.message(`Line ${HISTORY}.`).waitFor();
});
afterAll(async () => {
  await bob[Symbol.asyncDispose]();
  await server.stop();
  await browser.close();
});

/** Every fourth needs more than one line in its bubble, which makes rows of different heights. */
const lineOf = (number: number): string =>
  `Line ${number}.${number % 4 === 0 ? ' It is long enough to need more than one line in its bubble, which makes rows of different heights.' : ''}`;

const scroller = (page: Page) => page.getByRole('region', { name: /^Messages with/u });

/** A message in the middle of the window, and where it is. */
async function middle(page: Page): Promise<{ key: string; top: number }> {
  return await scroller(page).evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    const found = [...element.querySelectorAll<HTMLElement>('[data-message]')].find(
      (message) => message.getBoundingClientRect().bottom > top + height / 2,
    );
    if (found === undefined) throw new Error('No message is in the window');
    return { key: found.dataset['message'] ?? '', top: found.getBoundingClientRect().top };
  });
}

const topOf = (page: Page, key: string): Promise<number> =>
  page.locator(`[data-message="${key}"]`).evaluate((element) => element.getBoundingClientRect().top);

const fromBottom = (page: Page): Promise<number> =>
  scroller(page).evaluate((element) => Math.abs(element.scrollTop));

async function linesInOrder(page: Page): Promise<boolean> {
  const texts = await page.locator('[data-message]').allTextContents();
  const numbers = texts
    .map((text) => Number(/Line (\d+)\./u.exec(text)?.[1] ?? Number.NaN))
    .filter(Number.isInteger);
  return (
    numbers.length > 10 && numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))
  );
}

describe('a long history', () => {
  test('opens at the first unread message, which is read only when the end is reached', async () => {
    await using alice = await takeSeat(browser, server, { device: MOVING, user: 'alice' });
    await alice.row('Bob').getByText(`${HISTORY} unread messages`).waitFor();
    expect(await alice.page.title()).toBe('(99+) Sterna');
    await alice.open('Bob');
    await alice.message('Line 1.').first().waitFor();
    await alice.page.getByRole('separator').waitFor();
    await alice.shot('first-unread');
    const jump = alice.page.getByRole('button', { name: `${HISTORY} new messages. Jump to latest` });
    await jump.waitFor();
    expect(await alice.page.title()).toBe('(99+) Sterna');
    expect(await linesInOrder(alice.page)).toBe(true);

    const before = await middle(alice.page);
    await bob.send('Line 201.');
    await alice.page.getByRole('button', { name: `${HISTORY + 1} new messages` }).waitFor();
    expect(Math.abs((await topOf(alice.page, before.key)) - before.top)).toBeLessThan(2);

    await alice.page.getByRole('button', { name: 'Jump to latest' }).click();
    await expect.poll(() => fromBottom(alice.page)).toBe(0);
    await expect.poll(() => alice.page.title()).toBe('Sterna');
    await alice.message('Line 201.').waitFor();
    expect(alice.errors).toEqual([]);
  });

  test('is read backwards to its beginning, and nothing jumps when a page comes in', async () => {
    await using alice = await takeSeat(browser, server, { device: MOVING, user: 'alice', hash: '#/C2Cbob' });
    await alice.message(`Line ${HISTORY}.`).waitFor();
    expect(await fromBottom(alice.page)).toBe(0);
    expect(await alice.page.locator('[data-message]').count()).toBeLessThan(120);
    for (let step = 0; (await alice.message('Line 1.').count()) === 0; step += 1) {
      expect(step).toBeLessThan(100);
      await scroller(alice.page).evaluate((element) => {
        element.scrollTop -= 900;
      });
      const seen = await middle(alice.page);
      const place = await fromBottom(alice.page);
      // The page that this step asked for has come, and stands above.
      await alice.page.waitForFunction(() => document.querySelector('[class*=spinner]') === null);
      await alice.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      expect(await fromBottom(alice.page)).toBe(place);
      expect(Math.abs((await topOf(alice.page, seen.key)) - seen.top)).toBeLessThan(2);
      expect(await linesInOrder(alice.page)).toBe(true);
    }
    // What is far from the window goes off the page: the browser tells of that some frames later.
    await expect.poll(() => alice.page.locator('[data-message]').count()).toBeLessThan(HISTORY);
    await alice.shot('history');
  });

  test('follows what is new at the bottom, and what one sends from anywhere', async () => {
    await using alice = await takeSeat(browser, server, { device: MOVING, user: 'alice', hash: '#/C2Cbob' });
    await alice.message('Line 199.').waitFor();
    await bob.send('At the bottom');
    await alice.message('At the bottom').waitFor();
    expect(await fromBottom(alice.page)).toBe(0);
    await scroller(alice.page).evaluate((element) => {
      element.scrollTop -= 1500;
    });
    await alice.page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await alice.send('An answer from far above');
    await expect.poll(() => fromBottom(alice.page)).toBe(0);
    await alice.page
      .locator('[data-arrivals]')
      .getByText('Bob: At the bottom')
      .waitFor({ state: 'attached' });
  });
});
