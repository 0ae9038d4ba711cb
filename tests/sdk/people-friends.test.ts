import { allModules, friends } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Ann on two devices, Ben and Cat. */
async function meet(seed: number) {
  const world = createWorld(seed, {
    webInstances: 3,
    domains: [...allModules, friends],
  });
  const [ann, other, ben, cat] = [world.device(), world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, other, 'ann');
  await logIn(world, ben, 'ben');
  await logIn(world, cat, 'cat');
  return { world, ann, other, ben, cat };
}

const lists = (device: Device): string[][] =>
  told(device, 'onFriendListUpdated').map((list) =>
    (list as { userID: string }[]).map(({ userID }) => userID),
  );

const add = (world: World, device: Device, to: string, more: object = {}) =>
  settle(world, device.tim.addFriend({ to, source: 'AddSource_Type_Web', ...more }));

test('the lists are told at the login, empty as they are', async () => {
  const { ann } = await meet(1);
  expect(lists(ann)).toEqual([[]]);
  expect(told(ann, 'onFriendGroupListUpdated')).toEqual([[]]);
  expect(told(ann, 'onFriendApplicationListUpdated')).toEqual([
    { friendApplicationList: [], unreadCount: 0 },
  ]);
});

test('a friend of who allows any is there at once on all devices of both, with remark and group', async () => {
  const { world, ann, other, ben } = await meet(2);
  await say(world, ann, 'ben', 'may I?');
  const { data } = await add(world, ann, 'ben', { remark: 'Benny', groupName: '同事', wording: 'hi' });
  expect(data).toEqual({ code: 0 });
  for (const device of [ann, other]) {
    expect(lists(device).at(-1)).toEqual(['ben']);
    expect(told(device, 'onFriendGroupListUpdated').at(-1)).toEqual([
      { name: '同事', userIDList: ['ben'], count: 1 },
    ]);
    expect((await shown(world, device, 'C2Cben'))?.remark).toBe('Benny');
  }
  expect(lists(ben)).toEqual([[], ['ann']]);
  const [friend] = (await settle(world, ann.tim.getFriendList())).data;
  expect(friend).toMatchObject({ userID: 'ben', remark: 'Benny', groupList: ['同事'], wording: 'hi' });
  expect(friend?.profile.userID).toBe('ben');

  const [held] = (await settle(world, ann.tim.getConversationList())).data.conversationList;
  const updating = ann.tim.updateFriend({ userID: 'ben', remark: 'B' }).then(({ data: friend }) => {
    // At once, for whoever holds the conversation.
    expect(held?.remark).toBe('B');
    return friend.remark;
  });
  expect(await settle(world, updating)).toBe('B');
  expect((await shown(world, other, 'C2Cben'))?.remark).toBe('B');
});

test('who is a friend already gets the new remark, and is in the new group too', async () => {
  const { world, ann, other, ben } = await meet(31);
  await add(world, ann, 'ben', { remark: 'Benny', groupName: 'tea' });
  const before = lists(ben).length;
  expect((await add(world, ann, 'ben', { remark: 'B', groupName: 'work' })).data).toEqual({ code: 0 });
  const [friend] = (await settle(world, other.tim.getFriendList())).data;
  expect(friend).toMatchObject({ remark: 'B', groupList: ['tea', 'work'] });
  expect((await add(world, ann, 'ben')).data).toEqual({ code: 0 });
  expect((await settle(world, ann.tim.getFriendList())).data[0]?.remark).toBe('B');
  expect(lists(ben)).toHaveLength(before);
});

test('a conversation that begins later shows the remark too', async () => {
  const { world, ann } = await meet(30);
  await add(world, ann, 'ben', { remark: 'Benny' });
  await say(world, ann, 'ben', 'hello');
  expect((await shown(world, ann, 'C2Cben'))?.remark).toBe('Benny');
  await settle(world, ann.tim.deleteFriend({ userIDList: ['ben'] }));
  expect((await shown(world, ann, 'C2Cben'))?.remark).toBe('');
});

test('who wants to be asked is asked: 30539 resolves, the other sees it and agrees', async () => {
  const { world, ann, other, ben } = await meet(3);
  await settle(world, ben.tim.updateMyProfile({ allowType: 'AllowType_Type_NeedConfirm' }));
  await settle(world, ann.tim.updateMyProfile({ nick: 'Annie' }));
  expect((await add(world, ann, 'ben', { wording: 'please' })).data).toEqual({ code: 30539 });
  const wish = { userID: 'ann', nick: 'Annie', wording: 'please', type: 'Pendency_Type_ComeIn' };
  expect(told(ben, 'onFriendApplicationListUpdated').at(-1)).toMatchObject({
    friendApplicationList: [wish],
    unreadCount: 1,
  });
  expect(told(other, 'onFriendApplicationListUpdated').at(-1)).toMatchObject({
    friendApplicationList: [{ userID: 'ben', type: 'Pendency_Type_SendOut' }],
    unreadCount: 0,
  });
  await settle(world, ben.tim.setFriendApplicationRead());
  expect((await settle(world, ben.tim.getFriendApplicationList())).data.unreadCount).toBe(0);
  await settle(
    world,
    ben.tim.acceptFriendApplication({
      userID: 'ann',
      type: 'Response_Action_AgreeAndAdd',
      remark: 'A',
      tag: 'tea',
    }),
  );
  for (const device of [ann, other]) expect(lists(device).at(-1)).toEqual(['ben']);
  const [friend] = (await settle(world, ben.tim.getFriendList())).data;
  expect(friend).toMatchObject({ userID: 'ann', remark: 'A', groupList: ['tea'] });
  for (const device of [ann, ben])
    expect((await settle(world, device.tim.getFriendApplicationList())).data.friendApplicationList).toEqual(
      [],
    );
  const again = settle(world, ben.tim.refuseFriendApplication({ userID: 'ann' }));
  await expect(again).rejects.toMatchObject({ code: 30614 });
});

test('a device that was away learns at its next login who came and who went', async () => {
  const { world, ann, other, cat } = await meet(4);
  await add(world, ann, 'ben');
  other.setReachable(false);
  other.cut();
  await add(world, ann, 'cat');
  await settle(world, ann.tim.deleteFriend({ userIDList: ['ben'] }));
  await settle(world, ann.tim.createFriendGroup({ name: 'tea', userIDList: ['cat', 'ben'] }));
  expect(lists(other).at(-1)).toEqual(['ben']);
  other.setReachable(true);
  await world.pass(30_000);
  expect(lists(other).at(-1)).toEqual(['cat']);
  expect(told(other, 'onFriendGroupListUpdated').at(-1)).toEqual([
    { name: 'tea', userIDList: ['cat'], count: 1 },
  ]);
  await settle(world, cat.tim.addToBlacklist({ userIDList: ['ann'] }));
  for (const device of [ann, other]) expect(lists(device).at(-1)).toEqual([]);
});

test('lists say who failed and why', async () => {
  const { world, ann } = await meet(5);
  await add(world, ann, 'ben', { type: 'Add_Type_Single' });
  const checked = await settle(world, ann.tim.checkFriend({ userIDList: ['ben', 'cat', 'nobody'] }));
  expect(checked.data.successUserIDList).toEqual([
    { userID: 'ben', relation: 'CheckResult_Type_AWithB' },
    { userID: 'cat', relation: 'CheckResult_Type_NoRelation' },
  ]);
  expect(checked.data.failureUserIDList).toMatchObject([{ userID: 'nobody', code: 30003 }]);
  const found = await settle(world, ann.tim.getFriendProfile({ userIDList: ['ben', 'cat'] }));
  expect(found.data).toMatchObject({ friendList: [{ userID: 'ben' }], failureUserIDList: [{ code: 31704 }] });
  const gone = await settle(world, ann.tim.deleteFriend({ userIDList: ['ben', 'cat'] }));
  expect(gone.data).toMatchObject({
    successUserIDList: [{ userID: 'ben' }],
    failureUserIDList: [{ userID: 'cat', code: 31704 }],
  });
});

test('groups of friends are made, filled, renamed and deleted, on all devices', async () => {
  const { world, ann, other } = await meet(6);
  await add(world, ann, 'ben');
  await add(world, ann, 'cat');
  const made = await settle(world, ann.tim.createFriendGroup({ name: 'tea', userIDList: ['ben', 'nobody'] }));
  expect(made.data).toMatchObject({
    friendGroup: { name: 'tea', userIDList: ['ben'], count: 1 },
    failureUserIDList: [{ userID: 'nobody', code: 32216 }],
  });
  await settle(world, ann.tim.addToFriendGroup({ name: 'tea', userIDList: ['cat'] }));
  await settle(world, ann.tim.removeFromFriendGroup({ name: 'tea', userIDList: ['ben'] }));
  const renamed = await settle(world, ann.tim.renameFriendGroup({ oldName: 'tea', newName: '茶' }));
  expect(renamed.data).toEqual({ name: '茶', userIDList: ['cat'], count: 1 });
  expect(told(other, 'onFriendGroupListUpdated').at(-1)).toEqual([renamed.data]);
  const groupsOf = async (device: Device) =>
    (await settle(world, device.tim.getFriendList())).data.map(({ groupList }) => groupList);
  expect(await groupsOf(other)).toEqual([[], ['茶']]);
  await settle(world, ann.tim.deleteFriendGroup({ name: '茶' }));
  expect((await settle(world, other.tim.getFriendGroupList())).data).toEqual([]);
  expect(await groupsOf(other)).toEqual([[], []]);
});

test('a group of friends is made by one call once, also when its answer was lost', async () => {
  const { world, ann, other } = await meet(7);
  await add(world, ann, 'ben');
  const group = { name: 'tea', userIDList: ['ben', 'nobody'] };
  const making = ann.tim.createFriendGroup(group);
  // Far enough that the server has heard it, and its answer is still on its way.
  await world.pass(8);
  ann.cut();
  expect(ann.wire.filter((frame) => frame.includes('nobody'))).toEqual([]);
  expect((await settle(world, other.tim.getFriendGroupList())).data).toMatchObject([{ name: 'tea' }]);
  expect((await settle(world, making)).data).toMatchObject({
    friendGroup: { name: 'tea', userIDList: ['ben'], count: 1 },
    failureUserIDList: [{ userID: 'nobody', code: 32216 }],
  });
  for (const { tim } of [ann, other])
    await expect(settle(world, tim.createFriendGroup(group))).rejects.toMatchObject({ code: 30001 });
});
