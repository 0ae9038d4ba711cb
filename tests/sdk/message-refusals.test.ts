import type { ChatSDK, Message } from '@sterna/sdk';
import { allModules, furtherModules } from '@sterna/sdk/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { history, logIn, say, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** What cannot be done with a message says so with the published code, is told to nobody, and changes nothing. */

interface Scene {
  world: World;
  ann: Device;
  ben: Device;
  cai: Device;
  /** Of the group of Ann, who owns it, and Ben, as Ben has it: that she made it, what she said, and what he said. */
  tip: Message;
  hers: Message;
  his: Message;
  /** Ann's to Ben, long ago and now, and one that she took back. */
  old: Message;
  recent: Message;
  gone: Message;
  /** Of the system, to Ann. */
  notice: Message;
}

let scene: Scene;

beforeAll(async () => {
  const world = createWorld(1, { domains: [...allModules, ...furtherModules] });
  const [ann, ben, cai] = [world.device(), world.device(), world.device()];
  for (const [device, userID] of [
    [ann, 'ann'],
    [ben, 'ben'],
    [cai, 'cai'],
  ] as const)
    await logIn(world, device, userID);
  const memberList = [{ userID: 'ben' }];
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }));
  await settle(world, ann.tim.updateGroupProfile({ groupID: 'tea', name: 'green tea' }));
  await say(world, ann, 'tea', { text: 'hers', conversationType: 'GROUP' });
  await say(world, ben, 'tea', { text: 'his', conversationType: 'GROUP' });
  const old = await say(world, ann, 'ben', 'old');
  await world.pass(121_000);
  const recent = await say(world, ann, 'ben', { text: 'recent', needReadReceipt: true });
  const gone = await say(world, ann, 'ben', 'gone');
  await settle(world, ann.tim.revokeMessage(gone));
  const inTea = await history(world, ben, 'GROUPtea');
  const of = (text: string) => inTea.find(({ payload }) => 'text' in payload && payload.text === text);
  const [tip, hers, his] = [inTea.find(({ type }) => type === 'TIMGroupTipElem'), of('hers'), of('his')];
  const [notice] = await history(world, ann, '@TIM#SYSTEM');
  if (!tip || !hers || !his || !notice) throw new Error('not all of it was said');
  scene = { world, ann, ben, cai, tip, hers, his, old, recent, gone, notice };
});

/** The same message for somebody else to try it with. */
const copy = (message: Message, more: object = {}): Message => ({ ...message, ...more }) as Message;
const text = { payload: { text: 'x' } };

const ROWS: Record<string, readonly [call: (scene: Scene) => Promise<unknown>, code: number]> = {
  'recalling one’s own after two minutes': [({ ann, old }) => ann.tim.revokeMessage(old), 20016],
  'recalling one’s own in a group after two minutes': [({ ben, his }) => ben.tim.revokeMessage(his), 10031],
  'recalling what the owner said': [({ ben, hers }) => ben.tim.revokeMessage(hers), 10007],
  'recalling in a group of others': [({ cai, hers }) => cai.tim.revokeMessage(copy(hers)), 10007],
  'recalling a tip': [({ ann, tip }) => ann.tim.revokeMessage(copy(tip)), 10032],
  'recalling a notice of the system': [({ ann, notice }) => ann.tim.revokeMessage(notice), 2106],
  'recalling what was not sent': [
    ({ ann: { tim } }) =>
      tim.revokeMessage(tim.createTextMessage({ to: 'ben', conversationType: 'C2C', ...text })),
    2105,
  ],
  'recalling what nobody said': [
    ({ ann, recent }) => ann.tim.revokeMessage(copy(recent, { sequence: 99 })),
    20026,
  ],
  'recalling what nobody said in a group': [
    ({ ann, hers }) => ann.tim.revokeMessage(copy(hers, { sequence: 99 })),
    10030,
  ],
  'changing the kind of a message': [
    ({ ann, recent }) =>
      ann.tim.modifyMessage(
        copy(recent, { type: 'TIMCustomElem', payload: { data: '', description: '', extension: '' } }),
      ),
    2481,
  ],
  'changing what another said in a group': [
    ({ ben, hers }) => ben.tim.modifyMessage(copy(hers, text)),
    10007,
  ],
  'changing what was recalled': [({ ann, gone }) => ann.tim.modifyMessage(copy(gone, text)), 20026],
  'deleting a notice of the system': [({ ann, notice }) => ann.tim.deleteMessage([notice]), 10035],
  'deleting messages of two conversations': [
    ({ ben, hers, recent }) => ben.tim.deleteMessage([hers, recent]),
    10004,
  ],
  'reacting to what was recalled': [
    ({ ben, gone }) => ben.tim.addMessageReaction(copy(gone, { conversationID: 'C2Cann' }), 'x'),
    20026,
  ],
  'extending a message that was sent without': [
    ({ ann, recent }) => ann.tim.setMessageExtensions(recent, [{ key: 'k', value: 'v' }]),
    2998,
  ],
  'asking who has read what another said': [
    ({ ben, recent }) => ben.tim.getMessageReadReceiptList([copy(recent, { conversationID: 'C2Cann' })]),
    10007,
  ],
  'writing to the system': [
    ({ ann: { tim } }) =>
      tim.sendMessage(tim.createTextMessage({ to: 'x', conversationType: '@TIM#SYSTEM', ...text })),
    2106,
  ],
  'writing to oneself': [({ ann }) => sending(ann.tim, 'ann'), 20003],
  'writing to nobody': [({ ann }) => sending(ann.tim, 'nobody'), 20003],
  'writing to a group of others': [({ cai }) => sending(cai.tim, 'tea', 'GROUP'), 10007],
  'writing to no group': [({ ann }) => sending(ann.tim, 'coffee', 'GROUP'), 10010],
  'forwarding a tip': [
    ({ ben: { tim }, tip }) =>
      tim.sendMessage(tim.createForwardMessage({ to: 'ann', conversationType: 'C2C', payload: tip })),
    2453,
  ],
  'forwarding what was recalled': [({ ann, gone }) => forwarding(ann.tim, gone), 2453],
  'forwarding what was not sent': [
    ({ ann: { tim } }) =>
      forwarding(tim, tim.createTextMessage({ to: 'ben', conversationType: 'C2C', ...text })),
    2453,
  ],
  'changing a text into none': [
    ({ ann, recent }) => ann.tim.modifyMessage(copy(recent, { payload: { text: '' } })),
    10004,
  ],
  'sending what was sent': [({ ann, recent }) => ann.tim.sendMessage(recent), 2103],
};

const forwarding = (tim: ChatSDK, payload: Message) =>
  tim.sendMessage(tim.createForwardMessage({ to: 'ben', conversationType: 'C2C', payload }));

const sending = (tim: ChatSDK, to: string, conversationType: 'C2C' | 'GROUP' = 'C2C') =>
  tim.sendMessage(tim.createTextMessage({ to, conversationType, ...text }));

describe('is refused', () => {
  test.each(Object.entries(ROWS))('%s', async (_, [call, code]) => {
    const { world, ann, ben, cai } = scene;
    const devices = [ann, ben, cai];
    const looks = async () => ({
      told: devices.map(({ events }) => events.filter(({ name }) => name.startsWith('onMessage')).length),
      has: await Promise.all([
        history(world, ben, 'GROUPtea'),
        history(world, ben, 'C2Cann'),
        history(world, ann, '@TIM#SYSTEM'),
      ]).then((pages) =>
        pages.map((page) =>
          page.map(({ ID, payload, isRevoked }) => ({ ID, payload: { ...payload }, isRevoked })),
        ),
      ),
    });
    const before = await looks();
    await expect(settle(world, call(scene))).rejects.toMatchObject({ code });
    expect(await looks()).toEqual(before);
  });
});
