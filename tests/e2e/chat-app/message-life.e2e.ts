import { describe, expect, test } from 'vitest';
import { connectClient } from '../../protocol-client/client.ts';
import { openHouse } from './house.ts';
import { accessibilityFaults, DESKTOP, type Seat, takeSeat } from './stage.ts';
import { writeLines } from './write-lines.ts';

const house = openHouse();

const sit = (user: string, hash: string): Promise<Seat> =>
  takeSeat(house.browser, house.server, { user, hash });

async function both(): Promise<[Seat, Seat]> {
  const [alice, bob] = await Promise.all([sit('alice', '#/C2Cbob'), sit('bob', '#/C2Calice')]);
  await Promise.all([alice.composer.waitFor(), bob.composer.waitFor()]);
  return [alice, bob];
}

async function say(from: Seat, to: Seat, text: string): Promise<void> {
  await from.send(text);
  await to.message(text).waitFor();
  await from.message(text).and(from.page.locator(':not([data-delivery=sending])')).waitFor();
}

describe('a message', () => {
  test('is answered, and a click on the quote goes back to it, however far', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    await say(alice, bob, 'Where do we meet?');
    await bob.choose('Where do we meet?', 'Reply');
    await bob.page.getByText('Replying to Alice').waitFor();
    await say(bob, alice, 'At the harbour');
    const answer = alice.message('At the harbour');
    await answer.getByRole('button', { name: /In reply to Alice.*Where do we meet\?/u }).waitFor();
    await alice.shot('reply');
    await bob.choose('At the harbour', 'Reply');
    const lines = Array.from({ length: 200 }, (_, index) => `Line ${index + 1} of many`);
    await writeLines(house.server, { from: 'bob', to: 'alice' }, lines);
    await bob.message('Line 200 of many').and(bob.page.locator('[data-delivery=read]')).waitFor();
    // After a reload the newest page is all that the page has read.
    await alice.page.reload();
    await alice.message('Line 200 of many').waitFor();
    await say(bob, alice, 'As I said');
    await alice
      .message('As I said')
      .getByRole('button', { name: /In reply to/u })
      .click();
    await alice.page.locator('[class*=_lit_]').filter({ hasText: 'At the harbour' }).waitFor();
    await expect.poll(() => alice.message('Where do we meet?').count()).toBeGreaterThan(0);
    await alice.shot('jumped');
    // It reads some windows ahead of where one looks, and no further.
    expect(await alice.message('Line 200 of many').count()).toBe(0);
    await alice.page.getByRole('button', { name: 'Jump to latest', exact: true }).click();
    await alice.message('As I said').waitFor();
    for (const { errors } of [alice, bob]) expect(errors).toEqual([]);
  });

  test('is edited, by its menu or by the arrow up, and says so', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    await say(alice, bob, 'At haf past seven');
    await alice.composer.fill('half a thought');
    await alice.choose('At haf past seven', 'Edit');
    await alice.page.getByText('Editing a message').waitFor();
    await alice.shot('editing');
    await alice.send('At half past seven');
    await bob.message('At half past seven').getByText('edited').waitFor();
    expect(await alice.composer.inputValue()).toBe('half a thought');
    await alice.composer.fill('');
    await alice.composer.press('ArrowUp');
    await expect.poll(() => alice.composer.inputValue()).toBe('At half past seven');
    await alice.composer.press('Escape');
    expect(await alice.composer.inputValue()).toBe('');
    expect(await alice.message('At half past seven').count()).toBe(1);
  });

  test('is recalled, and its words are there to be written again', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    await say(alice, bob, 'To the wrong one');
    await alice.choose('To the wrong one', 'Recall');
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Recall' }).click();
    await bob.message('Alice recalled a message').waitFor();
    expect(await bob.message('To the wrong one').count()).toBe(0);
    await alice.message('You recalled a message').getByRole('button', { name: 'Edit again' }).click();
    await expect.poll(() => alice.composer.inputValue()).toBe('To the wrong one');
    await alice.shot('recalled');
    await bob.page.locator('[data-message]').first().waitFor();
    expect(await bob.page.getByRole('button', { name: 'Message actions' }).count()).toBe(0);
  });

  test('is recalled, and its words are nowhere: not in an answer, nor where arrivals are read out, nor after a reload', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    const secret = 'The key is under the mat';
    await say(alice, bob, secret);
    await bob.page.locator('[data-arrivals]').getByText(secret).waitFor({ state: 'attached' });
    await bob.choose(secret, 'Reply');
    await say(bob, alice, 'Take it away');
    const quote = { name: /In reply to Alice.*was recalled/u };
    const nowhere = (seat: Seat) => expect.poll(() => seat.page.content()).not.toContain(secret);
    // The answer has the words, too.
    const original = alice.message(secret).first();
    await original.hover();
    await original.getByRole('button', { name: 'Message actions' }).click();
    await alice.page.getByRole('menuitem', { name: 'Recall', exact: true }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Recall' }).click();
    for (const seat of [alice, bob]) await seat.message('Take it away').getByRole('button', quote).waitFor();
    await nowhere(bob);
    await bob.shot('quote-recalled');
    // The original is not among the newest then.
    const lines = Array.from({ length: 200 }, (_, index) => `Line ${index + 1} after it`);
    await bob.choose('Take it away', 'Reply');
    await writeLines(house.server, { from: 'alice', to: 'bob' }, lines);
    await say(bob, alice, 'Done');
    for (const seat of [alice, bob]) {
      await seat.page.reload();
      await seat
        .message('Done')
        .getByRole('button', { name: /In reply to Bob.*Take it away/u })
        .waitFor();
      await nowhere(seat);
    }
    for (const { errors } of [alice, bob]) expect(errors).toEqual([]);
  });

  test('is deleted for me alone, and the history is cleared', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    await say(bob, alice, 'First');
    await say(bob, alice, 'Second');
    await alice.choose('First', 'Delete for me');
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await alice.message('First').waitFor({ state: 'detached' });
    expect(await bob.message('First').count()).toBe(1);
    await alice.row('Bob').click({ button: 'right' });
    await alice.page.getByRole('menuitem', { name: 'Clear history' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click();
    await alice.page.getByText('No messages yet').waitFor();
    await alice.page.reload();
    await alice.page.getByText('No messages yet').waitFor();
    expect(await bob.message('Second').count()).toBe(1);
  });

  test('is answered with a sign; a click joins in or takes it back', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    await say(alice, bob, 'The count is up again');
    await bob.choose('The count is up again', 'React with 👍');
    const seen = alice.message('The count is up again').getByRole('button', { name: '👍: 1 person' });
    await seen.click();
    await bob.message('The count').getByRole('button', { name: '👍: 2 people' }).waitFor();
    await bob.choose('The count is up again', 'React…');
    await bob.page.getByRole('dialog', { name: 'React…' }).locator('[data-emoji]').first().click();
    await expect.poll(() => alice.message('The count').locator('[aria-pressed]').count()).toBe(2);
    await alice.shot('reactions');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.choose('The count is up again', 'Reactions');
    const dialog = alice.page.getByRole('dialog', { name: 'Reactions' });
    await dialog.getByRole('region', { name: '👍' }).getByText('Bob').waitFor();
    await alice.shot('reactions-who');
    await alice.page.keyboard.press('Escape');
    await alice.page.reload();
    await alice.message('The count').getByRole('button', { name: '👍: 2 people' }).click();
    await bob.message('The count').getByRole('button', { name: '👍: 1 person' }).waitFor();
    for (const { errors } of [alice, bob]) expect(errors).toEqual([]);
  });

  test('is forwarded; several go together, and are opened in a window', async () => {
    const [alice, bob] = await both();
    await using _alice = alice;
    await using _bob = bob;
    await using carol = await sit('carol', '#/C2Calice');
    await carol.composer.waitFor();
    await carol.send('Hello Alice');
    await alice.row('Carol').waitFor();
    await say(bob, alice, 'The weather is good');
    await say(alice, bob, 'Then on Thursday');
    await alice.choose('The weather is good', 'Forward');
    const dialog = alice.page.getByRole('dialog', { name: 'Forward 1 message' });
    await dialog.getByRole('checkbox', { name: 'Carol' }).click();
    await alice.shot('forward');
    await dialog.getByRole('button', { name: 'Forward' }).click();
    await carol.message('The weather is good').waitFor();

    await alice.choose('The weather is good', 'Select');
    await alice.page.getByRole('checkbox', { name: 'Select: Then on Thursday' }).click({ force: true });
    await alice.page.getByText('2 selected').waitFor();
    await alice.shot('selecting');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.getByRole('toolbar').getByRole('button', { name: 'Forward' }).click();
    const several = alice.page.getByRole('dialog', { name: 'Forward 2 messages' });
    await several.getByRole('checkbox', { name: 'Carol' }).click();
    await several.getByRole('button', { name: 'Together' }).click();
    await alice.page.getByText('Forwarded').first().waitFor();
    await alice.choose('The weather is good', 'Select');
    await alice.page.getByText('1 selected').waitFor();
    await alice.page.keyboard.press('Escape');
    await alice.composer.waitFor();
    await carol.page.getByRole('button', { name: /Chat history of Alice and Bob/u }).click();
    const opened = carol.page.getByRole('dialog', { name: 'Chat history of Alice and Bob' });
    await opened.getByText('Then on Thursday').waitFor();
    await carol.shot('merger');
    await opened.getByText('Then on Thursday').click({ button: 'right' });
    expect(await carol.page.getByRole('menu').count()).toBe(0);
    for (const { errors } of [alice, bob, carol]) expect(errors).toEqual([]);
  });
});

test('stickers, places and what another application made have a face', async () => {
  await using alice = await sit('alice', '#/C2Cbob');
  await alice.composer.waitFor();
  await using bob = await connectClient(house.server.wsURL);
  await bob.login({ SDKAppID: house.server.SDKAppID, userID: 'bob', userSig: house.server.userSig('bob') });
  const place = { description: 'The old pier', latitude: 78.22334, longitude: 15.64689 };
  const elements = [
    { type: 'TIMFaceElem', payload: { index: 1, data: '🐧' } },
    { type: 'TIMFaceElem', payload: { index: 2, data: 'tt02' } },
    { type: 'TIMLocationElem', payload: place },
    { type: 'TIMCustomElem', payload: { data: '{}', description: 'A poll: boots or shoes?', extension: '' } },
    { type: 'TIMCustomElem', payload: { data: '{}', description: '', extension: '' } },
  ] as const;
  for (const [index, element] of elements.entries()) {
    const clientID = `1700000000-${index + 1}`;
    await bob.request('message.send', { conversationID: 'C2Calice', clientID, elements: [element] });
  }
  await alice.message('🐧').waitFor();
  await alice.message('Sticker: tt02').waitFor();
  await alice.message('The old pier').getByText('78.22334, 15.64689').waitFor();
  await alice.message('A poll: boots or shoes?').waitFor();
  await alice.message('Custom message (not shown here)').waitFor();
  await alice.shot('other-kinds');
  expect(await accessibilityFaults(alice.page)).toEqual([]);
  expect(alice.errors).toEqual([]);
});

test.each([
  [
    'English',
    DESKTOP,
    [
      'Bob sent an invitation to you',
      'You accepted the invitation',
      'Bob sent an invitation to you',
      'You declined the invitation',
      'Bob sent an invitation to you',
      'Bob cancelled the invitation',
      'Bob sent an invitation to you',
      'You did not answer the invitation',
    ],
    'Custom message',
  ],
  [
    'Chinese',
    { ...DESKTOP, locale: 'zh-CN' },
    [
      'Bob向你发出了邀请',
      '你接受了邀请',
      'Bob向你发出了邀请',
      '你拒绝了邀请',
      'Bob向你发出了邀请',
      'Bob取消了邀请',
      'Bob向你发出了邀请',
      '你未应答邀请',
    ],
    '自定义消息',
  ],
] as const)(
  'invitations and what became of them are told in words: %s',
  async (language, device, lines, other) => {
    await using alice = await takeSeat(house.browser, house.server, {
      user: 'alice',
      device,
      hash: '#/C2Cbob',
    });
    await alice.composer.waitFor();
    await using bob = await connectClient(house.server.wsURL);
    await bob.login({ SDKAppID: house.server.SDKAppID, userID: 'bob', userSig: house.server.userSig('bob') });
    await using answerer = await connectClient(house.server.wsURL);
    await answerer.login({
      SDKAppID: house.server.SDKAppID,
      userID: 'alice',
      userSig: house.server.userSig('alice'),
      platform: 'ios',
    });
    const steps = [
      [bob, 'i1', 1],
      [answerer, 'i1', 3],
      [bob, 'i2', 1],
      [answerer, 'i2', 4],
      [bob, 'i3', 1],
      [bob, 'i3', 2],
      [bob, 'i4', 1],
    ] as const;
    for (const [index, [who, inviteID, actionType]] of steps.entries()) {
      const timeout = inviteID === 'i4' ? 1 : 0;
      const step = { businessID: 1, inviteID, actionType, inviter: 'bob', inviteeList: ['alice'], timeout };
      const payload = { data: JSON.stringify(step), description: '', extension: '' };
      const elements = [{ type: 'TIMCustomElem', payload }] as const;
      const conversationID = who === bob ? 'C2Calice' : 'C2Cbob';
      await who.request('message.send', {
        conversationID,
        clientID: `1700000001-${index}`,
        elements: [...elements],
      });
    }
    await alice.message(lines.at(-1) ?? '').waitFor();
    expect(await alice.page.locator('[data-message]').allInnerTexts()).toEqual(lines);
    await alice
      .row('Bob')
      .getByText(lines.at(-1) ?? '')
      .waitFor();
    await alice.shot(`invitations-${language}`);
    expect(await alice.page.getByText(other).count()).toBe(0);
    expect(alice.errors).toEqual([]);
  },
);

test('who writes is seen writing', async () => {
  const [alice, bob] = await both();
  await using _alice = alice;
  await using _bob = bob;
  await say(alice, bob, 'Are you there?');
  await bob.composer.pressSequentially('Yes, I');
  await alice.page.getByRole('heading').getByText('is writing…').waitFor();
  await bob.composer.press('Enter');
  await alice.page.getByText('is writing…').first().waitFor({ state: 'detached' });
  expect(await alice.page.locator('[data-message]').count()).toBe(2);
});
