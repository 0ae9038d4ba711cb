import { allModules, friends } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { history, logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device } from './world.ts';

const faces = (device: Device): string[] =>
  (told(device, 'onProfileUpdated') as { userID: string; nick: string }[][])
    .flat()
    .map(({ userID, nick }) => `${userID} ${nick}`);

test('a new face shows on my devices and with those who talk with me, not with strangers', async () => {
  const world = createWorld(1, { webInstances: 3 });
  const [ann, other, ben, cat] = [world.device(), world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, other, 'ann');
  await logIn(world, ben, 'ben');
  await logIn(world, cat, 'cat');
  await say(world, ann, 'ben', 'hello');

  const { data } = await settle(world, ann.tim.updateMyProfile({ nick: 'Annie', avatar: 'face.png' }));
  expect(data).toMatchObject({ userID: 'ann', nick: 'Annie' });
  for (const device of [ann, other, ben])
    expect(told(device, 'onProfileUpdated')).toMatchObject([[{ userID: 'ann', nick: 'Annie' }]]);
  expect(told(cat, 'onProfileUpdated')).toEqual([]);
  expect((await shown(world, ben, 'C2Cann'))?.userProfile).toMatchObject({
    nick: 'Annie',
    avatar: 'face.png',
  });
  const message = await say(world, ann, 'ben', 'again');
  expect(message).toMatchObject({ nick: 'Annie', avatar: 'face.png' });
  expect(told(ben, 'onMessageReceived').at(-1)).toMatchObject([{ nick: 'Annie', avatar: 'face.png' }]);

  await settle(world, ben.tim.addToBlacklist({ userIDList: ['ann'] }));
  await settle(world, ann.tim.updateMyProfile({ nick: 'Anne' }));
  expect(told(ben, 'onProfileUpdated')).toHaveLength(1);
  expect(told(other, 'onProfileUpdated').at(-1)).toMatchObject([{ nick: 'Anne' }]);
  await settle(world, ben.tim.removeFromBlacklist({ userIDList: ['ann'] }));
  expect(told(ben, 'onProfileUpdated').slice(1)).toMatchObject([[{ userID: 'ann', nick: 'Anne' }]]);
  expect((await shown(world, ben, 'C2Cann'))?.userProfile).toMatchObject({ nick: 'Anne' });
});

test('what was said before shows the new face too: in the list, and in what is read later', async () => {
  const world = createWorld(3, { webInstances: 3 });
  const [ann, ben, cat] = [world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  await settle(world, ann.tim.updateMyProfile({ nick: 'Ann', avatar: 'old.png' }));
  for (let number = 0; number < 20; number++) await say(world, ann, 'ben', `number ${number}`);
  const mine = await say(world, ann, 'ben', 'last');
  const page = await history(world, ben, 'C2Cann');
  expect(page.at(-1)).toMatchObject({ nick: 'Ann', avatar: 'old.png' });
  expect((await shown(world, ben, 'C2Cann'))?.lastMessage.nick).toBe('Ann');

  await settle(world, ann.tim.updateMyProfile({ nick: 'Annie', avatar: 'new.png' }));
  const face = { nick: 'Annie', avatar: 'new.png' };
  for (const message of page) expect(message).toMatchObject(face);
  expect(mine).toMatchObject(face);
  for (const [device, peer] of [
    [ann, 'ben'],
    [ben, 'ann'],
  ] as const)
    expect((await shown(world, device, `C2C${peer}`))?.lastMessage.nick).toBe('Annie');
  expect(told(ben, 'onConversationListUpdated').at(-1)).toMatchObject([
    { lastMessage: { nick: 'Annie' }, userProfile: face },
  ]);
  // Older ones than were held.
  const nextReqMessageID = page[0]?.ID;
  const older = await settle(world, ben.tim.getMessageList({ conversationID: 'C2Cann', nextReqMessageID }));
  expect(older.data.messageList.length).toBeGreaterThan(3);
  for (const message of older.data.messageList) expect(message).toMatchObject(face);
  // A device that begins later.
  await logIn(world, cat, 'ben');
  expect((await shown(world, cat, 'C2Cann'))?.lastMessage.nick).toBe('Annie');
  for (const message of await history(world, cat, 'C2Cann')) expect(message).toMatchObject(face);
});

test('who was cut off meanwhile learns of it at once when they are back, of partners and of friends', async () => {
  const domains = [...new Set([...allModules, friends])];
  const world = createWorld(4, { webInstances: 3, domains });
  const [ann, ben, cat, dan, eve] = Array.from({ length: 5 }, () => world.device());
  if (!ann || !ben || !cat || !dan || !eve) throw new Error('five devices');
  for (const [device, userID] of [
    [ann, 'ann'],
    [ben, 'ben'],
    [cat, 'cat'],
    [dan, 'dan'],
    [eve, 'eve'],
  ] as const)
    await logIn(world, device, userID);
  await say(world, ann, 'ben', 'hello');
  await say(world, eve, 'ben', 'hello');
  await settle(
    world,
    ben.tim.addFriend({ to: 'cat', source: 'AddSource_Type_Web', type: 'Add_Type_Single' }),
  );
  await settle(world, ben.tim.addToBlacklist({ userIDList: ['eve'] }));
  const page = await history(world, ben, 'C2Cann');
  await world.pass(600_000);
  ben.setReachable(false);
  ben.cut();
  await settle(world, ann.tim.updateMyProfile({ nick: 'Annie', avatar: 'new.png' }));
  for (const device of [cat, dan, eve]) await settle(world, device.tim.updateMyProfile({ nick: 'Other' }));
  await world.pass(600_000);
  expect(faces(ben)).toEqual([]);
  ben.setReachable(true);
  await world.pass(60_000);
  // Dan is a stranger, and Eve blocked.
  expect(faces(ben).toSorted()).toEqual(['ann Annie', 'cat Other']);
  const face = { nick: 'Annie', avatar: 'new.png' };
  expect((await shown(world, ben, 'C2Cann'))?.userProfile).toMatchObject(face);
  expect((await shown(world, ben, 'C2Cann'))?.lastMessage.nick).toBe('Annie');
  for (const message of page) expect(message).toMatchObject(face);
  expect((await settle(world, ben.tim.getFriendList())).data[0]?.profile.nick).toBe('Other');
  await world.pass(600_000);
  ben.cut();
  await world.pass(60_000);
  expect(faces(ben)).toHaveLength(2);
});

test('a one-way friend is no stranger: whoever has somebody in their list hears of their new face', async () => {
  const domains = [...new Set([...allModules, friends])];
  const world = createWorld(5, { webInstances: 3, domains });
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  const add = { to: 'ann', source: 'AddSource_Type_Web', type: 'Add_Type_Single' } as const;
  await settle(world, ben.tim.addFriend(add));
  await settle(world, ann.tim.updateMyProfile({ nick: 'Annie' }));
  expect(faces(ben)).toEqual(['ann Annie']);
  await settle(world, ben.tim.deleteFriend({ userIDList: ['ann'] }));
  await settle(world, ann.tim.updateMyProfile({ nick: 'Anne' }));
  expect(faces(ben)).toHaveLength(1);
});

test('a value that may not be is refused with its code, and changes nothing', async () => {
  const world = createWorld(2);
  const ann = world.device();
  await logIn(world, ann, 'ann');
  await settle(world, ann.tim.updateMyProfile({ nick: 'Annie' }));
  const codes: [object, number][] = [
    [{ nick: 'x'.repeat(501) }, 40601],
    [{ gender: 'male' }, 40605],
    [{ level: -1 }, 40605],
    [{ profileCustomField: [{ key: 'Tag_Profile_Custom_None', value: 'x' }] }, 40009],
  ];
  for (const [changes, code] of codes)
    await expect(settle(world, ann.tim.updateMyProfile(changes))).rejects.toMatchObject({ code });
  const whole = (await settle(world, ann.tim.getMyProfile())).data;
  const handedBack: object = { ...whole, nick: 'Anne' };
  expect((await settle(world, ann.tim.updateMyProfile(handedBack))).data.nick).toBe('Anne');
});
