import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { allModules, furtherModules } from '@sterna/sdk/testing';
import type { ChatSDK, Friend, FriendGroup } from '@sterna/sdk';
import { expect, test } from 'vitest';
import { logIn, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Three people on two devices each do to one another what people do, all at once and through cuts; then all must fit together. */

/** Names that code may take for something else, and that keys are made of. */
const PEOPLE = ['__proto__', 'C2Cann/../b:%2F', 'constructor'] as const;
const source = 'AddSource_Type_Web';

type Doing = (tim: ChatSDK, other: string, random: SeededRandom) => Promise<unknown>;
const seldom = (random: SeededRandom): boolean => random.chance(0.3);
const groupName = (random: SeededRandom): string => random.pick(['crew', 'constructor']);

const DOINGS: readonly Doing[] = [
  (tim, to, random) =>
    tim.addFriend({
      to,
      source,
      ...(seldom(random) && { type: 'Add_Type_Single' }),
      ...(seldom(random) && { groupName: groupName(random) }),
    }),
  (tim, to) => tim.addFriend({ to, source }),
  (tim, userID, random) =>
    tim.deleteFriend({
      userIDList: [userID],
      type: seldom(random) ? 'Delete_Type_Single' : 'Delete_Type_Both',
    }),
  (tim, userID) => tim.acceptFriendApplication({ userID, type: 'Response_Action_AgreeAndAdd' }),
  (tim, userID) => tim.acceptFriendApplication({ userID, type: 'Response_Action_Agree' }),
  (tim, userID) => tim.refuseFriendApplication({ userID }),
  (tim, userID) => tim.deleteFriendApplication({ userID, type: 'Pendency_Type_SendOut' }),
  (tim) => tim.setFriendApplicationRead(),
  (tim, userID) => tim.addToBlacklist({ userIDList: [userID] }),
  (tim, userID) => tim.removeFromBlacklist({ userIDList: [userID] }),
  (tim, userID) => tim.removeFromBlacklist({ userIDList: [userID] }),
  (tim, userID) => tim.followUser([userID, userID]),
  (tim, userID) => tim.followUser([userID]),
  (tim, userID) => tim.unfollowUser([userID]),
  (tim, userID, random) => tim.createFriendGroup({ name: groupName(random), userIDList: [userID] }),
  (tim, userID, random) => tim.addToFriendGroup({ name: groupName(random), userIDList: [userID] }),
  (tim, userID, random) => tim.removeFromFriendGroup({ name: groupName(random), userIDList: [userID] }),
  (tim, _, random) => tim.deleteFriendGroup({ name: groupName(random) }),
  (tim) => tim.renameFriendGroup({ oldName: 'crew', newName: 'constructor' }),
  (tim, userID, random) => tim.updateFriend({ userID, remark: `${random.below(1000)}` }),
  (tim, _, random) =>
    tim.updateMyProfile({
      allowType: seldom(random) ? 'AllowType_Type_AllowAny' : 'AllowType_Type_NeedConfirm',
    }),
];

async function live(seed: number): Promise<{ world: World; devices: [string, Device][] }> {
  const world = createWorld(seed, { webInstances: 3, domains: [...allModules, ...furtherModules] });
  const random = createSeededRandom(seed);
  const devices: [string, Device][] = [];
  for (const userID of [...PEOPLE, ...PEOPLE]) {
    const device = world.device();
    await logIn(world, device, userID);
    devices.push([userID, device]);
  }
  const pick = <Item>(items: readonly Item[]): Item => items[random.below(items.length)] as Item;
  const open: Promise<unknown>[] = [];
  for (let turn = 0; turn < 120; turn++) {
    const [userID, device] = pick(devices);
    const doing = pick(DOINGS);
    const other = pick(PEOPLE.filter((name) => name !== userID));
    // Most are refused, as things stand: that is no matter here.
    open.push(doing(device.tim, other, random).catch(() => undefined));
    if (random.chance(0.05)) device.cut();
    if (random.chance(0.4)) await world.pass(random.below(12));
  }
  await world.pass(90_000);
  await Promise.all(open);
  return { world, devices };
}

/** Without the time at which this device read it. */
const lasting = ({ profile: { lastUpdatedTime: _, ...profile }, ...friend }: Friend) => ({
  ...friend,
  profile,
});

/** What a user has, as each device shows it and the server says it now. */
async function standing(world: World, device: Device) {
  const { tim } = device;
  const ask = async <Data>(answer: Promise<{ data: Data }>): Promise<Data> =>
    structuredClone((await settle(world, answer)).data);
  const ids = (list: { userID: string }[]): string[] => list.map(({ userID }) => userID).toSorted();
  return {
    friends: (await ask(tim.getFriendList())).map(lasting),
    groups: await ask(tim.getFriendGroupList()),
    applications: await ask(tim.getFriendApplicationList()),
    blocked: await ask(tim.getBlacklist()),
    following: ids((await ask(tim.getMyFollowingList())).resultList),
    followers: ids((await ask(tim.getMyFollowersList())).resultList),
    mutual: ids((await ask(tim.getMutualFollowersList())).resultList),
    counts: (await ask(tim.getUserFollowInfo()))[0],
  };
}

type Standing = Awaited<ReturnType<typeof standing>>;

/** Groups hold friends alone, and each says the same as the friends do. */
function requireGroups(friends: readonly Omit<Friend, 'profile'>[], groups: readonly FriendGroup[]): void {
  const named = (name: string): string[] =>
    friends.flatMap(({ userID, groupList }) => (groupList.includes(name) ? [userID] : [])).toSorted();
  for (const { name, userIDList, count } of groups) {
    expect(userIDList.toSorted()).toEqual(named(name));
    expect(count).toBe(userIDList.length);
  }
  const names = new Set(groups.map(({ name }) => name));
  for (const { groupList } of friends) expect(groupList.filter((name) => !names.has(name))).toEqual([]);
}

/** What two of them say of each other is the same, and nothing is left between whom a block parts. */
function requirePair(mine: Standing, theirs: Standing, [me, other]: [string, string]): void {
  const asked = (of: Standing, userID: string, type: string): boolean =>
    of.applications.friendApplicationList.some((one) => one.userID === userID && one.type === type);
  expect(mine.following.includes(other)).toBe(theirs.followers.includes(me));
  expect(mine.mutual.includes(other)).toBe(mine.following.includes(other) && mine.followers.includes(other));
  if (!mine.blocked.includes(other)) return;
  expect(mine.friends.filter(({ userID }) => userID === other)).toEqual([]);
  expect(theirs.friends.filter(({ userID }) => userID === me)).toEqual([]);
  expect(mine.following.includes(other) || mine.followers.includes(other)).toBe(false);
  for (const type of ['Pendency_Type_ComeIn', 'Pendency_Type_SendOut'])
    expect(asked(mine, other, type) || asked(theirs, me, type)).toBe(false);
}

/** What a device was told last is what is so. */
function requireHeard(device: Device, { friends, groups, applications, blocked, following }: Standing): void {
  // A face that changes later is told by itself.
  const shown = ({ profile: _, ...friend }: { profile: object }) => friend;
  expect((told(device, 'onFriendListUpdated').at(-1) as Friend[]).map(shown)).toEqual(friends.map(shown));
  expect(told(device, 'onFriendGroupListUpdated').at(-1)).toEqual(groups);
  expect(told(device, 'onFriendApplicationListUpdated').at(-1)).toEqual(applications);
  expect(told(device, 'blacklistUpdated').at(-1)).toEqual(blocked);
  const heard = new Set<string>();
  for (const { isAdd, userInfoList } of told(device, 'onMyFollowingListUpdated') as {
    isAdd: boolean;
    userInfoList: { userID: string }[];
  }[])
    for (const { userID } of userInfoList)
      if (isAdd) heard.add(userID);
      else heard.delete(userID);
  expect([...heard].toSorted()).toEqual(following);
}

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

test.each(SEEDS)('seed %i: lists fit together, and every device has heard of them', async (seed) => {
  const { world, devices } = await live(seed);
  const all = new Map<string, Standing>();
  for (const userID of PEOPLE) {
    const own = devices.flatMap(([name, device]) => (name === userID ? [device] : []));
    const [stands, ...others] = await Promise.all(own.map((device) => standing(world, device)));
    if (!stands) throw new Error('they have devices');
    for (const other of others) expect(other).toEqual(stands);
    for (const device of own) requireHeard(device, stands);
    requireGroups(stands.friends, stands.groups);
    const { following, followers, mutual, counts } = stands;
    expect(counts).toEqual({
      userID,
      followersCount: followers.length,
      followingCount: following.length,
      mutualFollowersCount: mutual.length,
    });
    all.set(userID, stands);
  }
  for (const [me, mine] of all)
    for (const [other, theirs] of all) if (me !== other) requirePair(mine, theirs, [me, other]);
});
