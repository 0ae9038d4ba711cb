import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { accessibilityFaults, DESKTOP, type Device, PHONE, type Seat, takeSeat } from './stage.ts';

const house = openHouse();

const sit = (user: string, device: Device = DESKTOP): Promise<Seat> =>
  takeSeat(house.browser, house.server, { user, device });
const press = (within: Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).click();

async function openContacts({ page }: Seat): Promise<Locator> {
  await page.getByRole('button', { name: /^Contacts/ }).click();
  await page.getByRole('heading', { name: 'Contacts', exact: true }).waitFor();
  return page.locator('main');
}

async function add(seat: Seat, userID: string, wording = ''): Promise<void> {
  await seat.page.getByRole('button', { name: 'Add contact' }).first().click();
  const dialog = seat.page.getByRole('dialog', { name: 'Add contact' });
  await dialog.getByLabel('User ID').fill(userID);
  await dialog.getByLabel('A word to them').fill(wording);
  await press(dialog, 'Add');
  await dialog.waitFor({ state: 'detached' });
}

const contact = ({ page }: Seat, name: string): Locator =>
  page.getByRole('region', { name: 'Your contacts' }).getByRole('listitem').filter({ hasText: name });

describe('contacts', () => {
  test('one asks to be asked: the other sees a badge, accepts, and both have each other', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await bob.page.getByRole('button', { name: 'Your account and settings' }).click();
    await bob.page.getByRole('menuitem', { name: 'Your profile' }).click();
    const profile = bob.page.getByRole('dialog', { name: 'Your profile' });
    await profile.getByText('After asking').click();
    await profile.getByLabel('Status').fill('At the lighthouse');
    await bob.shot('profile-who-may-add');
    await press(profile, 'Save');
    await profile.waitFor({ state: 'detached' });

    await openContacts(alice);
    await alice.shot('contacts-empty');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await add(alice, 'bob', 'It is Alice, from the survey');
    await alice.page.getByText('Your request was sent.').waitFor();
    await alice.page.getByText('Waiting for an answer').waitFor();

    await bob.page.getByRole('button', { name: 'Contacts, 1 new request' }).waitFor();
    await bob.shot('contacts-badge');
    await openContacts(bob);
    await bob.page.getByText('“It is Alice, from the survey”').waitFor();
    await bob.shot('contacts-request');
    expect(await accessibilityFaults(bob.page)).toEqual([]);
    await press(bob.page.locator('main'), 'Accept');
    await contact(bob, 'Alice').waitFor();
    await contact(alice, 'Bob').getByText('At the lighthouse').waitFor();
    await bob.page.getByRole('button', { name: 'Back' }).click();
    await bob.page.getByRole('button', { name: 'Contacts', exact: true }).waitFor();
    expect([...alice.errors, ...bob.errors]).toEqual([]);
  });

  test('a name of my own, groups, and who is online; then removed again', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await openContacts(alice);
    await add(alice, 'bob');
    await add(alice, 'carol');
    await contact(alice, 'Bob').getByText('Online').first().waitFor();
    await contact(alice, 'Carol').getByText('Offline').waitFor();

    await contact(alice, 'Bob').getByRole('button', { name: 'Options for Bob' }).click();
    await alice.page.getByRole('menuitem', { name: 'Edit contact' }).click();
    const edit = alice.page.getByRole('dialog', { name: 'Edit contact' });
    await edit.getByLabel('Name for you').fill('Bobby Birdwatcher');
    // A character of another script has three bytes: what the server would refuse is said here.
    await edit.getByLabel('New group').fill('海'.repeat(11));
    await edit.getByText('At most 30 bytes').waitFor();
    await edit.getByLabel('Name for you').fill('海'.repeat(33));
    await edit.getByText('At most 96 bytes').waitFor();
    expect(await edit.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await alice.shot('contacts-edit-too-long');
    await edit.getByLabel('Name for you').fill('Bobby Birdwatcher');
    await edit.getByLabel('New group').fill('Field work');
    await alice.shot('contacts-edit');
    await press(edit, 'Save');
    await contact(alice, 'Bobby Birdwatcher').waitFor();
    await press(alice.page.locator('main'), 'Field work');
    await contact(alice, 'Carol').waitFor({ state: 'detached' });
    await alice.shot('contacts-group');
    expect(await accessibilityFaults(alice.page)).toEqual([]);

    await alice.page.getByRole('button', { name: 'Options for Field work' }).click();
    await alice.page.getByRole('menuitem', { name: 'Rename group' }).click();
    await alice.page.getByRole('dialog').getByLabel('Group name').fill('Cliffs');
    await press(alice.page.getByRole('dialog'), 'Save');
    await alice.page.getByRole('button', { name: 'Cliffs', exact: true, pressed: true }).waitFor();

    // The arrow keys walk, Enter opens; the name is mine everywhere.
    await alice.page.getByLabel('Search contacts').press('ArrowDown');
    await alice.page.keyboard.press('Enter');
    await alice.page.getByRole('heading', { name: /Bobby Birdwatcher/ }).waitFor();
    await alice.page.getByRole('heading', { name: /Online/ }).waitFor();
    await alice.send('Seen anything?');
    await alice.message('Seen anything?').waitFor();
    await alice.shot('contacts-chat');
    await alice.row('Bobby Birdwatcher').getByText('Online').waitFor();
    await alice.page.getByRole('button', { name: 'Details' }).click();
    const panel = alice.page.getByRole('region', { name: 'Profile' });
    await panel.getByText('Cliffs').waitFor();
    await alice.shot('contacts-person');
    expect(await accessibilityFaults(alice.page)).toEqual([]);

    await press(panel, 'Remove contact');
    await press(alice.page.getByRole('dialog'), 'Remove');
    await panel.getByRole('button', { name: 'Add contact' }).waitFor();
    expect([...alice.errors, ...bob.errors]).toEqual([]);
  });

  test('one follows another from the profile, and sees who follows whom as it changes', async () => {
    await using alice = await takeSeat(house.browser, house.server, { user: 'alice', hash: '#/C2Cbob' });
    await using bob = await takeSeat(house.browser, house.server, { user: 'bob', hash: '#/C2Calice' });
    const panels = [];
    for (const { page } of [alice, bob]) {
      await page.getByRole('button', { name: 'Details' }).click();
      panels.push(page.getByRole('region', { name: 'Profile' }));
    }
    const [ofBob, ofAlice] = panels as [Locator, Locator];
    const placeOf = async (name: string) =>
      (await ofBob.getByRole('button', { name, exact: true }).boundingBox())?.y;
    const place = await placeOf('Follow');
    expect(place).toBeGreaterThan(0);
    await press(ofBob, 'Follow');
    await ofBob.getByRole('button', { name: 'Unfollow' }).waitFor();
    await ofAlice.getByText('Follows you').waitFor();
    await press(ofAlice, 'Follow');
    for (const panel of panels) await panel.getByText('You follow each other').waitFor();
    // Nothing moves from under the pointer.
    expect(await placeOf('Unfollow')).toBe(place);
    await alice.shot('person-followed');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await press(ofBob, 'Unfollow');
    await ofBob.getByText('Follows you').waitFor();
    await ofAlice.getByText('You follow each other').waitFor({ state: 'detached' });
    expect([...alice.errors, ...bob.errors]).toEqual([]);
  });

  test('who is blocked cannot write, and is let in again', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await openContacts(alice);
    await add(alice, 'bob');
    await contact(alice, 'Bob').getByRole('button', { name: 'Options for Bob' }).click();
    await alice.page.getByRole('menuitem', { name: 'Block' }).click();
    await alice.shot('contacts-block');
    await press(alice.page.getByRole('dialog'), 'Block');
    await alice.page.getByText('No contacts yet').waitFor();

    await bob.page.getByRole('button', { name: /Alice/ }).click();
    await bob.send('Are you there?');
    await bob.message('Are you there?').getByText('Not sent').first().waitFor();
    await bob.message('Are you there?').getByText('you are on this person’s blocklist').waitFor();
    await bob.shot('contacts-refused');
    await openContacts(bob);
    await bob.page.getByText('No contacts yet').waitFor();

    await press(alice.page.locator('main'), 'Blocked people');
    const dialog = alice.page.getByRole('dialog', { name: 'Blocked people' });
    await dialog.getByText('Bob').waitFor();
    await alice.shot('contacts-blocked');
    await press(dialog, 'Close');
    await alice.page.getByRole('button', { name: 'Back' }).click();
    await alice.page.getByRole('button', { name: /Bob/ }).click();
    await alice.page.getByText('You have blocked Bob.').waitFor();
    expect(await alice.page.getByText('Online').count()).toBe(0);
    expect(await alice.page.getByText('Say hello to Bob.').count()).toBe(0);
    await alice.shot('contacts-blocked-chat');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await press(alice.page.locator('main'), 'Unblock');
    await alice.composer.waitFor();
    await alice.page.getByRole('heading', { name: /Online/ }).waitFor();
    await alice.send('Let us start again');
    await bob
      .row('Alice')
      .or(bob.page.getByRole('button', { name: 'Back' }))
      .first()
      .waitFor();
    await bob.page.getByRole('button', { name: 'Back' }).click();
    await bob.row('Alice').getByText('Let us start again').waitFor();
  });

  test('requests are removed and declined, a group is deleted, and a dot goes with who leaves', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await bob.page.getByRole('button', { name: 'Your account and settings' }).click();
    await bob.page.getByRole('menuitem', { name: 'Your profile' }).click();
    const profile = bob.page.getByRole('dialog', { name: 'Your profile' });
    await profile.getByText('After asking').click();
    await press(profile, 'Save');
    await profile.waitFor({ state: 'detached' });
    await openContacts(bob);
    await openContacts(alice);

    await add(alice, 'bob', 'a first time');
    await bob.page.getByText('“a first time”').waitFor();
    await press(bob.page.locator('main'), 'Decline');
    await alice.page.getByText('No contacts yet').waitFor();
    await bob.page.getByText('No contacts yet').waitFor();
    await add(alice, 'bob', 'a second time');
    await bob.page.getByText('“a second time”').waitFor();
    await press(alice.page.locator('main'), 'Remove');
    await alice.page.getByText('No contacts yet').waitFor();
    // It has reached him, and he may still say yes.
    await press(bob.page.locator('main'), 'Accept');
    await contact(alice, 'Bob').getByText('Online').first().waitFor();

    await contact(alice, 'Bob').getByRole('button', { name: 'Options for Bob' }).click();
    await alice.page.getByRole('menuitem', { name: 'Edit contact' }).click();
    const edit = alice.page.getByRole('dialog', { name: 'Edit contact' });
    await edit.getByLabel('New group').fill('Cliffs');
    await press(edit, 'Save');
    await press(alice.page.locator('main'), 'Cliffs');
    await alice.page.getByRole('button', { name: 'Options for Cliffs' }).click();
    await alice.page.getByRole('menuitem', { name: 'Delete group' }).click();
    await press(alice.page.getByRole('dialog'), 'Delete');
    await alice.page.getByRole('button', { name: 'Cliffs', exact: true }).waitFor({ state: 'detached' });

    await bob.page.getByRole('button', { name: 'Back' }).click();
    await bob.page.getByRole('button', { name: 'Your account and settings' }).click();
    await bob.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await contact(alice, 'Bob').getByText('Offline').waitFor();
    expect(alice.errors).toEqual([]);
  });

  test('who is blocked is let in again from the list, or from their profile', async () => {
    await using alice = await takeSeat(house.browser, house.server, { user: 'alice', hash: '#/C2Cbob' });
    await alice.page.getByRole('button', { name: 'Details' }).click();
    const panel = alice.page.getByRole('region', { name: 'Profile' });
    const block = async (): Promise<void> => {
      await press(panel, 'Block');
      await press(alice.page.getByRole('dialog'), 'Block');
      await panel.getByRole('button', { name: 'Unblock' }).waitFor();
    };
    await block();
    await press(panel, 'Unblock');
    await block();
    await openContacts(alice);
    await alice.page.getByRole('button', { name: 'Blocked people' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'Blocked people' });
    await press(dialog, 'Unblock');
    await dialog.getByText('You have blocked nobody.').waitFor();
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    expect(alice.errors).toEqual([]);
  });

  test('on a phone, in the dark, in Chinese', async () => {
    const device = { ...PHONE, locale: 'zh-CN', colorScheme: 'dark' as const };
    await using alice = await sit('alice', device);
    await using bob = await sit('bob');
    await alice.page.getByRole('button', { name: '通讯录' }).click();
    await alice.page.getByRole('button', { name: '添加联系人' }).first().click();
    await alice.page.getByLabel('用户 ID').fill('bob');
    await alice.page.getByRole('dialog').getByRole('button', { name: '添加', exact: true }).click();
    await alice.page.getByRole('listitem').filter({ hasText: 'Bob' }).getByText('在线').first().waitFor();
    await alice.shot('contacts-phone-dark-chinese');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.goBack();
    await alice.page
      .getByRole('heading', { name: '消息' })
      .or(alice.page.getByRole('button', { name: '通讯录' }))
      .first()
      .waitFor();
    expect([...alice.errors, ...bob.errors]).toEqual([]);
  });
});
