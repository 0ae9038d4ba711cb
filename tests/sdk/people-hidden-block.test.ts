import { allModules, furtherModules } from '@sterna/sdk/testing';
import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle, shown } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Ben writes to Ann, who has blocked him or has not. The app tells nobody of blocks: Ben finds no difference, on any device. */

interface Scene {
  world: World;
  ann: Device;
  ben: Device;
  other: Device;
}

async function meet({
  isBlocked,
  haveTalked = false,
}: {
  isBlocked: boolean;
  haveTalked?: boolean;
}): Promise<Scene> {
  const world = createWorld(1, {
    webInstances: 4,
    domains: [...allModules, ...furtherModules],
    search: true,
    settings: { hidesBlocks: true },
  });
  const [ann, ben, other] = [world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  await logIn(world, other, 'ben');
  if (haveTalked) await say(world, ben, 'ann', 'before');
  await settle(world, ann.tim.addToBlacklist({ userIDList: [isBlocked ? 'ben' : 'nobody'] })).catch(
    () => undefined,
  );
  await world.pass(5_000);
  for (const device of [ann, ben, other]) device.events.length = 0;
  return { world, ann, ben, other };
}

/** What Ben's device shows of the conversation, from the server as far as the SDK reads it. */
async function shownTo({ world }: Scene, device: Device): Promise<unknown[]> {
  const found = await settle(
    world,
    device.tim.searchCloudMessages({ keywordList: ['secret'], conversationID: 'C2Cann' }),
  );
  return [await history(world, device, 'C2Cann'), await shown(world, device, 'C2Cann'), found.data];
}

async function newDevice({ world }: Scene, userID: string): Promise<Device> {
  const device = world.device();
  await logIn(world, device, userID);
  return device;
}

/** All that Ben does, and what he sees of it in the end. */
async function lifeOf(scene: Scene): Promise<unknown> {
  const { world, ben, other } = scene;
  const message = await say(world, ben, 'ann', {
    text: 'secret',
    needReadReceipt: true,
    isSupportExtension: true,
  });
  const slip = await say(world, other, 'ann', 'secret slip');
  await say(world, ben, 'ann', 'secret three');
  await settle(world, other.tim.revokeMessage(slip));
  const copy = (await history(world, other, 'C2Cann')).find(({ ID }) => ID === message.ID);
  if (copy === undefined) throw new Error('the other device has it');
  await settle(world, other.tim.modifyMessage(Object.assign(copy, { cloudCustomData: 'changed' })));
  await settle(world, ben.tim.addMessageReaction(message, 'smile'));
  await settle(world, ben.tim.setMessageExtensions(message, [{ key: 'k', value: 'v' }]));
  const { inviteID } = (await settle(world, ben.tim.invite({ userID: 'ann', timeout: 5 }))).data;
  await world.pass(10_000);
  const events = [ben, other].map((device) => device.events.map(({ name, data }) => [name, data]));
  ben.cut();
  await world.pass(5_000);
  const seen = [await shownTo(scene, ben), await shownTo(scene, other)];
  // As after a reload.
  seen.push(await shownTo(scene, await newDevice(scene, 'ben')));
  const receipts = await settle(world, ben.tim.getMessageReadReceiptList([message]));
  return JSON.parse(JSON.stringify({ events, seen, receipts: receipts.data }).replaceAll(inviteID, 'invite'));
}

describe.each([
  ['strangers', false],
  ['who have talked', true],
])('where blocks are not told, between %s', (_, haveTalked) => {
  test('who is blocked sees on all devices, and after a reload, what who is not sees', async () => {
    const lives = [];
    for (const isBlocked of [false, true]) lives.push(await lifeOf(await meet({ isBlocked, haveTalked })));
    expect(JSON.stringify(lives[0])).toContain('secret three');
    expect(lives[1]).toEqual(lives[0]);
  });

  test('nothing of it reaches who has blocked: no event, no frame, no list, no search, after the block neither', async () => {
    const scene = await meet({ isBlocked: true, haveTalked });
    const { world, ann, ben } = scene;
    const before = await shown(world, ann, 'C2Cben');
    await lifeOf(scene);
    expect(ann.events).toEqual([]);
    ann.cut();
    await world.pass(10_000);
    expect(ann.events.filter(({ name }) => name !== 'netStateChange')).toEqual([]);
    expect(await shown(world, ann, 'C2Cben')).toEqual(before);
    await settle(world, ann.tim.removeFromBlacklist({ userIDList: ['ben'] }));
    const later = await newDevice(scene, 'ann');
    const texts = haveTalked ? ['before'] : [];
    for (const device of [ann, later]) {
      const messages = await history(world, device, 'C2Cben');
      expect(messages.map(({ payload }) => payload)).toEqual(texts.map((text) => ({ text })));
      expect((await shown(world, device, 'C2Cben'))?.unreadCount).toBe(haveTalked ? 1 : undefined);
      const found = await settle(world, device.tim.searchCloudMessages({ keywordList: ['secret'] }));
      expect(found.data.totalCount).toBe(0);
    }
    await say(world, ben, 'ann', 'after');
    for (const device of [ann, later]) {
      const messages = await history(world, device, 'C2Cben');
      expect(messages.map(({ payload }) => payload)).toEqual([...texts, 'after'].map((text) => ({ text })));
      expect(await shown(world, device, 'C2Cben')).toMatchObject({ unreadCount: texts.length + 1 });
      expect(device.wire.join('')).not.toMatch(/secret|smile|invite|changed/u);
    }
  });
});

test('a deleted conversation stays away, and a message that was sent again after the block is not delivered late', async () => {
  const scene = await meet({ isBlocked: true, haveTalked: true });
  const { world, ann, ben } = scene;
  await settle(world, ann.tim.deleteConversation('C2Cben'));
  const message = ben.tim.createTextMessage({
    to: 'ann',
    conversationType: 'C2C',
    payload: { text: 'secret' },
  });
  const sending = ben.tim.sendMessage(message);
  // Far enough that the server has heard it, and its answer is still on its way.
  await world.pass(8);
  ben.setReachable(false);
  ben.cut();
  expect(await shown(world, ann, 'C2Cben')).toBeUndefined();
  await settle(world, ann.tim.removeFromBlacklist({ userIDList: ['ben'] }));
  ben.setReachable(true);
  ben.platform.setOnline(true);
  await world.pass(5_000);
  expect((await settle(world, sending)).data.message.status).toBe('success');
  for (const device of [ann, await newDevice(scene, 'ann')]) {
    expect(await shown(world, device, 'C2Cben')).toBeUndefined();
    expect(device.wire.join('')).not.toContain('secret');
  }
});
