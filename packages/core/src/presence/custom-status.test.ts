import { expect, test } from 'vitest';
import { keys } from '../keys.ts';
import {
  createFakeClock,
  createMemoryStore,
  createSeededRandom,
  loggedIn,
  loginCommand,
} from '../testing/index.ts';
import type { CommandReply } from '../transaction/command.ts';

async function setUp() {
  const store = createMemoryStore({ clock: createFakeClock(), random: createSeededRandom(1) });
  const page = await loggedIn(store, 'ann', 'page');
  const phone = await loggedIn(store, 'ann', 'phone');
  const account = async () => (await store.get([keys.account(1, 'ann')]))[0] as Record<string, unknown>;
  const say = async (text: string, nowMs: number) => {
    const outcome = await store.execute({ type: 'status.set', body: { actor: page, text, nowMs } });
    return outcome.ok ? (outcome.reply as CommandReply<'status.set'>) : outcome.refusal.reason;
  };
  const forget = (setMs: number) =>
    store.execute({ type: 'status.forget', body: { app: 1, userID: 'ann', setMs } });
  const logOut = (actor: typeof page) => store.execute({ type: 'session.logout', body: { actor } });
  return { store, page, phone, account, say, forget, logOut };
}

test('what is said is kept, later each time whatever the clock says, and not written again', async () => {
  const { account, say } = await setUp();
  expect(await say('at sea', 50)).toEqual({ text: 'at sea', setMs: 50 });
  expect(await say('ashore', 20)).toEqual({ text: 'ashore', setMs: 51 });
  const before = await account();
  expect(await say('ashore', 900)).toEqual({ text: 'ashore', setMs: 51 });
  expect(await account()).toEqual(before);
  expect(await say('', 900)).toEqual({ text: '', setMs: 900 });
  expect(await account()).toEqual({ ...before, status: undefined });
});

test('every login is told of it', async () => {
  const { store, page, say } = await setUp();
  const login = async (resume?: number) => {
    const { body } = loginCommand('ann', 'page') as { body: object };
    const outcome = await store.execute({
      type: 'session.login',
      body: { ...body, ...(resume !== undefined && { resume }) },
    } as ReturnType<typeof loginCommand>);
    return outcome.ok && outcome.reply;
  };
  expect(await login(page.session.epoch)).toEqual({ epoch: page.session.epoch, resumed: true });
  const status = await say('at sea', 50);
  expect(await login(page.session.epoch)).toMatchObject({ resumed: true, status });
  expect(await login()).toMatchObject({ resumed: false, status });
});

test('it is forgotten as it was known, and with the last session', async () => {
  const { account, page, phone, say, forget, logOut } = await setUp();
  await say('at sea', 50);
  await say('ashore', 60);
  await forget(50);
  expect(await account()).toMatchObject({ status: { text: 'ashore' } });
  await forget(60);
  expect(await account()).not.toHaveProperty('status');
  await say('home', 70);
  await logOut(phone);
  expect(await account()).toMatchObject({ status: { text: 'home' } });
  await logOut(page);
  expect(await account()).not.toHaveProperty('status');
  expect(await say('late', 80)).toBe('sessionEvicted');
});
