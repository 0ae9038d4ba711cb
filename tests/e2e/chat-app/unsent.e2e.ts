import type { TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { type Seat, startChat, takeSeat } from './stage.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startChat();
});
afterAll(async () => {
  await server.stop();
  await browser.close();
});

/** A seat whose line can be cut where it leaves the page: what is sent then is gone, and nobody tells the page. */
async function sitAtLine(user: string, hash: string): Promise<{ seat: Seat; line: { isCut: boolean } }> {
  const seat = await takeSeat(browser, server, { user, hash });
  const line = { isCut: false };
  await seat.page.routeWebSocket(/\/ws/u, (page) => {
    const peer = page.connectToServer();
    page.onMessage((frame) => {
      if (!line.isCut) peer.send(frame);
    });
  });
  await seat.page.reload();
  await seat.composer.waitFor();
  return { seat, line };
}

test('what was not sent, and what was not finished, outlives a reload and a kick', async () => {
  const { seat: alice, line } = await sitAtLine('alice', '#/C2Cbob');
  await using _alice = alice;
  await using bob = await takeSeat(browser, server, { user: 'bob', hash: '#/C2Calice' });
  const questions: string[] = [];
  alice.page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  const inList = (text: string, state: string) =>
    alice.row('Bob').filter({ hasText: text }).getByText(state, { exact: true });
  const notSent = (text: string) => alice.message(text).getByRole('button', { name: /Not sent/u });

  line.isCut = true;
  await alice.send('lost on the way');
  await alice.message('lost on the way').getByRole('img', { name: 'Sending' }).waitFor();
  await inList('lost on the way', 'Sending').waitFor();
  await alice.composer.fill('half a thought');
  // Mended only for the page that comes: the one that goes must not get its message through after all.
  alice.page.once('framenavigated', () => {
    line.isCut = false;
  });
  await alice.page.reload();
  expect(questions).toEqual(['beforeunload']);
  await notSent('lost on the way').waitFor();
  expect(await alice.composer.inputValue()).toBe('half a thought');
  await inList('lost on the way', 'Not sent').waitFor();
  await alice.shot('unsent-after-reload');
  await alice.row('Bob').click({ button: 'right' });
  // What the server does not know can be thrown away, and nothing else.
  expect(await alice.page.getByRole('menuitem').allInnerTexts()).toEqual(['Delete conversation']);
  await alice.page.keyboard.press('Escape');
  await notSent('lost on the way').click();
  await bob.message('lost on the way').waitFor();
  await alice
    .message('lost on the way')
    .getByRole('img', { name: /Sent|Read/u })
    .waitFor();
  await inList('lost on the way', 'Not sent').waitFor({ state: 'detached' });

  line.isCut = true;
  await alice.send('kept through a kick');
  await alice.message('kept through a kick').getByRole('img', { name: 'Sending' }).waitFor();
  await using elsewhere = await takeSeat(browser, server, { user: 'alice' });
  await elsewhere.row('Bob').waitFor();
  await alice.page.getByText('waits for you in this tab').waitFor();
  line.isCut = false;
  await alice.page.getByRole('button', { name: 'Use Sterna here' }).click();
  await notSent('kept through a kick').click();
  await bob.message('kept through a kick').waitFor();
  await alice
    .message('kept through a kick')
    .getByRole('img', { name: /Sent|Read/u })
    .waitFor();

  await alice.page.reload();
  await alice.message('kept through a kick').waitFor();
  expect(questions).toEqual(['beforeunload']);
  for (const { page } of [alice, bob]) expect(await page.locator('[data-message]').count()).toBe(2);
});
