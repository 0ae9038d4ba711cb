import { LIMITS } from '@sterna/protocol';
import { allModules, userStatus } from '@sterna/sdk/testing';
import { describe, expect, test } from 'vitest';
import { logIn, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const ONLINE = 1;
const OFFLINE = 2;
const LOGGED_OUT = 3;

/** Ann on two devices, and Ben. */
async function meet(seed: number): Promise<{ world: World; ann: Device; other: Device; ben: Device }> {
  const world = createWorld(seed, { webInstances: 3, domains: [...allModules, userStatus] });
  const [ann, other, ben] = [world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, other, 'ann');
  await logIn(world, ben, 'ben');
  return { world, ann, other, ben };
}

const updates = (device: Device): string[] =>
  (told(device, 'onUserStatusUpdated') as { userID: string; statusType: number; customStatus: string }[][])
    .flat()
    .map(({ userID, statusType, customStatus }) => `${userID} ${statusType} ${customStatus}`);

const statusOf = async (world: World, device: Device, userID: string) =>
  (await settle(world, device.tim.getUserStatus({ userIDList: [userID] }))).data.successUserList[0];

test('who is online, who is not, who is nobody', async () => {
  const { world, ann, ben } = await meet(1);
  const cat = world.device();
  await logIn(world, cat, 'cat');
  await settle(world, cat.tim.logout());
  const { data } = await settle(world, ann.tim.getUserStatus({ userIDList: ['ben', 'cat', 'nobody'] }));
  expect(data.successUserList).toEqual([
    { userID: 'ben', statusType: ONLINE, customStatus: '' },
    { userID: 'cat', statusType: LOGGED_OUT, customStatus: '' },
  ]);
  expect(data.failureUserList).toMatchObject([{ userID: 'nobody', code: 10019 }]);
  expect(updates(ben)).toEqual([]);
});

test('what I say reaches who subscribed and my other devices, until I am offline', async () => {
  const { world, ann, other, ben } = await meet(2);
  await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
  const { data } = await settle(world, ann.tim.setSelfStatus({ customStatus: '在海上' }));
  expect(data).toEqual({ userID: 'ann', statusType: ONLINE, customStatus: '在海上' });
  expect(updates(ben)).toEqual(['ann 1 在海上']);
  expect(updates(other)).toEqual(['ann 1 在海上']);
  expect(updates(ann)).toEqual([]);
  await settle(world, ann.tim.logout());
  expect(updates(ben)).toHaveLength(1);
  await settle(world, other.tim.logout());
  expect(updates(ben).slice(1)).toEqual(['ann 3 ']);
  await logIn(world, ann, 'ann');
  expect(updates(ben).slice(2)).toEqual(['ann 1 ']);
  await expect(settle(world, ann.tim.setSelfStatus({ customStatus: 'x'.repeat(101) }))).rejects.toMatchObject(
    { code: 10004 },
  );
});

test('a short break is not told, a long one is; who was away hears what changed meanwhile', async () => {
  const { world, ann, other, ben } = await meet(3);
  await settle(world, other.tim.logout());
  await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
  ann.cut();
  await world.pass(20_000);
  expect(updates(ben)).toEqual([]);
  ann.setReachable(false);
  ann.cut();
  await world.pass(20_000);
  expect(updates(ben)).toEqual(['ann 2 ']);

  ben.setReachable(false);
  ben.cut();
  ann.setReachable(true);
  await world.pass(30_000);
  expect(updates(ben)).toHaveLength(1);
  ben.setReachable(true);
  await world.pass(30_000);
  expect(updates(ben)).toEqual(['ann 2 ', 'ann 1 ']);
});

test('whom nobody wants to hear of any more is not told of', async () => {
  const { world, ann, other, ben } = await meet(4);
  await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
  await settle(world, ben.tim.unsubscribeUserStatus());
  await settle(world, ann.tim.setSelfStatus({ customStatus: 'hello' }));
  await settle(world, ann.tim.logout());
  await settle(world, other.tim.logout());
  expect(updates(ben)).toEqual([]);
  expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: LOGGED_OUT });
});

test('whom I block I see as offline, and hear nothing of', async () => {
  const { world, ann, ben } = await meet(5);
  await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
  await settle(world, ben.tim.addToBlacklist({ userIDList: ['ann'] }));
  await settle(world, ann.tim.setSelfStatus({ customStatus: 'hello' }));
  expect(updates(ben)).toEqual([]);
  expect(await statusOf(world, ben, 'ann')).toEqual({ userID: 'ann', statusType: OFFLINE, customStatus: '' });
  const { data } = await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
  expect(data.failureUserList).toMatchObject([{ userID: 'ann', code: 30515 }]);
  await settle(world, ben.tim.removeFromBlacklist({ userIDList: ['ann'] }));
  expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: ONLINE, customStatus: 'hello' });
  // What was subscribed before is heard of again, and what changed meanwhile at once.
  expect(updates(ben)).toEqual(['ann 1 hello']);
  await settle(world, ann.tim.setSelfStatus({ customStatus: 'again' }));
  expect(updates(ben).at(-1)).toBe('ann 1 again');
});

test('who logs out on the last device is logged out; who is cut off on another is offline', async () => {
  const { world, ann, other, ben } = await meet(6);
  await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
  other.setReachable(false);
  other.cut();
  await settle(world, ann.tim.logout());
  await world.pass(20_000);
  expect(updates(ben)).toEqual(['ann 2 ']);
  other.setReachable(true);
  await world.pass(30_000);
  await settle(world, other.tim.logout());
  expect(updates(ben)).toEqual(['ann 2 ', 'ann 1 ', 'ann 3 ']);
  expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: LOGGED_OUT });
  await logIn(world, ann, 'ann');
  ann.setReachable(false);
  ann.cut();
  await world.pass(20_000);
  expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: OFFLINE });
});

describe('over a restart of the server', () => {
  /** Ann has said something, Ben hears of her. */
  async function meetAtSea(seed: number) {
    const met = await meet(seed);
    const { world, ann, ben } = met;
    await settle(world, ben.tim.subscribeUserStatus({ userIDList: ['ann'] }));
    await settle(world, ann.tim.setSelfStatus({ customStatus: 'at sea' }));
    expect(updates(ben)).toEqual(['ann 1 at sea']);
    return met;
  }

  test('what I say goes on, and nobody is told anything', async () => {
    const { world, ann, other, ben } = await meetAtSea(8);
    const told = updates(other).length;
    await world.restart();
    await world.pass(60_000);
    expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: ONLINE, customStatus: 'at sea' });
    expect([updates(ann), updates(other).length, updates(ben).length]).toEqual([[], told, 1]);
    await world.restart();
    await world.pass(60_000);
    await settle(world, ann.tim.setSelfStatus({ customStatus: 'ashore' }));
    expect(updates(ben).slice(1)).toEqual(['ann 1 ashore']);
  });

  test('who comes back within the time of a short break was never away', async () => {
    const { world, ann, other, ben } = await meetAtSea(9);
    for (const device of [ann, other]) device.setReachable(false);
    await world.restart();
    await world.pass(4_000);
    for (const device of [ann, other]) device.setReachable(true);
    await world.pass(60_000);
    expect(updates(ben)).toEqual(['ann 1 at sea']);
    expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: ONLINE, customStatus: 'at sea' });
  });

  test('who does not is offline, and says nothing any more when they come back much later', async () => {
    const { world, ann, other, ben } = await meetAtSea(10);
    for (const device of [ann, other]) device.setReachable(false);
    await world.restart();
    await world.pass(60_000);
    expect(updates(ben).slice(1)).toEqual(['ann 2 ']);
    for (const device of [ann, other]) device.setReachable(true);
    await world.pass(60_000);
    expect(updates(ben).slice(2)).toEqual(['ann 1 ']);
    await world.restart();
    await world.pass(60_000);
    expect(updates(ben)).toHaveLength(3);
    expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: ONLINE, customStatus: '' });
  });

  test('who has logged out before it says nothing after it', async () => {
    const { world, ann, other, ben } = await meetAtSea(11);
    for (const device of [ann, other]) await settle(world, device.tim.logout());
    await world.restart();
    await logIn(world, ann, 'ann');
    await world.pass(60_000);
    expect(await statusOf(world, ben, 'ann')).toMatchObject({ statusType: ONLINE, customStatus: '' });
  });
});

test('statuses are read so often at once, and as often every five seconds: what is more waits its turn', async () => {
  const { world, ann } = await meet(7);
  const refused = (): number => ann.wire.filter((frame) => frame.includes('2996')).length;
  const burst = async (count: number): Promise<number> => {
    const ask = () => ann.tim.getUserStatus({ userIDList: ['ben'] });
    const answers = Promise.all(Array.from({ length: count }, ask));
    await world.pass(LIMITS.statusReadingsMs);
    return (await answers).length;
  };
  const most = LIMITS.statusReadings;
  expect(await burst(most - 1)).toBe(most - 1);
  await world.pass(LIMITS.statusReadingsMs);
  expect(await burst(most)).toBe(most);
  expect(refused()).toBe(0);
  await world.pass(LIMITS.statusReadingsMs);
  expect(await burst(most + 1)).toBe(most + 1);
  expect(refused()).toBeGreaterThan(0);
});
