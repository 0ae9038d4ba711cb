import { expect, test } from 'vitest';
import { openHouse } from './house.ts';
import { PHONE, startChat, takeSeat } from './stage.ts';

const house = openHouse();
const NARROW = { ...PHONE, viewport: { width: 360, height: 740 } };

test('an ID that is none is said at its field, which keeps it, and the server is not asked', async () => {
  await using seat = await takeSeat(house.browser, house.server);
  const field = seat.page.getByRole('textbox', { name: 'Someone else' });
  await field.fill('用户');
  await seat.page.getByRole('button', { name: 'Sign in' }).click();
  await seat.page.getByText('A user ID has letters from a to z, digits and signs, 32 at most.').waitFor();
  expect(await field.inputValue()).toBe('用户');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await seat.shot('sign-in-no-user-id');
  await seat.page.getByRole('button', { name: '简体中文' }).click();
  await seat.page.getByText('用户 ID 只能包含英文字母、数字和符号，最多 32 个。').waitFor();
  await seat.page.getByRole('textbox', { name: '其他用户' }).fill('zoe & co');
  await seat.page.keyboard.press('Enter');
  await seat.composer.or(seat.page.getByText('欢迎使用 Sterna')).waitFor();
  expect(seat.errors).toEqual([]);
});

test('a page in production asks for nothing that is not there', async () => {
  await using production = await startChat({ development: false });
  await using seat = await takeSeat(house.browser, production);
  await seat.page.getByLabel('SDKAppID').waitFor();
  await seat.page.waitForLoadState('networkidle');
  expect(seat.errors).toEqual([]);
});

test('an address that names no conversation is the list', async () => {
  await using alice = await takeSeat(house.browser, house.server, { user: 'alice', hash: '#/garbage' });
  await alice.page.getByText('Welcome to Sterna').waitFor();
  expect(await alice.page.getByRole('heading', { name: 'Notifications' }).count()).toBe(0);
  expect(alice.errors).toEqual([]);
});

test('the head of a conversation says once that somebody is online', async () => {
  await using bob = await takeSeat(house.browser, house.server, { user: 'bob' });
  await bob.page.getByText('Welcome to Sterna').waitFor();
  await using alice = await takeSeat(house.browser, house.server, { user: 'alice', hash: '#/C2Cbob' });
  await alice.page.getByRole('heading', { level: 2, name: 'Bob Online', exact: true }).waitFor();
});

test.each([
  ['en-GB', '904 characters too long', 'Enter starts a new line, the button beside the field sends'],
  ['zh-CN', '超出 904 个字', 'Enter 换行，点按输入框旁的按钮发送'],
])(
  'on a narrow phone in %s a text that is too long is written in the whole width',
  async (locale, notice, hint) => {
    await using alice = await takeSeat(house.browser, house.server, {
      user: 'alice',
      hash: '#/C2Cbob',
      device: { ...NARROW, locale },
    });
    const { page, composer } = alice;
    const describedBy = async (): Promise<string> =>
      await composer.evaluate(
        (field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
      );
    await composer.fill('hi');
    expect(await describedBy()).toBe(hint);
    const before = await composer.boundingBox();
    await composer.fill('字'.repeat(5_000));
    const shown = page.getByText(notice, { exact: true });
    await shown.waitFor();
    expect(await describedBy()).toBe(notice);
    const [field, words] = [await composer.boundingBox(), await shown.boundingBox()];
    if (field === null || words === null || before === null) throw new Error('not shown');
    expect(field.width).toBe(before.width);
    expect(words.y + words.height).toBeLessThanOrEqual(field.y);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await alice.shot(`too-long-${locale}`);
  },
);
