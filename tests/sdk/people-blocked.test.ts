import { allModules, furtherModules } from '@sterna/sdk/testing';
import type { ChatSDK, Message } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Ben, whom Ann has blocked, tries everything that would reach her one-to-one; nothing comes to either of her devices. */

const source = 'AddSource_Type_Web';

interface Scene {
  world: World;
  ann: Device;
  other: Device;
  ben: Device;
  /** Ben's to Ann, and hers to him, as he has them. */
  mine: Message;
  hers: Message;
  /** Hers, which he did not answer. */
  inviteID: string;
}

async function setScene(hidesBlocks: boolean): Promise<Scene> {
  const world = createWorld(1, {
    webInstances: 3,
    domains: [...allModules, ...furtherModules],
    settings: { hidesBlocks },
  });
  const [ann, other, ben] = [world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, other, 'ann');
  await logIn(world, ben, 'ben');
  const flags = { needReadReceipt: true, isSupportExtension: true };
  await say(world, ben, 'ann', { text: 'mine', ...flags });
  await say(world, ann, 'ben', { text: 'hers', ...flags });
  const [mine, hers] = await history(world, ben, 'C2Cann');
  if (!mine || !hers) throw new Error('they have talked');
  const { inviteID } = (await settle(world, ann.tim.invite({ userID: 'ben', timeout: 0 }))).data;
  await settle(world, ann.tim.addToBlacklist({ userIDList: ['ben'] }));
  await settle(world, ann.tim.subscribeUserStatus({ userIDList: ['ben'] }));
  for (const device of [ann, other]) device.events.length = 0;
  return { world, ann, other, ben, mine, hers, inviteID };
}

type Attempt = (tim: ChatSDK, scene: Scene) => Promise<unknown>;
const text = (tim: ChatSDK, payload = { text: 'hi' }): Message =>
  tim.createTextMessage({ to: 'ann', conversationType: 'C2C', payload });

/** With its code, and that where the block is hidden, if it is another. */
const ATTEMPTS: Record<string, readonly [attempt: Attempt, code: number, hidden?: number]> = {
  'a message': [(tim) => tim.sendMessage(text(tim)), 20007, 0],
  'one for who is online': [(tim) => tim.sendMessage(text(tim), { onlineUserOnly: true }), 20007, 0],
  typing: [
    (tim) => {
      const payload = { data: 'typing', description: '', extension: '' };
      const message = tim.createCustomMessage({ to: 'ann', conversationType: 'C2C', payload });
      return tim.sendMessage(message, { onlineUserOnly: true });
    },
    20007,
    0,
  ],
  'a recall': [(tim, { mine }) => tim.revokeMessage(mine), 20007],
  'a change': [
    (tim, { mine }) => tim.modifyMessage(Object.assign(mine, { payload: { text: 'changed' } })),
    20007,
  ],
  'a reaction': [(tim, { hers }) => tim.addMessageReaction(hers, 'smile'), 20007],
  'an extension': [(tim, { hers }) => tim.setMessageExtensions(hers, [{ key: 'k', value: 'v' }]), 20007],
  'a receipt': [(tim, { hers }) => tim.sendMessageReadReceipt([hers]), 0],
  'having read': [(tim) => tim.setMessageRead({ conversationID: 'C2Cann' }), 0],
  'an invitation': [(tim) => tim.invite({ userID: 'ann', timeout: 1 }), 20007, 0],
  'an invitation for who is online': [(tim) => tim.invite({ userID: 'ann', onlineUserOnly: true }), 20007, 0],
  'an answer to hers': [(tim, { inviteID }) => tim.accept({ inviteID }), 20007, 0],
  'a wish to be friends': [(tim) => tim.addFriend({ to: 'ann', source }), 30525],
  'a new face': [(tim) => tim.updateMyProfile({ nick: 'Benny' }), 0],
  'a status': [(tim) => tim.setSelfStatus({ customStatus: 'here I am' }), 0],
  'going and coming': [(tim) => tim.logout().then(() => tim.login({ userID: 'ben', userSig: 'sig' })), 0],
};

describe.each([
  ['told', false],
  ['not told', true],
])('who is blocked and is %s so', (_, hidesBlocks) => {
  test.each(Object.entries(ATTEMPTS))('%s', async (_name, [attempt, code, hidden = code]) => {
    const scene = await setScene(hidesBlocks);
    const { world, ann, other, ben } = scene;
    const outcome = await settle(world, attempt(ben.tim, scene)).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
    await world.pass(30_000);
    for (const device of [ann, other])
      expect(device.events.filter(({ name }) => name !== 'netStateChange')).toEqual([]);
    expect(outcome).toBe(hidesBlocks ? hidden : code);
    const messages = await history(world, ann, 'C2Cben');
    expect(
      messages.map(({ isRevoked, isModified, isPeerRead }) => [isRevoked, isModified, isPeerRead]),
    ).toEqual(messages.map(() => [false, false, false]));
    expect(messages).toHaveLength(3);
  });
});

test('a block is between two: in groups, and into groups, all is as before', async () => {
  const { world, ann, ben } = await setScene(false);
  const memberList = [{ userID: 'ann' }];
  const made = await settle(
    world,
    ben.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }),
  );
  expect(made.data.group.groupID).toBe('tea');
  await say(world, ben, 'tea', { text: 'to all', conversationType: 'GROUP' });
  const last = (await history(world, ann, 'GROUPtea')).at(-1);
  expect(last).toMatchObject({ from: 'ben', payload: { text: 'to all' } });
  expect(await history(world, ann, 'C2Cben')).toHaveLength(3);
});
