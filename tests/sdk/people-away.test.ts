import { allModules, follows, friends } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { logIn, settle } from './talk.ts';
import { createWorld } from './world.ts';

test('who is away finds at the next login who asked, who follows, and who is a friend', async () => {
  const domains = [...new Set([...allModules, friends, follows])];
  const world = createWorld(1, { webInstances: 3, domains });
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  await settle(world, ann.tim.addFriend({ to: 'ben', source: 'AddSource_Type_Web' }));
  const dan = world.device();
  await logIn(world, dan, 'dan');
  await settle(world, dan.tim.updateMyProfile({ allowType: 'AllowType_Type_NeedConfirm' }));
  await settle(world, dan.tim.logout());
  const asked = await settle(
    world,
    ben.tim.addFriend({ to: 'dan', source: 'AddSource_Type_Web', wording: 'at sea?' }),
  );
  expect(asked.data.code).toBe(30539);
  await settle(world, ben.tim.followUser(['dan']));
  const late = world.device();
  await logIn(world, late, 'dan');
  const { friendApplicationList, unreadCount } = (await settle(world, late.tim.getFriendApplicationList()))
    .data;
  expect(friendApplicationList).toMatchObject([
    { userID: 'ben', wording: 'at sea?', type: 'Pendency_Type_ComeIn' },
  ]);
  expect(unreadCount).toBe(1);
  const followers = (await settle(world, late.tim.getMyFollowersList())).data.resultList;
  expect(followers).toMatchObject([{ userID: 'ben' }]);
  ben.setReachable(false);
  ben.cut();
  await settle(
    world,
    late.tim.acceptFriendApplication({ userID: 'ben', type: 'Response_Action_AgreeAndAdd' }),
  );
  ben.setReachable(true);
  await world.pass(30_000);
  expect(ben.events.findLast(({ name }) => name === 'onFriendListUpdated')?.data).toMatchObject([
    { userID: 'ann' },
    { userID: 'dan' },
  ]);
});
