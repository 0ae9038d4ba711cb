import { describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { accessibilityFaults, type Seat, takeSeat } from './stage.ts';

const house = openHouse();

const sit = (user: string): Promise<Seat> => takeSeat(house.browser, house.server, { user });
const panelOf = ({ page }: Seat) => page.getByRole('region', { name: 'Group details' });

/** Alice's group, open before her; it answers its ID. */
async function found(
  alice: Seat,
  { kind, members = [] }: { kind: string; members?: readonly string[] },
): Promise<string> {
  await alice.page.getByRole('button', { name: 'New conversation' }).click();
  await alice.page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'New group' });
  await dialog.getByLabel('Group name').fill('Terns');
  await dialog.getByText(kind, { exact: true }).click();
  for (const name of members) await dialog.getByRole('checkbox', { name }).click();
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await alice.composer.waitFor();
  await alice.page.getByRole('button', { name: 'Details' }).click();
  await panelOf(alice).getByText('Group ID').waitFor();
  await alice.page.getByRole('button', { name: 'Copy: Group ID' }).click();
  return await alice.page.evaluate(() => navigator.clipboard.readText());
}

async function ask(seat: Seat, groupID: string, note = ''): Promise<void> {
  await seat.page.getByRole('button', { name: 'New conversation' }).click();
  await seat.page.getByRole('menuitem', { name: 'Join a group' }).click();
  const dialog = seat.page.getByRole('dialog', { name: 'Join a group' });
  await dialog.getByLabel('Group ID').fill(groupID);
  await dialog.getByLabel('A word to the admins').fill(note);
  await dialog.getByRole('button', { name: 'Join' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function setJoining(alice: Seat, option: string): Promise<void> {
  await panelOf(alice).getByRole('button', { name: 'Edit group' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'Edit group' });
  await dialog.getByText(option, { exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function takeCare(seat: Seat, member: string, action: string): Promise<void> {
  await panelOf(seat)
    .getByRole('button', { name: `Options for ${member}` })
    .click();
  await seat.page.getByRole('menuitem', { name: action }).click();
}

describe('a group', () => {
  test('shows who has read what is said in it', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await using carol = await sit('carol');
    await found(alice, { kind: 'Public group', members: ['Bob', 'Carol'] });
    await alice.send('Boots on');
    const sent = alice.message('Boots on');
    await sent.getByRole('button', { name: 'Read by 0. Show who' }).waitFor();
    await bob.open('Terns');
    await bob.message('Boots on').waitFor();
    await sent.getByRole('button', { name: 'Read by 1. Show who' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'Read by' });
    await dialog.getByRole('region', { name: 'Read (1)', exact: true }).getByText('Bob').waitFor();
    await dialog.getByRole('region', { name: 'Not yet read (1)' }).getByText('Carol').waitFor();
    await alice.shot('readers');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.page.keyboard.press('Escape');
    await carol.open('Terns');
    await sent.getByRole('button', { name: 'Read by everyone. Show who' }).waitFor();
    await alice.page.reload();
    await sent.getByRole('button', { name: 'Read by everyone. Show who' }).waitFor();
    for (const { errors } of [alice, bob, carol]) expect(errors).toEqual([]);
  });

  test('has members who name each other, and are told in their list', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await using carol = await sit('carol');
    await found(alice, { kind: 'Public group', members: ['Bob', 'Carol'] });
    await alice.composer.pressSequentially('Who comes? @b');
    await alice.page.getByRole('option', { name: 'Bob' }).waitFor();
    await alice.shot('mention-list');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await alice.composer.press('Enter');
    expect(await alice.composer.inputValue()).toBe('Who comes? @Bob ');
    await alice.composer.press('Enter');
    await bob.row('Terns').getByText('[Mentioned you]').waitFor();
    await carol.row('Terns').getByText('Who comes?').waitFor();
    expect(await carol.row('Terns').getByText('[Mentioned').count()).toBe(0);
    await bob.shot('mentioned');
    await alice.composer.pressSequentially('Boots on, @every');
    await alice.composer.press('Tab');
    await alice.composer.press('Enter');
    await carol.row('Terns').getByText('[Mentioned everyone]').waitFor();
    await bob.open('Terns');
    await bob.message('Who comes?').getByText('@Bob').waitFor();
    await bob.shot('mention');
    await bob.row('Terns').getByText('[Mentioned').waitFor({ state: 'detached' });
    for (const { errors } of [alice, bob, carol]) expect(errors).toEqual([]);
  });

  test('is cared for: profile, name card, admins, mutes, and a new owner', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await found(alice, { kind: 'Public group', members: ['Bob'] });
    await bob.open('Terns');
    const panel = panelOf(alice);
    await panel.getByRole('button', { name: 'Edit group' }).click();
    const dialog = alice.page.getByRole('dialog', { name: 'Edit group' });
    await dialog.getByLabel('Group name').fill('Arctic terns');
    await dialog.getByLabel('About').fill('Counting since 1998');
    await dialog.getByLabel('Notice').fill('Boots on');
    await alice.shot('edit-group');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await panel.getByText('Counting since 1998').waitFor();
    await bob.row('Arctic terns').waitFor();

    await bob.page.getByRole('button', { name: 'Details' }).click();
    await panelOf(bob).getByRole('button', { name: 'My name in this group' }).click();
    const card = bob.page.getByRole('dialog', { name: 'My name in this group' });
    await card.getByLabel('My name in this group').fill('Captain');
    await card.getByRole('button', { name: 'Save' }).click();
    await card.waitFor({ state: 'detached' });
    await bob.send('Aye');
    await alice.message('Aye').getByText('Captain').waitFor();

    await alice.page.reload();
    await panel.getByText('Captain').waitFor();
    await takeCare(alice, 'Captain', 'Mute…');
    await alice.page.getByRole('dialog', { name: 'Mute Captain' }).getByText('10 minutes').click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Mute' }).click();
    await alice.page.getByRole('dialog').waitFor({ state: 'detached' });
    await bob.message('Alice muted you').waitFor();
    await bob.send('Can you hear me?');
    await bob.message('Can you hear me?').getByText('Not sent').waitFor();
    await bob.choose('Can you hear me?', 'Message info');
    await bob.page.getByRole('dialog').getByText('You are muted here.').waitFor();
    await bob.page.keyboard.press('Escape');
    await alice.shot('group-care');
    await takeCare(alice, 'Captain', 'Unmute');
    await bob.message('Alice let you speak again').waitFor();
    await bob.message('Can you hear me?').getByText('Not sent').click();
    await alice.message('Can you hear me?').waitFor();

    await panel.getByRole('button', { name: 'Mute everyone' }).click();
    await bob.message('Alice muted everyone').waitFor();
    await panel.getByRole('button', { name: 'Let everyone speak' }).click();
    await takeCare(alice, 'Captain', 'Make admin');
    await panel.getByText('Admin', { exact: true }).waitFor();
    await panelOf(bob).getByRole('button', { name: 'Edit group' }).waitFor();
    await takeCare(alice, 'Captain', 'Make owner…');
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
    await alice.page.getByRole('dialog').waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Leave group' }).waitFor();
    await panelOf(bob).getByRole('button', { name: 'Disband group' }).waitFor();
    expect(alice.errors).toEqual([]);
  });

  test('lets in whom its owner approves, refuses others, and takes no requests at all', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await using carol = await sit('carol');
    const groupID = await found(alice, { kind: 'Public group' });
    await setJoining(alice, 'With approval');
    await ask(bob, groupID, 'I count birds too');
    await bob.page.getByText('Your request was sent.').waitFor();
    await alice.row('Notifications').click();
    const request = alice.message('Bob asks to join Terns');
    await request.getByText('I count birds too').waitFor();
    await alice.shot('application');
    expect(await accessibilityFaults(alice.page)).toEqual([]);
    await request.getByRole('button', { name: 'Approve' }).click();
    await request.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    await bob.row('Terns').waitFor();
    await ask(bob, groupID);
    await bob.page.getByText('You are in this group already.').waitFor();

    await ask(carol, groupID);
    await alice.message('Carol asks to join Terns').getByRole('button', { name: 'Refuse' }).click();
    await carol.row('Notifications').click();
    await carol.message('Your request to join Terns was rejected').waitFor();

    await alice.open('Terns');
    await alice.page.getByRole('button', { name: 'Details' }).click();
    await setJoining(alice, 'Nobody');
    await carol.page.getByRole('button', { name: 'New conversation' }).click();
    await carol.page.getByRole('menuitem', { name: 'Join a group' }).click();
    await carol.page.getByRole('dialog').getByLabel('Group ID').fill(groupID);
    await carol.page.getByRole('dialog').getByRole('button', { name: 'Join' }).click();
    await carol.page.getByRole('dialog').getByRole('alert').getByText('not allowed').waitFor();
    for (const { errors } of [alice, bob]) expect(errors).toEqual([]);
  });

  test('pins messages above the others, for everyone', async () => {
    await using alice = await sit('alice');
    await using bob = await sit('bob');
    await found(alice, { kind: 'Public group', members: ['Bob'] });
    await bob.open('Terns');
    await alice.send('The harbour, 07:30');
    await bob.message('The harbour, 07:30').waitFor();
    await alice.choose('The harbour, 07:30', 'Pin');
    const bar = (seat: Seat) => seat.page.getByRole('region', { name: 'Pinned message' });
    await bar(bob).getByText('The harbour, 07:30').waitFor();
    await bar(bob).getByRole('button', { name: 'The harbour' }).click();
    await bob.page.locator('[class*=_lit_]').getByText('The harbour, 07:30').waitFor();
    await alice.shot('pinned');
    await alice.page.reload();
    await bar(alice).waitFor();
    // Whoever is a member may take it down.
    await bar(bob).getByRole('button', { name: 'Unpin' }).click();
    for (const seat of [alice, bob]) await bar(seat).waitFor({ state: 'detached' });
    for (const { errors } of [alice, bob]) expect(errors).toEqual([]);
  });
});
