import type { ChatSDK, Message, SendMessageOptions } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Ann, Ben and Cai, and the group of them. */
async function meet(seed: number): Promise<{ world: World; ann: Device; ben: Device; cai: Device }> {
  const world = createWorld(seed, { webInstances: 3 });
  const [ann, ben, cai] = [world.device(), world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, cai, 'cai');
  await logIn(world, ann, 'ann');
  const memberList = [{ userID: 'ben' }, { userID: 'cai' }];
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }));
  await say(world, ann, 'tea', { text: 'first', conversationType: 'GROUP' });
  await settle(world, ben.tim.setMessageRead({ conversationID: 'GROUPtea' }));
  return { world, ann, ben, cai };
}

const toTea = { to: 'tea', conversationType: 'GROUP' as const };
const toBen = { to: 'ben', conversationType: 'C2C' as const };

async function send(world: World, message: Message, { tim }: Device, options: SendMessageOptions = {}) {
  return (await settle(world, tim.sendMessage(message, options))).data.message;
}

/** Another device of a user, which knows nothing yet. */
async function fresh(world: World, userID: string): Promise<Device> {
  const device = world.device();
  await logIn(world, device, userID);
  return device;
}

test('no options are none, whatever says so', async () => {
  const { world, ann, ben } = await meet(21);
  for (const options of [undefined, null]) {
    const message = ann.tim.createTextMessage({ ...toBen, payload: { text: 'hi' } });
    // Applications in plain JavaScript pass it.
    expect((await send(world, message, ann, options as undefined)).status).toBe('success');
  }
  expect(await history(world, ben, 'C2Cann')).toHaveLength(2);
});

test.each([Number.NaN, 0, -1, null])('of %s messages there are fifteen on a page', async (count) => {
  const { world, ann, ben } = await meet(22);
  for (let index = 0; index < 17; index++)
    void ann.tim.sendMessage(ann.tim.createTextMessage({ ...toBen, payload: { text: `${index}` } }));
  await world.pass(2000);
  const page = ben.tim.getMessageList({ conversationID: 'C2Cann', count: count as number });
  expect((await settle(world, page)).data).toMatchObject({ messageList: { length: 15 }, isCompleted: false });
});

describe('who is mentioned', () => {
  test('finds it on the conversation until it is read, on the next device too', async () => {
    const { world, ann, ben, cai } = await meet(1);
    const at = (atUserList: string[]) =>
      ann.tim.createTextAtMessage({ ...toTea, payload: { text: '@', atUserList } });
    const ALL = '__kImSDK_MesssageAtALL__';
    const sent: Message[] = [];
    for (const list of [['ben'], ['cai'], [ALL], [ALL, 'ben']]) sent.push(await send(world, at(list), ann));
    const kinds = async (device: Device): Promise<unknown> =>
      (await shown(world, device, 'GROUPtea'))?.groupAtInfoList.map(
        ({ messageSequence, atTypeArray, from }) => [
          sent.findIndex(({ sequence }) => sequence === messageSequence),
          atTypeArray,
          from,
        ],
      );
    const bens = [
      [0, [1], 'ann'],
      [2, [2], 'ann'],
      [3, [3], 'ann'],
    ];
    for (const device of [ben, await fresh(world, 'ben')]) expect(await kinds(device)).toEqual(bens);
    expect(await kinds(cai)).toEqual([
      [1, [1], 'ann'],
      [2, [2], 'ann'],
      [3, [2], 'ann'],
    ]);
    expect(await kinds(ann)).toEqual([]);
    await settle(world, ann.tim.revokeMessage(sent[0] as Message));
    expect(await kinds(ben)).toEqual(bens.slice(1));
    await settle(world, ben.tim.setMessageRead({ conversationID: 'GROUPtea' }));
    for (const device of [ben, await fresh(world, 'ben')]) expect(await kinds(device)).toEqual([]);
  });
});

test('priority and custom data come as they were given', async () => {
  const { world, ann, ben } = await meet(2);
  const given = { priority: 'High' as const, cloudCustomData: '{"messageReply":{"messageID":"x"}}' };
  await send(world, ann.tim.createTextMessage({ ...toTea, payload: { text: 'loud' }, ...given }), ann);
  for (const device of [ben, await fresh(world, 'ben')])
    expect((await history(world, device, 'GROUPtea')).at(-1)).toMatchObject(given);
});

describe('what a message does not do', () => {
  test.each([
    ['count as unread', { excludedFromUnreadCount: true }, { unread: 0, last: 'quiet' }],
    ['become the last message', { excludedFromLastMessage: true }, { unread: 1, last: 'first' }],
    [
      'count, nor become the last',
      { excludedFromUnreadCount: true, excludedFromLastMessage: true },
      { unread: 0, last: 'first' },
    ],
  ])('%s', async (_, messageControlInfo, { unread, last }) => {
    const { world, ann, ben } = await meet(3);
    const message = ann.tim.createTextMessage({ ...toTea, payload: { text: 'quiet' } });
    await send(world, message, ann, { messageControlInfo });
    expect(told(ben, 'onMessageReceived').at(-1)).toMatchObject([{ ID: message.ID }]);
    for (const device of [ben, await fresh(world, 'ben')]) {
      expect(await shown(world, device, 'GROUPtea')).toMatchObject({
        unreadCount: unread,
        lastMessage: { messageForShow: last },
      });
      expect((await history(world, device, 'GROUPtea')).at(-1)?.ID).toBe(message.ID);
    }
    expect((await shown(world, ann, 'GROUPtea'))?.lastMessage.messageForShow).toBe(last);
  });

  test('stay, if it is for those who are online: it is told, and is in no history, count or list', async () => {
    const { world, ann, ben, cai } = await meet(4);
    cai.setReachable(false);
    cai.cut();
    for (const [to, conversationID] of [
      [toTea, 'GROUPtea'],
      [toBen, 'C2Cann'],
    ] as const) {
      const message = ann.tim.createTextMessage({ ...to, payload: { text: 'typing' } });
      await send(world, message, ann, { onlineUserOnly: true });
      expect(message.status).toBe('success');
      expect(told(ben, 'onMessageReceived').at(-1)).toMatchObject([{ ID: message.ID, conversationID }]);
    }
    cai.setReachable(true);
    await world.pass(30_000);
    for (const device of [ann, ben, cai, await fresh(world, 'ben')]) {
      const list = await history(world, device, 'GROUPtea');
      expect(list.map(({ payload }) => payload)).not.toContainEqual({ text: 'typing' });
      expect((await shown(world, device, 'GROUPtea'))?.lastMessage.messageForShow).toBe('first');
    }
    expect(JSON.stringify(cai.events)).not.toContain('typing');
    expect((await shown(world, ben, 'GROUPtea'))?.unreadCount).toBe(0);
    expect(await shown(world, ben, 'C2Cann')).toBeUndefined();
  });
});

test('a targeted message is there for its receivers and its sender alone, and counts for nobody', async () => {
  const { world, ann, ben, cai } = await meet(5);
  await settle(world, cai.tim.setMessageRead({ conversationID: 'GROUPtea' }));
  const message = ann.tim.createTextMessage({
    ...toTea,
    payload: { text: 'for ben' },
    receiverList: ['ben'],
  });
  await send(world, message, ann);
  for (const device of [ann, ben, await fresh(world, 'ben')]) {
    expect((await history(world, device, 'GROUPtea')).at(-1)).toMatchObject({ payload: { text: 'for ben' } });
    expect(await shown(world, device, 'GROUPtea')).toMatchObject({
      unreadCount: 0,
      lastMessage: { messageForShow: 'for ben' },
    });
  }
  for (const device of [cai, await fresh(world, 'cai')]) {
    expect((await history(world, device, 'GROUPtea')).at(-1)).toMatchObject({ payload: { text: 'first' } });
    expect(await shown(world, device, 'GROUPtea')).toMatchObject({
      unreadCount: 0,
      lastMessage: { messageForShow: 'first' },
    });
    expect(device.wire.join('')).not.toContain('for ben');
  }
});

test('the list of conversations is whole, or what is asked of it', async () => {
  const { world, ann, ben } = await meet(6);
  await say(world, ann, 'ben', 'hello');
  await say(world, ann, 'cai', 'hello');
  await send(
    world,
    ann.tim.createTextAtMessage({ ...toTea, payload: { text: '@', atUserList: ['ben'] } }),
    ann,
  );
  const mark = { conversationIDList: ['C2Cann'], markType: 1, enableMark: true };
  await settle(world, ben.tim.markConversation(mark));
  await settle(
    world,
    ben.tim.createConversationGroup({ conversationIDList: ['GROUPtea'], groupName: 'club' }),
  );
  const ids = async (options?: Parameters<ChatSDK['getConversationList']>[0]): Promise<string[]> => {
    const { data } = await settle(world, ben.tim.getConversationList(options));
    return data.conversationList
      .map(({ conversationID }) => conversationID)
      .filter((id) => id !== '@TIM#SYSTEM');
  };
  const [group, one] = ['GROUPtea', 'C2Cann'];
  expect(await ids()).toEqual([group, one]);
  expect(await ids([])).toEqual([]);
  expect(await ids([one, 'C2Cnobody'])).toEqual([one]);
  expect(await ids({ type: 'GROUP' })).toEqual([group]);
  expect(await ids({ type: 'C2C' })).toEqual([one]);
  expect(await ids({ markType: 1 })).toEqual([one]);
  expect(await ids({ groupName: 'club' })).toEqual([group]);
  expect(await ids({ hasGroupAtInfo: true })).toEqual([group]);
  expect(await ids({ hasUnreadCount: true })).toEqual([group, one]);
  await settle(world, ben.tim.setMessageRead({ conversationID: group }));
  expect(await ids({ hasUnreadCount: true })).toEqual([one]);
  expect(await ids({ hasUnreadCount: false })).toEqual([group]);
  expect(await ids({ type: 'C2C', hasUnreadCount: false })).toEqual([]);
});
