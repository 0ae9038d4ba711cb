import { describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { MOVING, type Seat, takeSeat } from './stage.ts';

const house = openHouse();

const sit = (user?: string, hash?: string): Promise<Seat> =>
  takeSeat(house.browser, house.server, {
    device: MOVING,
    ...(user !== undefined && { user }),
    ...(hash !== undefined && { hash }),
  });

describe('a newcomer', () => {
  test('picks a user, says hello, is answered, and stays signed in after a reload', async () => {
    await using alice = await sit();
    await alice.page.getByRole('heading', { name: 'Sign in to Sterna' }).waitFor();
    await alice.shot('sign-in');
    await alice.page.getByRole('button', { name: 'Alice' }).click();
    await alice.page.getByText('No conversations yet').waitFor();
    await alice.shot('empty');
    await alice.page.getByRole('button', { name: 'Bob' }).click();
    await alice.page.getByText('No messages yet').waitFor();
    await alice.send('Hello Bob!');
    await alice.page.getByRole('img', { name: 'Sent' }).waitFor();

    await using bob = await sit('bob');
    await bob.row('Alice').getByText('Hello Bob!').waitFor();
    expect(await bob.page.title()).toBe('(1) Sterna');
    await bob.open('Alice');
    await bob.message('Hello Bob!').waitFor();
    await bob.page.getByRole('separator').getByText('New messages').waitFor();
    await expect.poll(() => bob.page.title()).toBe('Sterna');
    await alice.page.getByRole('img', { name: 'Read' }).waitFor();
    await bob.send('Hi Alice, glad you are here 👋');
    await alice.message('glad you are here').waitFor();
    await bob.page.getByRole('img', { name: 'Read' }).waitFor();
    await alice.shot('hello');

    await alice.page.reload();
    await alice.message('glad you are here').waitFor();
    expect(await alice.page.locator('[data-message]').count()).toBe(2);
    expect(alice.errors).toEqual([]);
    expect(bob.errors).toEqual([]);
  });

  test('has two users in two tabs of one browser', async () => {
    await using alice = await sit('alice');
    await alice.page.getByText('No conversations yet').waitFor();
    const second = await alice.context.newPage();
    await second.goto(`${house.server.url}/pages/?user=bob`);
    await second.getByText('No conversations yet').waitFor();
    await alice.page.reload();
    await alice.page.getByText('No conversations yet').waitFor();
    await alice.page.getByRole('button', { name: 'Your account and settings' }).click();
    await alice.page.getByRole('menuitem', { name: 'Your profile' }).click();
    expect(await alice.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Alice');
  });
});

describe('a conversation', () => {
  test('counts what is unread, until it is seen', async () => {
    await using alice = await sit('alice', '#/C2Ccarol');
    await using bob = await sit('bob', '#/C2Calice');
    await alice.composer.waitFor();
    for (const text of ['one', 'two', 'three']) await bob.send(text);
    await alice.row('Bob').getByText('3 unread messages').waitFor();
    await expect.poll(() => alice.page.title()).toBe('(3) Sterna');
    await alice.open('Bob');
    await expect.poll(() => alice.page.title()).toBe('Sterna');
    await bob.send('four, while she looks');
    await alice.message('four, while she looks').waitFor();
    expect(await alice.row('Bob').getByText('unread').count()).toBe(0);
    await expect.poll(() => bob.page.getByRole('img', { name: 'Read' }).count()).toBe(4);
  });

  test('takes text as text: markup, long words, lines, links by their scheme', async () => {
    await using alice = await sit('alice', '#/C2Cbob');
    await alice.composer.waitFor();
    await alice.send('<img src=x onerror="window.hacked=1"><b>bold</b>');
    await alice.message('<b>bold</b>').waitFor();
    await alice.send('javascript:alert(1) and https://example.org/path?x=1.');
    const link = alice.message('javascript:alert(1)').getByRole('link');
    expect(await link.getAttribute('href')).toBe('https://example.org/path?x=1');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await alice.send('Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(8));
    await alice.composer.pressSequentially('first');
    await alice.composer.press('Shift+Enter');
    await alice.composer.pressSequentially('second');
    await alice.composer.press('Enter');
    await alice.message('second').waitFor();
    await alice.send('😀🎉');
    await expect.poll(() => alice.page.getByRole('img', { name: 'Sent' }).count()).toBe(5);
    expect(await alice.page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined();
    const overflows = await alice.page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth,
    );
    expect(overflows).toBe(false);
    await alice.shot('texts');
  });

  test('keeps a draft while the reader is elsewhere', async () => {
    await using alice = await sit('alice', '#/C2Cbob');
    await alice.composer.waitFor();
    await alice.send('hello');
    await alice.page.getByRole('img', { name: 'Sent' }).waitFor();
    await alice.composer.fill('half a thought');
    await alice.page.goto(`${house.server.url}/pages/?user=alice#/C2Ccarol`);
    await alice.row('Bob').getByText('Draft: half a thought').click();
    expect(await alice.composer.inputValue()).toBe('half a thought');
  });

  test('confirming a Chinese candidate with Enter does not send', async () => {
    await using alice = await sit('alice', '#/C2Cbob');
    await alice.composer.waitFor();
    const cdp = await alice.context.newCDPSession(alice.page);
    await alice.composer.focus();
    await cdp.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
    await alice.composer.dispatchEvent('keydown', {
      key: 'Enter',
      keyCode: 229,
      isComposing: true,
      bubbles: true,
    });
    await cdp.send('Input.insertText', { text: '你好' });
    expect(await alice.composer.inputValue()).toBe('你好');
    expect(await alice.page.locator('[data-message]').count()).toBe(0);
    await alice.composer.press('Enter');
    await alice.message('你好').waitFor();
  });

  test('tells about a message, copies it, and takes an emoji from the picker', async () => {
    await using alice = await sit('alice', '#/C2Cbob');
    await alice.composer.waitFor();
    await alice.page.getByRole('button', { name: 'Emoji' }).click();
    await alice.page.getByRole('tab', { name: 'Nature' }).click();
    await alice.page.getByRole('button', { name: '🐧' }).click();
    await alice.shot('emoji');
    await alice.page.keyboard.press('Escape');
    expect(await alice.composer.inputValue()).toBe('🐧');
    await alice.send('the text to copy');
    await alice.page.getByRole('img', { name: 'Sent' }).waitFor();
    await alice.message('the text to copy').hover();
    await alice.message('the text to copy').getByRole('button', { name: 'Message actions' }).click();
    await alice.page.getByRole('menuitem', { name: 'Copy text' }).click();
    await alice.page.getByText('Copied').waitFor();
    expect(await alice.page.evaluate(() => navigator.clipboard.readText())).toBe('the text to copy');
    await alice.page.getByText('the text to copy', { exact: true }).click({ button: 'right' });
    await alice.page.getByRole('menuitem', { name: 'Message info' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'Message info' });
    await dialog.getByText('Sent', { exact: true }).waitFor();
    await alice.shot('message-info');
    await alice.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('is deleted for oneself, after a question', async () => {
    await using alice = await sit('alice', '#/C2Cbob');
    await alice.composer.waitFor();
    await alice.send('to be deleted');
    await alice.page.getByRole('img', { name: 'Sent' }).waitFor();
    await alice.row('Bob').click({ button: 'right' });
    await alice.page.getByRole('menuitem', { name: 'Delete conversation' }).click();
    await alice.shot('delete-question');
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await alice.page.getByText('No conversations yet').waitFor();
  });
});
