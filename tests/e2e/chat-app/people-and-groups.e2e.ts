import { describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { DESKTOP, type Seat, startChat, takeSeat } from './stage.ts';

const house = openHouse();

const sit = (user: string, hash = ''): Promise<Seat> => takeSeat(house.browser, house.server, { user, hash });

async function newGroup(
  seat: Seat,
  name: string,
  members: readonly string[],
  kind = 'Private group',
): Promise<void> {
  await seat.page.getByRole('button', { name: 'New conversation' }).click();
  await seat.page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = seat.page.getByRole('dialog', { name: 'New group' });
  await dialog.getByLabel('Group name').fill(name);
  await dialog.getByText(kind, { exact: true }).click();
  for (const member of members) await dialog.getByRole('checkbox', { name: member }).click();
  await seat.shot('new-group');
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await seat.page.getByRole('region', { name }).or(seat.page.getByText('No messages yet')).first().waitFor();
}

describe('groups', () => {
  test('whoever does not exist is named before the group is made; its name begins where all names do', async () => {
    await using alice = await sit('alice');
    await alice.page.getByRole('button', { name: 'New conversation' }).click();
    await alice.page.getByRole('menuitem', { name: 'New group' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'New group' });
    await dialog.getByLabel('Group name').fill('סקר סתיו');
    await dialog.getByLabel('Invite people').fill('bob, nobody_x');
    await dialog.getByRole('button', { name: 'Create group' }).click();
    await dialog.getByText('Could not be added: nobody_x').waitFor();
    await dialog.getByLabel('Invite people').fill('bob');
    await dialog.getByRole('button', { name: 'Create group' }).click();
    await alice.composer.waitFor();
    await alice.shot('group-right-to-left');
    const title = alice.row('סקר סתיו').getByText('סקר סתיו', { exact: true });
    expect(await title.evaluate((element) => getComputedStyle(element).textAlign)).toBe('left');
  });

  test('one is made, people are invited, talk, and are removed', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await using carol = await sit('carol');
    await newGroup(alice, 'Autumn survey', ['Bob']);
    await alice.composer.waitFor();
    await alice.send('Welcome, everyone');
    await bob.row('Autumn survey').waitFor();
    await bob.open('Autumn survey');
    await bob.message('Welcome, everyone').waitFor();
    await bob.send('Hello from Bob');
    await alice.message('Hello from Bob').getByText('Bob', { exact: true }).waitFor();

    await alice.page.getByRole('button', { name: 'Details' }).click();
    const panel = alice.page.getByRole('region', { name: 'Group details' });
    await panel.getByText('Private group · 2 members').waitFor();
    await panel.getByRole('button', { name: 'Add members' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'Add members' });
    await dialog.getByRole('checkbox', { name: 'Carol' }).click();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await panel.getByText('Private group · 3 members').waitFor();
    await alice.shot('group-details');
    await carol.row('Autumn survey').waitFor();
    await carol.open('Autumn survey');
    await carol.send('Thanks for having me');
    await alice.message('Thanks for having me').waitFor();
    await alice.shot('group');

    await panel.getByRole('button', { name: 'Options for Carol' }).click();
    await alice.page.getByRole('menuitem', { name: 'Remove from group' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await panel.getByText('Private group · 2 members').waitFor();
    await carol.page.getByText('You are no longer in this group.').waitFor();
    await carol.shot('group-left');

    await bob.page.getByRole('button', { name: 'Details' }).click();
    await bob.page.getByRole('button', { name: 'Leave group' }).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await bob.page.getByRole('dialog').waitFor({ state: 'detached' });
    await alice.message('Bob left the group').waitFor();
    await panel.getByText('Private group · 1 member').waitFor();

    await carol.row('Notifications').click();
    await carol.message('You were removed from Autumn survey').waitFor();
    await carol.shot('notifications');
    for (const { errors } of [alice, bob, carol]) expect(errors).toEqual([]);
  });

  test.each(['Meeting', 'Community'])(
    'a %s is made, joined by its ID, and joined only once',
    async (kind) => {
      await using alice = await sit('alice');
      await newGroup(alice, 'Harbour talks', ['Bob'], kind);
      await alice.composer.waitFor();
      const groupID = decodeURIComponent(new URL(alice.page.url()).hash).slice('#/GROUP'.length);
      await alice.page.getByRole('button', { name: 'Details' }).click();
      await alice.page.getByText(`${kind} · 2 members`).waitFor();

      await using carol = await sit('carol');
      const join = async (): Promise<void> => {
        await carol.page.getByRole('button', { name: 'New conversation' }).click();
        await carol.page.getByRole('menuitem', { name: 'Join a group' }).click();
        const dialog = carol.page.getByRole('dialog', { name: 'Join a group' });
        await dialog.getByLabel('Group ID').fill(groupID);
        await dialog.getByRole('button', { name: 'Join' }).click();
        await dialog.waitFor({ state: 'detached' });
      };
      await join();
      await carol.page.getByText('3 members').waitFor();
      await carol.send('Glad to be here');
      await alice.message('Glad to be here').waitFor();
      await join();
      await carol.page.getByText('You are in this group already.').waitFor();
      for (const { errors } of [alice, carol]) expect(errors).toEqual([]);
    },
  );

  test('a public one is joined by its ID, and ends for everyone', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await newGroup(alice, 'Open house', [], 'Public group');
    await alice.page.getByRole('button', { name: 'Details' }).click();
    await alice.page.getByRole('button', { name: 'Copy: Group ID' }).click();
    await alice.page.getByText('Copied').waitFor();
    const groupID = await alice.page.evaluate(() => navigator.clipboard.readText());

    await bob.page.getByRole('button', { name: 'New conversation' }).click();
    await bob.page.getByRole('menuitem', { name: 'Join a group' }).click();
    const dialog = bob.page.getByRole('dialog', { name: 'Join a group' });
    await dialog.getByLabel('Group ID').fill('no-such-group');
    await dialog.getByRole('button', { name: 'Join' }).click();
    await dialog.getByRole('alert').getByText('There is no such group.').waitFor();
    await bob.shot('join-refused');
    await dialog.getByLabel('Group ID').fill(groupID);
    await dialog.getByRole('button', { name: 'Join' }).click();
    await dialog.waitFor({ state: 'detached' });
    await bob.composer.waitFor();
    await bob.send('Found you');
    await alice.message('Found you').waitFor();

    await alice.page.getByRole('button', { name: 'Disband group' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Disband' }).click();
    await bob.page.getByText('You are no longer in this group.').waitFor();
  });
});

describe('people', () => {
  test('change their own profile, and others see it', async () => {
    await using alice = await sit('alice');
    await alice.page.getByRole('button', { name: 'Your account and settings' }).click();
    await alice.page.getByRole('menuitem', { name: 'Your profile' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'Your profile' });
    await dialog.getByLabel('Name', { exact: true }).fill('Alice Lindqvist');
    await dialog.getByLabel('Status', { exact: true }).fill('燕'.repeat(167));
    await dialog.getByText('At most 500 bytes').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Status', { exact: true }).fill('Counting terns');
    await alice.shot('profile');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    await using bob = await sit('bob', '#/C2Calice/details');
    const panel = bob.page.getByRole('region', { name: 'Profile' });
    await panel.getByText('Counting terns').waitFor();
    await panel.getByText('Alice Lindqvist').waitFor();
    await bob.shot('person-details');
  });

  test('are found by their ID, or said not to be there', async () => {
    await using alice = await sit('alice');
    await alice.page.getByRole('button', { name: 'New conversation' }).click();
    await alice.page.getByRole('menuitem', { name: 'New chat' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'New chat' });
    await dialog.getByLabel('User ID').fill('nobody-at-all');
    await dialog.getByRole('button', { name: 'Start chat' }).click();
    await dialog.getByText('There is no user “nobody-at-all”.').waitFor();
    await alice.shot('new-chat');
    await dialog.getByLabel('User ID').fill('dave');
    await dialog.getByRole('button', { name: 'Start chat' }).click();
    await alice.page.getByText('Say hello to Dave.').waitFor();
  });
});

describe('the session', () => {
  test('ends here when the account is used elsewhere, says why, and can be taken back', async () => {
    await using first = await sit('alice', '#/C2Cbob');
    await first.composer.waitFor();
    await first.composer.fill('half a thought');
    await using second = await sit('alice');
    await first.page.getByRole('alertdialog', { name: 'You have been signed out' }).waitFor();
    await first.page.getByText('on another page or in another browser').waitFor();
    await first.shot('kicked');
    await first.page.getByRole('button', { name: 'Use Sterna here' }).click();
    await first.composer.waitFor();
    expect(await first.composer.inputValue()).toBe('half a thought');
    await second.page.getByRole('alertdialog').waitFor();
    await second.page.getByRole('button', { name: 'Sign in as someone else' }).click();
    await second.page.getByText('Who would you like to be?').waitFor();
  });

  test('ends by signing out, and a reload does not bring it back', async () => {
    await using alice = await sit('alice');
    await alice.page.getByText('No conversations yet').waitFor();
    await alice.page.getByRole('button', { name: 'Bob' }).click();
    await alice.composer.waitFor();
    await alice.page.getByRole('button', { name: 'Your account and settings' }).click();
    await alice.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await alice.page.getByText('Who would you like to be?').waitFor();
    await alice.page.reload();
    await alice.page.getByRole('button', { name: 'Carol' }).click();
    await alice.page.getByText('Welcome to Sterna').waitFor();
  });

  test('in production begins with a signature, and a wrong one is refused in words', async () => {
    await using production = await startChat({ development: false });
    await using alice = await takeSeat(house.browser, production, { device: DESKTOP });
    await alice.page.getByLabel('SDKAppID').fill(String(production.SDKAppID));
    await alice.page.getByLabel('User ID').fill('alice');
    await alice.page.getByLabel('UserSig').fill(production.userSig('bob'));
    await alice.page.getByRole('button', { name: 'Sign in' }).click();
    await alice.page.getByText('The UserSig is not right for this user and SDKAppID.').waitFor();
    await alice.shot('sign-in-refused');
    expect(await alice.page.getByLabel('User ID').inputValue()).toBe('alice');
    await alice.page.getByLabel('UserSig').fill(production.userSig('alice'));
    await alice.page.getByRole('button', { name: 'Sign in' }).click();
    await alice.page.getByText('No conversations yet').waitFor();
    await alice.page.reload();
    await alice.page.getByText('No conversations yet').waitFor();
  });
});
