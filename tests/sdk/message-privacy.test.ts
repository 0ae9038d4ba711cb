import { expect, test } from 'vitest';
import { history, logIn, say, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Everything that a device was told, and everything that crossed its wire. */
const heard = (device: Device): string => JSON.stringify(device.events) + device.wire.join('');

async function group(world: World, owner: Device, members: string[], type = 'Public') {
  const memberList = members.map((userID) => ({ userID }));
  const options = { groupID: 'tea', name: 'tea', type: type as 'Public', memberList };
  await settle(world, owner.tim.createGroup({ ...options, joinOption: 'FreeAccess' }));
}

async function three(seed: number): Promise<{ world: World; ann: Device; ben: Device; cai: Device }> {
  const world = createWorld(seed);
  const [ann, ben, cai] = [world.device(), world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, cai, 'cai');
  await logIn(world, ann, 'ann');
  return { world, ann, ben, cai };
}

test('of a message that was changed and then recalled, nothing reaches who was away', async () => {
  const { world, ann, ben } = await three(1);
  const message = await say(world, ann, 'ben', 'hello');
  await say(world, ann, 'ben', 'bye');
  ben.setReachable(false);
  ben.cut();
  for (const text of ['secret one', 'secret two']) {
    message.payload = { text };
    await settle(world, ann.tim.modifyMessage(message));
  }
  await settle(world, ann.tim.revokeMessage(message));
  ben.setReachable(true);
  await world.pass(30_000);
  expect(heard(ben)).not.toContain('secret');
  expect(told(ben, 'onMessageRevoked')).toMatchObject([[{ ID: message.ID }]]);
  expect(told(ben, 'onMessageModified')).toEqual([]);
});

test('of the extensions of a message that was then recalled, nothing reaches who was away', async () => {
  const { world, ann, ben } = await three(5);
  const message = await say(world, ann, 'ben', { text: 'hello', isSupportExtension: true });
  ben.setReachable(false);
  ben.cut();
  for (const value of ['secret one', 'secret two'])
    await settle(world, ann.tim.setMessageExtensions(message, [{ key: 'secret key', value }]));
  await settle(world, ann.tim.deleteMessageExtensions(message));
  await settle(world, ann.tim.revokeMessage(message));
  ben.setReachable(true);
  await world.pass(30_000);
  expect(heard(ben)).not.toContain('secret');
  expect(told(ben, 'onMessageRevoked')).toMatchObject([[{ ID: message.ID }]]);
});

test('of the reactions to a message, who was away hears how each stands; of one that was recalled, nothing', async () => {
  const { world, ann, ben } = await three(6);
  const [kept, gone] = [await say(world, ann, 'ben', 'hello'), await say(world, ann, 'ben', 'bye')];
  ben.setReachable(false);
  ben.cut();
  for (const reactionID of ['a smile', 'a heart'])
    await settle(world, ann.tim.addMessageReaction(kept, reactionID));
  await settle(world, ann.tim.removeMessageReaction(kept, 'a smile'));
  await settle(world, ann.tim.addMessageReaction(gone, 'secret smile'));
  await settle(world, ann.tim.revokeMessage(gone));
  ben.setReachable(true);
  await world.pass(30_000);
  expect(told(ben, 'onMessageReactionsUpdated')).toMatchObject([
    [{ messageID: kept.ID, reactionList: [{ reactionID: 'a heart', totalUserCount: 1 }] }],
    [{ messageID: kept.ID, reactionList: [{ reactionID: 'a smile', totalUserCount: 0 }] }],
  ]);
  expect(heard(ben)).not.toContain('secret');
});

test('several changes made while a device was away come to it as the newest', async () => {
  const { world, ann, ben } = await three(2);
  const message = await say(world, ann, 'ben', 'one');
  ben.setReachable(false);
  ben.cut();
  for (const text of ['two', 'three']) {
    message.payload = { text };
    await settle(world, ann.tim.modifyMessage(message));
  }
  ben.setReachable(true);
  await world.pass(30_000);
  expect(told(ben, 'onMessageModified')).toMatchObject([[{ ID: message.ID, payload: { text: 'three' } }]]);
});

test('what becomes of a targeted message is told to its receivers alone', async () => {
  const { world, ann, ben, cai } = await three(3);
  await group(world, ann, ['ben', 'cai']);
  const target = {
    to: 'tea',
    conversationType: 'GROUP' as const,
    payload: { text: 'secret zero' },
    receiverList: ['ben'],
    isSupportExtension: true,
  };
  const message = ann.tim.createTextMessage(target);
  await settle(world, ann.tim.sendMessage(message));
  const own = message as typeof message & { payload: { text: string } };
  own.payload = { text: 'secret one' };
  await settle(world, ann.tim.modifyMessage(own));
  await settle(world, ann.tim.addMessageReaction(own, 'secret smile'));
  await settle(world, ann.tim.setMessageExtensions(own, [{ key: 'secret', value: 'x' }]));
  await settle(world, ann.tim.pinGroupMessage({ groupID: 'tea', message: own, isPinned: true }));
  cai.cut();
  await world.pass(30_000);
  await settle(world, ann.tim.revokeMessage(own));
  const online = ann.tim.createTextMessage({ ...target, payload: { text: 'secret ping' } });
  await settle(world, ann.tim.sendMessage(online, { onlineUserOnly: true }));
  expect(told(ben, 'onMessageModified')).toMatchObject([
    [{ ID: message.ID, payload: { text: 'secret one' } }],
  ]);
  expect(told(ben, 'onMessageReactionsUpdated')).toHaveLength(1);
  expect(told(ben, 'onMessageRevoked')).toHaveLength(1);
  expect(heard(ben)).toContain('secret ping');
  expect(heard(cai)).not.toMatch(/secret/);
  expect(heard(cai)).not.toContain(message.ID);
  const unread = (await settle(world, cai.tim.getConversationProfile('GROUPtea'))).data.conversation;
  expect(unread.unreadCount).toBe(0);
});

test('who came later is not told what becomes of what was said before, and can do nothing with it', async () => {
  const { world, ann, ben, cai } = await three(4);
  await group(world, ann, ['ben']);
  const message = await say(world, ann, 'tea', { text: 'secret', conversationType: 'GROUP' });
  const [seen] = await history(world, ben, 'GROUPtea');
  if (!seen) throw new Error('a member sees what is said');
  await settle(world, cai.tim.joinGroup({ groupID: 'tea', type: 'Public' }));
  message.payload = { text: 'secret two' };
  await settle(world, ann.tim.modifyMessage(message));
  await settle(world, ben.tim.addMessageReaction(message, 'secret smile'));
  await settle(world, cai.tim.quitGroup('tea'));
  await settle(world, cai.tim.joinGroup({ groupID: 'tea', type: 'Public' }));
  message.payload = { text: 'secret three' };
  await settle(world, ann.tim.modifyMessage(message));
  cai.cut();
  await world.pass(30_000);
  expect(told(ben, 'onMessageModified')).toHaveLength(2);
  const forged = { ...message };
  await expect(settle(world, cai.tim.addMessageReaction(forged, 'me too'))).rejects.toMatchObject({
    code: 10030,
  });
  await settle(world, ann.tim.setGroupMemberRole({ groupID: 'tea', userID: 'cai', role: 'Admin' }));
  await expect(
    settle(world, cai.tim.modifyMessage({ ...forged, version: 0 } as never)),
  ).rejects.toMatchObject({
    code: 10030,
  });
  expect(heard(cai)).not.toContain('secret');
});
