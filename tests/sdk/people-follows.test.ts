import { allModules, follows } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { logIn, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Ann on two devices, Ben and Cat. */
async function meet(seed: number) {
  const world = createWorld(seed, { webInstances: 3, domains: [...allModules, follows] });
  const [ann, other, ben, cat] = [world.device(), world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, other, 'ann');
  await logIn(world, ben, 'ben');
  await logIn(world, cat, 'cat');
  await settle(world, ann.tim.updateMyProfile({ nick: 'Annie' }));
  return { world, ann, other, ben, cat };
}

const card = (userID: string, nick = '') => ({ userID, nick, avatar: '' });

const check = async (world: World, device: Device, userIDs: string[]): Promise<number[]> =>
  (await settle(world, device.tim.checkFollowType(userIDs))).data.map(({ followType }) => followType);

test('following is told to all devices of both, and mutual when both do', async () => {
  const { world, ann, other, ben } = await meet(1);
  const { data } = await settle(world, ann.tim.followUser(['ben', 'nobody']));
  expect(data).toMatchObject([
    { userID: 'ben', code: 0 },
    { userID: 'nobody', code: 30003 },
  ]);
  for (const device of [ann, other])
    expect(told(device, 'onMyFollowingListUpdated')).toEqual([{ isAdd: true, userInfoList: [card('ben')] }]);
  expect(told(ben, 'onMyFollowersListUpdated')).toEqual([
    { isAdd: true, userInfoList: [card('ann', 'Annie')] },
  ]);
  await settle(world, ben.tim.followUser(['ann']));
  for (const device of [ann, other])
    expect(told(device, 'onMutualFollowersListUpdated')).toEqual([
      { isAdd: true, userInfoList: [card('ben')] },
    ]);
  await settle(world, ben.tim.unfollowUser(['ann']));
  expect(told(ann, 'onMutualFollowersListUpdated').at(-1)).toEqual({
    isAdd: false,
    userInfoList: [card('ben')],
  });
});

test('lists, counts and relations are read', async () => {
  const { world, ann, ben, cat } = await meet(2);
  await settle(world, ann.tim.followUser(['ben', 'cat']));
  await settle(world, ben.tim.followUser(['ann']));
  expect(await check(world, ann, ['ben', 'cat', 'nobody'])).toEqual([3, 2, 0]);
  expect(await check(world, cat, ['ann'])).toEqual([1]);
  expect((await settle(world, ann.tim.getMyFollowingList())).data).toEqual({
    resultList: [card('ben'), card('cat')],
    nextCursor: '',
  });
  expect((await settle(world, cat.tim.getMyFollowersList(''))).data.resultList).toEqual([
    card('ann', 'Annie'),
  ]);
  expect((await settle(world, ben.tim.getMutualFollowersList())).data.resultList).toEqual([
    card('ann', 'Annie'),
  ]);
  expect((await settle(world, ann.tim.getUserFollowInfo())).data).toEqual([
    { userID: 'ann', followersCount: 1, followingCount: 2, mutualFollowersCount: 1 },
  ]);
  const others = await settle(world, ann.tim.getUserFollowInfo(['cat']));
  expect(others.data[0]?.followersCount).toBe(1);
});

test('who blocks another follows them no more, is not followed by them, and neither can begin again', async () => {
  const { world, ann, other, ben } = await meet(4);
  await settle(world, ann.tim.followUser(['ben', 'cat']));
  await settle(world, ben.tim.followUser(['ann']));
  for (const { events } of [ann, other, ben]) events.length = 0;
  await settle(world, ann.tim.addToBlacklist({ userIDList: ['ben'] }));
  for (const device of [ann, other]) {
    const gone = [{ isAdd: false, userInfoList: [card('ben')] }];
    expect(told(device, 'onMyFollowingListUpdated')).toEqual(gone);
    expect(told(device, 'onMyFollowersListUpdated')).toEqual(gone);
    expect(told(device, 'onMutualFollowersListUpdated')).toEqual(gone);
  }
  expect(told(ben, 'onMyFollowersListUpdated')).toEqual([
    { isAdd: false, userInfoList: [card('ann', 'Annie')] },
  ]);
  expect((await settle(world, ann.tim.getUserFollowInfo(['ann', 'ben', 'nobody']))).data).toEqual([
    { userID: 'ann', followersCount: 0, followingCount: 1, mutualFollowersCount: 0 },
    { userID: 'ben', followersCount: 0, followingCount: 0, mutualFollowersCount: 0 },
  ]);
  expect(await check(world, ann, ['ben', 'cat'])).toEqual([0, 2]);
  expect((await settle(world, ann.tim.followUser(['ben']))).data).toMatchObject([{ code: 30515 }]);
  expect((await settle(world, ben.tim.followUser(['ann']))).data).toMatchObject([{ code: 30525 }]);
});
