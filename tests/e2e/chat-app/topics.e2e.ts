import { expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { accessibilityFaults, PHONE, type Seat, takeSeat } from './stage.ts';

const house = openHouse();

const sit = (user: string, hash = ''): Promise<Seat> => takeSeat(house.browser, house.server, { user, hash });

const topics = ({ page }: Seat) =>
  page.getByRole('navigation').getByRole('list', { name: 'Topics of Terns' });
const topicRow = ({ page }: Seat, name: string) =>
  page.getByRole('main').locator('section').getByRole('link').filter({ hasText: name });

/** Makes a community that talks in topics, with Bob in it, and its first topic, in which one then is. */
async function found({ page, composer, shot }: Seat): Promise<void> {
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('menuitem', { name: 'New group' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Group name').fill('Terns');
  await dialog.getByText('Community', { exact: true }).click();
  await dialog.getByText('In topics').click();
  await dialog.getByRole('checkbox', { name: 'Bob' }).click();
  await shot('new-community');
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await page.getByText('No topics yet').waitFor();
  await shot('community-without-topics');
  await makeTopic(page, 'Nests');
  await composer.waitFor();
}

async function makeTopic(page: Seat['page'], name: string): Promise<void> {
  await page.getByRole('button', { name: 'New topic' }).click();
  await page.getByLabel('Topic name').fill(name);
  await page.getByRole('button', { name: 'Create topic' }).click();
}

test('a community has topics that are made, talked in, counted, renamed and taken away', async () => {
  await using alice = await sit('alice');
  await using bob = await sit('bob');
  await found(alice);
  await alice.send('Three eggs on the ridge');

  // Who was added finds the community with what is unread in it, and its topics in the place of messages.
  await bob.row('Terns').getByText('1 unread').waitFor();
  await bob.row('Terns').click();
  await topicRow(bob, 'Nests').getByText('Three eggs on the ridge').waitFor();
  expect(await bob.page.getByRole('button', { name: 'New topic' }).count()).toBe(0);
  await bob.shot('topics-of-a-community');
  expect(await accessibilityFaults(bob.page)).toEqual([]);
  await topicRow(bob, 'Nests').click();
  await bob.message('Three eggs on the ridge').waitFor();
  await topics(bob).getByText('1 unread').waitFor({ state: 'detached' });
  await bob.send('Four by now');
  await alice.message('Four by now').waitFor();

  // Unread is of each topic by itself.
  await alice.page.getByRole('button', { name: 'Nests Terns' }).click();
  await alice.page.getByRole('button', { name: 'Topics of Terns' }).click();
  await makeTopic(alice.page, 'Flights');
  await alice.send('South at dawn');
  await topics(bob).getByRole('link', { name: 'Flights 1 unread' }).waitFor();
  expect(await topics(bob).getByRole('link').allInnerTexts()).toEqual([
    expect.stringMatching(/^Flights/u),
    'Nests',
  ]);
  await bob.shot('topic');

  // The other topic under another name, and with a word of what it is about.
  await topics(alice).getByRole('link', { name: 'Nests' }).click();
  await alice.page.getByRole('button', { name: 'Nests Terns' }).click();
  await alice.page.getByRole('button', { name: 'Edit topic' }).click();
  await alice.page.getByLabel('Topic name').fill('Nests and eggs');
  await alice.page.getByLabel('About').fill('Counted every evening');
  await alice.page.getByRole('button', { name: 'Save' }).click();
  await bob.page.getByRole('heading', { name: 'Nests and eggs' }).waitFor();
  await bob.page.getByRole('button', { name: 'Nests and eggs Terns' }).click();
  await bob.page.getByText('Counted every evening').waitFor();
  expect(await bob.page.getByRole('button', { name: 'Edit topic' }).count()).toBe(0);
  await alice.shot('topic-details');

  // Nobody speaks in a topic that is silenced, and none is left in one that is taken away.
  await alice.page.getByRole('button', { name: 'Mute everyone' }).click();
  await bob.send('Hello?');
  await bob.page.getByText(/muted/iu).first().waitFor();
  await alice.page.getByRole('button', { name: 'Delete topic' }).click();
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await bob.page.getByText('This topic is not there any more.').waitFor();
  await topics(bob).getByText('Nests and eggs').waitFor({ state: 'detached' });
  await topics(bob).getByRole('link', { name: 'Flights' }).click();
  await bob.message('South at dawn').waitFor();

  // A reload finds everything again, and who leaves has neither the community nor its topics.
  await bob.page.reload();
  await bob.message('South at dawn').waitFor();
  await topics(bob).getByRole('link', { name: 'Flights' }).waitFor();
  await bob.row('Terns').click();
  await bob.page.getByRole('button', { name: 'Details' }).click();
  await bob.page.getByRole('button', { name: 'Leave group' }).click();
  await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await bob.row('Terns').waitFor({ state: 'detached' });
  for (const { errors } of [alice, bob]) expect(errors).toEqual([]);
});

test('the keyboard goes from the search to a community, to its topics, and back', async () => {
  await using alice = await sit('alice');
  await found(alice);
  const { page } = alice;
  await page.keyboard.press('Escape');
  await page.getByText('1 topic').waitFor();
  await page.getByLabel('Search conversations and messages').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Nests');
  await page.keyboard.press('Enter');
  await alice.composer.waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('1 topic').waitFor();
  expect(alice.errors).toEqual([]);
});

test('fits a phone, in the dark, in Chinese', async () => {
  await using alice = await sit('alice');
  await found(alice);
  await alice.send('Three eggs on the ridge');
  await using bob = await takeSeat(house.browser, house.server, {
    user: 'bob',
    device: { ...PHONE, locale: 'zh-CN', colorScheme: 'dark', reducedMotion: 'reduce' },
  });
  const { page } = bob;
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await bob.row('Terns').tap();
  await page.getByText('1 个话题').waitFor();
  await bob.shot('phone-topics-dark-chinese');
  await fits();
  expect(await accessibilityFaults(page)).toEqual([]);
  await topicRow(bob, 'Nests').tap();
  await bob.message('Three eggs on the ridge').waitFor();
  await bob.shot('phone-topic-dark-chinese');
  await fits();
  expect(await accessibilityFaults(page)).toEqual([]);
  // From a topic one comes back to its community, and from there to the list.
  await page.getByRole('button', { name: '返回' }).tap();
  await page.getByText('1 个话题').waitFor();
  await page.getByRole('button', { name: '返回' }).tap();
  await bob.row('Terns').waitFor();
  expect(bob.errors).toEqual([]);
});
