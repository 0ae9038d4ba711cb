import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { accessibilityFaults, PHONE, type Seat, takeSeat } from './stage.ts';

const house = openHouse();

const press = (within: Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).click();

async function openProfile({ page }: Seat): Promise<Locator> {
  await page.getByRole('button', { name: 'Your account and settings' }).click();
  await page.getByRole('menuitem', { name: 'Your profile' }).click();
  return page.getByRole('dialog', { name: 'Your profile' });
}

async function add({ page }: Seat, userID: string, wording: string): Promise<void> {
  await page.getByRole('button', { name: 'Add contact' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add contact' });
  await dialog.getByLabel('User ID').fill(userID);
  await dialog.getByLabel('A word to them').fill(wording);
  await press(dialog, 'Add');
  await dialog.waitFor({ state: 'detached' });
}

const openContacts = ({ page }: Seat): Promise<void> =>
  page.getByRole('button', { name: /^Contacts/ }).click();

test.each(['light', 'dark'] as const)(
  'every page of people fits a phone, %s',
  async (colorScheme) => {
    await using alice = await takeSeat(house.browser, house.server, {
      user: 'alice',
      device: { ...PHONE, colorScheme },
    });
    await using bob = await takeSeat(house.browser, house.server, { user: 'bob' });
    await using carol = await takeSeat(house.browser, house.server, { user: 'carol' });
    const { page } = alice;
    /** A picture, and what is wrong with it: nothing stands out to the side, and everybody can use it. */
    const look = async (name: string): Promise<void> => {
      await alice.shot(`phone-${colorScheme}-${name}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBe(0);
      expect(await accessibilityFaults(page), name).toEqual([]);
    };
    const options = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: 'Options for Bob' }).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    };

    const profile = await openProfile(alice);
    await profile.getByText('After asking').click();
    await profile.getByLabel('Status').fill('Counting terns on the northern cliffs until the ferry comes');
    await look('profile');
    await press(profile, 'Save');
    await profile.waitFor({ state: 'detached' });

    await openContacts(carol);
    await add(carol, 'alice', 'We met at the harbour office, on the day when the boat was late');
    await page.getByRole('button', { name: 'Contacts, 1 new request' }).waitFor();
    await openContacts(alice);
    await page.getByText('We met at the harbour').waitFor();
    await add(alice, 'bob', '');
    await page.getByRole('listitem').filter({ hasText: 'Bob' }).getByText('Online').first().waitFor();
    await look('contacts');
    await page.getByRole('button', { name: 'Options for Bob' }).click();
    await look('contact-menu');
    await page.keyboard.press('Escape');

    await options('Edit contact');
    const edit = page.getByRole('dialog', { name: 'Edit contact' });
    await edit.getByLabel('New group').fill('Field work');
    await look('contact-edit');
    await press(edit, 'Save');
    await page.getByRole('button', { name: 'Field work', exact: true }).click();
    await page.getByRole('button', { name: 'Options for Field work' }).waitFor();
    await look('contact-group');

    await page.getByRole('region', { name: 'Your contacts' }).getByText('Bob').first().click();
    await page.getByRole('heading', { name: /Bob/ }).waitFor();
    await look('contact-chat');
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('region', { name: 'Profile' }).getByText('Field work').waitFor();
    await look('contact-person');
    await press(page.getByRole('region', { name: 'Profile' }), 'Block');
    await look('contact-block');
    await press(page.getByRole('dialog', { name: /Block/ }), 'Block');
    await page.getByRole('region', { name: 'Profile' }).getByRole('button', { name: 'Unblock' }).waitFor();
    await look('contact-blocked-person');
    await page.goBack();
    await page.getByText('You have blocked Bob.').waitFor();
    await look('contact-blocked');
    expect([...alice.errors, ...bob.errors, ...carol.errors]).toEqual([]);
  },
  240_000,
);

test('names of any length and script keep their place', async () => {
  await using alice = await takeSeat(house.browser, house.server, { user: 'alice', device: PHONE });
  const { page } = alice;
  const look = async (name: string): Promise<void> => {
    await alice.shot(`phone-names-${name}`);
    /** Words that go on beyond their place, unless they end in dots there. */
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll(':is(h1, h2, h3, p, dd):not(.visually-hidden)')]
        .filter((words) => words.scrollWidth > words.clientWidth)
        .filter((words) => getComputedStyle(words).textOverflow !== 'ellipsis')
        .map((words) => words.textContent),
    );
    expect(cut, name).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBe(0);
    expect(await accessibilityFaults(page), name).toEqual([]);
  };
  const rename = async (user: string, name: string, status: string): Promise<void> => {
    await using seat = await takeSeat(house.browser, house.server, { user });
    const profile = await openProfile(seat);
    await profile.getByLabel('Name', { exact: true }).fill(name);
    await profile.getByLabel('Status').fill(status);
    await press(profile, 'Save');
    await profile.waitFor({ state: 'detached' });
  };
  await rename('bob', 'W'.repeat(120), '👨‍👩‍👧‍👦'.repeat(10));
  await rename('carol', '\u202eeva kcatta', 'מחכה למעבורת, ועד אז סופר שחפיות על המצוק הצפוני');
  await openContacts(alice);
  for (const userID of ['bob', 'carol']) await add(alice, userID, '');
  const row = page.getByRole('listitem').filter({ hasText: 'WWW' });
  await row.waitFor();
  await look('contacts');
  await row.getByRole('button', { name: /^Options for/ }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  const panel = page.getByRole('region', { name: 'Profile' });
  await panel.getByRole('button', { name: 'Follow' }).waitFor();
  await look('person');
  await press(panel, 'Block');
  await look('block');
  await press(page.getByRole('dialog', { name: /Block/ }), 'Block');
  await panel.getByRole('button', { name: 'Unblock' }).waitFor();
  await look('blocked-person');
  await page.goBack();
  await page.getByRole('button', { name: 'Blocked people' }).click();
  const dialog = page.getByRole('dialog', { name: 'Blocked people' });
  await dialog.getByText('WWW').waitFor();
  await look('blocked-list');
  await press(dialog, 'Close');
  await page.evaluate(() => location.assign('#/C2Cbob'));
  await page.getByText(/^You have blocked/).waitFor();
  await look('blocked');
  expect(alice.errors).toEqual([]);
}, 120_000);
