import { expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { PHONE, type Seat, startChat, takeSeat } from './stage.ts';

/** The pictures that the README shows: four people, two conversations, one group, by day and by night. */
test('the pictures of the README', async () => {
  const browser = await launchBrowser();
  await using parts = new AsyncDisposableStack();
  parts.defer(() => browser.close());
  await using server = await startChat();
  const sit = (user: string, hash = ''): Promise<Seat> => takeSeat(browser, server, { user, hash });
  await using alice = await sit('alice');
  await using bob = await sit('bob', '#/C2Calice');
  await using carol = await sit('carol', '#/C2Calice');
  await using dave = await sit('dave');

  await bob.composer.waitFor();
  await bob.send('Are we still on for the call at four?');
  await carol.composer.waitFor();
  await carol.send('下午好，照片整理好了吗？');
  await alice.row('Carol').waitFor();
  await alice.page.getByRole('button', { name: 'New conversation' }).click();
  await alice.page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'New group' });
  await dialog.getByLabel('Group name').fill('Autumn survey');
  for (const name of ['Bob', 'Carol', 'Dave']) await dialog.getByRole('checkbox', { name }).click();
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await alice.composer.waitFor();

  const say = async (seat: Seat, text: string): Promise<void> => {
    await seat.send(text);
    await alice.message(text).waitFor();
  };
  await say(alice, 'Welcome, everyone. This is the place for the autumn survey.');
  for (const seat of [bob, carol, dave]) await seat.open('Autumn survey');
  await say(bob, 'Hello! I have the weather: best from Thursday morning until Saturday.');
  await say(dave, 'I can take the western cliffs');
  await say(dave, 'and the lighthouse, if nobody minds the walk');
  await say(carol, '我也可以，周四见。');
  await say(alice, 'Brilliant. Then it is settled: meet at the harbour, 07:30, boots on 🥾');
  await say(dave, 'https://example.org/maps/svalbard?layer=colonies');
  await say(bob, '👍');
  await expect.poll(() => alice.page.getByRole('img', { name: 'Sending' }).count()).toBe(0);
  await alice.page.mouse.move(0, 0);
  await alice.shot('showcase-light');
  await alice.page.emulateMedia({ colorScheme: 'dark' });
  await alice.shot('showcase-dark');
  await alice.page.setViewportSize(PHONE.viewport ?? { width: 390, height: 844 });
  await alice.shot('showcase-phone');
  for (const { errors } of [alice, bob, carol, dave]) expect(errors).toEqual([]);
});
