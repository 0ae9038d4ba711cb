import { LIMITS } from '@sterna/protocol';
import { allModules, follows, friends, signaling } from '@sterna/sdk/testing';
import type { ChatSDK } from '@sterna/sdk';
import { afterEach, expect, test } from 'vitest';
import { logIn, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Each list with one place less than full, full, and with one more wish: at three in place of the published thousands. */
const FULL = 3;

const before = { ...LIMITS };
afterEach(() => void Object.assign(LIMITS, before));

const NAMES = ['ann', 'ben', 'cat', 'dan', 'eve'] as const;
const source = 'AddSource_Type_Web';
type Ask = (tim: ChatSDK, userID: string) => Promise<{ data: unknown }>;

async function meet(limit: keyof typeof LIMITS) {
  Object.assign(LIMITS, { [limit]: FULL });
  const domains = [...new Set([...allModules, friends, follows, signaling])];
  const world = createWorld(1, { webInstances: 5, domains });
  const devices = {} as Record<(typeof NAMES)[number], Device>;
  for (const userID of NAMES) {
    devices[userID] = world.device();
    await logIn(world, devices[userID], userID);
  }
  /** 0 for what is taken, else the code, which stands in the answer where one is given for each user. */
  const codeOf = (device: Device, ask: Ask, userID: string): Promise<number> =>
    settle(world, ask(device.tim, userID)).then(
      ({ data }) => (Array.isArray(data) ? (data[0]?.code ?? 0) : 0),
      (error: { code: number }) => error.code,
    );
  return { world, devices, codeOf };
}

const OTHERS = ['ben', 'cat', 'dan', 'eve'] as const;
const add: Ask = (tim, to) => tim.addFriend({ to, source });
const addAlone: Ask = (tim, to) => tim.addFriend({ to, source, type: 'Add_Type_Single' });

test.each<[string, { limit: keyof typeof LIMITS; put: Ask; take: Ask; code: number }]>([
  [
    'whom I have blocked',
    {
      limit: 'blacklist',
      put: (tim, userID) => tim.addToBlacklist({ userIDList: [userID] }),
      take: (tim, userID) => tim.removeFromBlacklist({ userIDList: [userID] }),
      code: 30013,
    },
  ],
  [
    'my friends',
    {
      limit: 'friends',
      put: addAlone,
      take: (tim, userID) => tim.deleteFriend({ userIDList: [userID] }),
      code: 30010,
    },
  ],
  [
    'my groups of friends',
    {
      limit: 'friendGroups',
      put: (tim, name) => tim.createFriendGroup({ name, userIDList: [] }),
      take: (tim, name) => tim.deleteFriendGroup({ name }),
      code: 30011,
    },
  ],
  [
    'whom I follow',
    {
      limit: 'following',
      put: (tim, userID) => tim.followUser([userID]),
      take: (tim, userID) => tim.unfollowUser([userID]),
      code: 32100,
    },
  ],
])('%s: the last place is taken, beyond it the code, and a place that is free again', async (_, row) => {
  const { limit, put, take, code } = row;
  const { devices, codeOf } = await meet(limit);
  const codes: number[] = [];
  for (const userID of OTHERS) codes.push(await codeOf(devices.ann, put, userID));
  expect(codes).toEqual([0, 0, 0, code]);
  // Who is there already is no one more.
  if (limit !== 'friendGroups') expect(await codeOf(devices.ann, put, 'ben')).toBe(0);
  expect(await codeOf(devices.ann, take, 'ben')).toBe(0);
  expect(await codeOf(devices.ann, put, 'eve')).toBe(0);
});

test('the other one’s list is full: another code, and nobody is in any list', async () => {
  const { world, devices, codeOf } = await meet('friends');
  for (const from of ['ben', 'cat', 'dan'] as const) expect(await codeOf(devices[from], add, 'ann')).toBe(0);
  expect(await codeOf(devices.eve, add, 'ann')).toBe(30014);
  expect((await settle(world, devices.eve.tim.getFriendList())).data).toEqual([]);
  expect((await settle(world, devices.ann.tim.getFriendList())).data).toHaveLength(FULL);
  // One-sidedly it needs no room there.
  expect(await codeOf(devices.eve, addAlone, 'ann')).toBe(0);
});

test('wishes: beyond so many nobody can ask, until one is answered', async () => {
  const { world, devices, codeOf } = await meet('friendApplications');
  await settle(world, devices.ann.tim.updateMyProfile({ allowType: 'AllowType_Type_NeedConfirm' }));
  const codes: number[] = [];
  for (const from of OTHERS) codes.push(await codeOf(devices[from], add, 'ann'));
  expect(codes).toEqual([0, 0, 0, 30012]);
  expect(
    (await settle(world, devices.eve.tim.getFriendApplicationList())).data.friendApplicationList,
  ).toEqual([]);
  // To ask again takes no place.
  expect(await codeOf(devices.ben, add, 'ann')).toBe(0);
  await settle(world, devices.ann.tim.refuseFriendApplication({ userID: 'ben' }));
  expect(await codeOf(devices.eve, add, 'ann')).toBe(0);
});

test('an accepted wish finds no room: the code, and it waits on', async () => {
  const { world, devices } = await meet('friends');
  await settle(world, devices.ann.tim.updateMyProfile({ allowType: 'AllowType_Type_NeedConfirm' }));
  await settle(world, devices.eve.tim.addFriend({ to: 'ann', source }));
  for (const to of ['ben', 'cat', 'dan']) await settle(world, devices.ann.tim.addFriend({ to, source }));
  const accept = (type: 'Response_Action_AgreeAndAdd' | 'Response_Action_Agree') =>
    settle(world, devices.ann.tim.acceptFriendApplication({ userID: 'eve', type }));
  await expect(accept('Response_Action_AgreeAndAdd')).rejects.toMatchObject({ code: 30010 });
  const waiting = (await settle(world, devices.ann.tim.getFriendApplicationList())).data;
  expect(waiting.friendApplicationList).toMatchObject([{ userID: 'eve' }]);
  expect((await settle(world, devices.eve.tim.getFriendList())).data).toEqual([]);
  await accept('Response_Action_Agree');
  expect((await settle(world, devices.eve.tim.getFriendList())).data).toMatchObject([{ userID: 'ann' }]);
});

test('lists of many pages come whole: friends by themselves, follows page by page', async () => {
  const { world, devices } = await meet('friendsPage');
  Object.assign(LIMITS, { followsPage: FULL });
  for (const to of OTHERS)
    await settle(world, devices.ann.tim.addFriend({ to, source, type: 'Add_Type_Single' }));
  await settle(world, devices.ann.tim.followUser([...OTHERS]));
  const late = world.device();
  await logIn(world, late, 'ann');
  const told = late.events.findLast(({ name }) => name === 'onFriendListUpdated')?.data as {
    userID: string;
  }[];
  expect(told.map(({ userID }) => userID)).toEqual([...OTHERS]);
  const one = (await settle(world, late.tim.getMyFollowingList())).data;
  expect(one.resultList.map(({ userID }) => userID)).toEqual(['ben', 'cat', 'dan']);
  const two = (await settle(world, late.tim.getMyFollowingList(one.nextCursor))).data;
  expect([two.resultList.map(({ userID }) => userID), two.nextCursor]).toEqual([['eve'], '']);
});

/** What a device of Ann that begins rings for, by what was said. */
async function ringsAtLogin(world: World): Promise<string[]> {
  const late = world.device();
  const rings: string[] = [];
  late.tim.addSignalingListener('newInvitationReceived', ({ data }) => rings.push(data.data));
  await logIn(world, late, 'ann');
  return rings.toSorted();
}

test('of more invitations than a device that begins is told of, those that end last ring', async () => {
  const { world, devices } = await meet('invitationsListed');
  const invite = (data: string, timeout: number) =>
    settle(world, devices.ben.tim.invite({ userID: 'ann', data, timeout }));
  for (const [index, data] of ['one', 'two'].entries()) await invite(data, 100 + index);
  expect(await ringsAtLogin(world)).toEqual(['one', 'two']);
  await invite('three', 103);
  expect(await ringsAtLogin(world)).toEqual(['one', 'three', 'two']);
  await invite('four', 104);
  expect(await ringsAtLogin(world)).toEqual(['four', 'three', 'two']);
});

test.each(['accept', 'reject', 'cancel'] as const)(
  'an invitation that was answered by %s takes no place',
  async (answer) => {
    const { world, devices } = await meet('invitationsListed');
    const invite = (data: string, timeout: number) =>
      settle(world, devices.ben.tim.invite({ userID: 'ann', data, timeout }));
    for (let index = 0; index < FULL; index++) {
      const { inviteID } = (await invite('old', 0)).data;
      const answering = answer === 'cancel' ? devices.ben : devices.ann;
      await settle(world, answering.tim[answer]({ inviteID }));
    }
    await invite('new', 30);
    expect(await ringsAtLogin(world)).toEqual(['new']);
  },
);
