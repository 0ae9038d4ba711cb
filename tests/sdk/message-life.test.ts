import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Alice with two pages open, and Bob. */
async function meet(seed: number): Promise<{ world: World; alice: Device; other: Device; bob: Device }> {
  const world = createWorld(seed, { webInstances: 3 });
  const [bob, alice, other] = [world.device(), world.device(), world.device()];
  await logIn(world, bob, 'bob');
  await logIn(world, alice, 'alice');
  await logIn(world, other, 'alice');
  return { world, alice, other, bob };
}

/** A new device of bob's, whose page of history has been read by the server and does not come before it is released. */
async function readSlowly(world: World, conversationID: string) {
  const late = world.device();
  await logIn(world, late, 'bob');
  const release = world.holdNextRead();
  const page = late.tim.getMessageList({ conversationID });
  await world.pass(100);
  return { page, release };
}

describe('recall', () => {
  test('takes the content away from everybody, and the message out of what is unread', async () => {
    const { world, alice, other, bob } = await meet(1);
    const message = await say(world, alice, 'bob', 'a slip of the tongue');
    expect((await shown(world, bob, 'C2Calice'))?.unreadCount).toBe(1);
    const { data } = await settle(world, alice.tim.revokeMessage(message));
    expect(data.message).toBe(message);
    expect(message).toMatchObject({ isRevoked: true, revoker: 'alice' });
    for (const device of [bob, other]) {
      expect(told(device, 'onMessageRevoked')).toMatchObject([[{ ID: message.ID, isRevoked: true }]]);
    }
    expect(told(alice, 'onMessageRevoked')).toEqual([]);
    expect(await shown(world, bob, 'C2Calice')).toMatchObject({
      unreadCount: 0,
      lastMessage: { isRevoked: true },
    });
    const late = world.device();
    await logIn(world, late, 'bob');
    expect(JSON.stringify(await history(world, late, 'C2Calice'))).not.toContain('slip');
  });

  test('is told to whoever asked for it too, and came too late', async () => {
    const { world, alice, bob } = await meet(2);
    const message = await say(world, alice, 'bob', 'slip');
    const [received] = await history(world, bob, 'C2Calice');
    if (!received) throw new Error('nothing was received');
    const first = alice.tim.revokeMessage(message);
    const refusal = bob.tim.revokeMessage(received).catch((error: unknown) => error);
    await settle(world, first);
    expect(await settle(world, refusal)).toMatchObject({ code: 20026 });
    expect(received).toMatchObject({ isRevoked: true, revoker: 'alice' });
    expect(told(bob, 'onMessageRevoked')).toHaveLength(1);
  });

  test('is told to whoever was shown the message, though a page brings it before its event', async () => {
    const { world, alice, bob } = await meet(2);
    const message = await say(world, alice, 'bob', 'slip');
    const late = world.device();
    await logIn(world, late, 'bob');
    world.bus.losing = true;
    await settle(world, alice.tim.revokeMessage(message));
    expect(await history(world, late, 'C2Calice')).toMatchObject([{ isRevoked: true }]);
    world.bus.losing = false;
    await world.pass(10_000);
    for (const device of [bob, late]) expect(told(device, 'onMessageRevoked')).toHaveLength(1);
  });

  test('holds though a page that was read before it comes after it', async () => {
    const { world, alice, bob } = await meet(2);
    const message = await say(world, alice, 'bob', 'slip');
    await say(world, alice, 'bob', 'hello');
    const conversationID = 'C2Calice';
    await settle(world, bob.tim.setMessageRead({ conversationID }));
    const { page, release } = await readSlowly(world, conversationID);
    await settle(world, alice.tim.revokeMessage(message));
    release();
    expect((await settle(world, page)).data.messageList).toMatchObject([
      { isRevoked: true, payload: { text: '' } },
      { isRevoked: false },
    ]);
  });

  test('that is refused leaves the message in the list as it was', async () => {
    const { world, alice, bob } = await meet(2);
    const message = await say(world, alice, 'bob', 'hello');
    const [received] = await history(world, bob, 'C2Calice');
    if (!received) throw new Error('nothing was received');
    const release = world.holdNextRead();
    const refusal = bob.tim.revokeMessage(received).catch((error: unknown) => error);
    await world.pass(100);
    // Brings the list up to date while the answer is awaited.
    await settle(world, alice.tim.modifyMessage({ ...message, payload: { text: 'hello, you' } } as never));
    release();
    expect(await settle(world, refusal)).toMatchObject({ code: 10007 });
    expect((await shown(world, bob, 'C2Calice'))?.lastMessage).toMatchObject({
      messageForShow: 'hello, you',
      isRevoked: false,
    });
  });

  test('is refused after two minutes, and for a message of somebody else; twice it is done once', async () => {
    const { world, alice, bob } = await meet(2);
    const message = await say(world, alice, 'bob', 'hello');
    const [received] = await history(world, bob, 'C2Calice');
    if (!received) throw new Error('nothing was received');
    await expect(settle(world, bob.tim.revokeMessage(received))).rejects.toMatchObject({ code: 10007 });
    expect(received.isRevoked).toBe(false);
    await world.pass(121_000);
    await expect(settle(world, alice.tim.revokeMessage(message))).rejects.toMatchObject({ code: 20016 });
    const second = await say(world, alice, 'bob', 'again');
    await settle(world, alice.tim.revokeMessage(second));
    await settle(world, alice.tim.revokeMessage(second));
    expect(told(bob, 'onMessageRevoked')).toHaveLength(1);
  });
});

describe('change', () => {
  test('reaches both sides; who changes an older copy gets the newest', async () => {
    const { world, alice, other, bob } = await meet(3);
    const message = await say(world, alice, 'bob', 'first');
    const [received] = await history(world, bob, 'C2Calice');
    if (!received) throw new Error('nothing was received');
    const stale = { ...received, payload: { text: 'from bob' } };
    message.payload = { text: 'second' };
    await settle(world, alice.tim.modifyMessage(message));
    expect(told(bob, 'onMessageModified')).toMatchObject([
      [{ ID: message.ID, isModified: true, payload: { text: 'second' } }],
    ]);
    expect(received.payload).toEqual({ text: 'second' });
    for (const [device, peer] of [
      [bob, 'alice'],
      [alice, 'bob'],
      [other, 'bob'],
    ] as const)
      expect((await shown(world, device, `C2C${peer}`))?.lastMessage.messageForShow).toBe('second');
    bob.cut();
    const cold = world.device();
    await logIn(world, cold, 'bob');
    await expect(settle(world, cold.tim.modifyMessage(stale as never))).rejects.toMatchObject({
      code: 2480,
      data: { message: { payload: { text: 'second' } } },
    });
  });
});

test('a change of the last message is in the list of whoever made it with its answer', async () => {
  const { world, alice } = await meet(3);
  const message = await say(world, alice, 'bob', 'first');
  world.bus.losing = true;
  await settle(world, alice.tim.modifyMessage({ ...message, payload: { text: 'second' } } as never));
  expect((await shown(world, alice, 'C2Cbob'))?.lastMessage.messageForShow).toBe('second');
});

describe('change that a page brings', () => {
  test.each(['other', 'bob'] as const)('before its event is told to %s, too', async (who) => {
    const { world, alice, ...rest } = await meet(3);
    const device = rest[who];
    const message = await say(world, alice, 'bob', 'first');
    const conversationID = who === 'bob' ? 'C2Calice' : 'C2Cbob';
    const late = world.device();
    await logIn(world, late, who === 'bob' ? 'bob' : 'alice');
    world.bus.losing = true;
    await settle(world, alice.tim.modifyMessage({ ...message, payload: { text: 'second' } } as never));
    expect(await history(world, late, conversationID)).toMatchObject([{ payload: { text: 'second' } }]);
    world.bus.losing = false;
    await world.pass(10_000);
    for (const each of [device, late]) expect(told(each, 'onMessageModified')).toHaveLength(1);
    expect((await shown(world, late, conversationID))?.lastMessage.messageForShow).toBe('second');
  });

  test('late, read before it was made, does not take it back', async () => {
    const { world, alice, bob } = await meet(2);
    const message = await say(world, alice, 'bob', 'first');
    await say(world, alice, 'bob', 'hello');
    const conversationID = 'C2Calice';
    await settle(world, bob.tim.setMessageRead({ conversationID }));
    const { page, release } = await readSlowly(world, conversationID);
    await settle(world, alice.tim.modifyMessage({ ...message, payload: { text: 'second' } } as never));
    release();
    expect((await settle(world, page)).data.messageList[0]).toMatchObject({
      version: 1,
      payload: { text: 'second' },
    });
  });
});

describe('deletion for me', () => {
  test('of what is recalled then takes off one unread, on a device that began in between, too', async () => {
    const { world, alice, bob } = await meet(4);
    await say(world, alice, 'bob', 'one');
    const second = await say(world, alice, 'bob', 'two');
    const list = await history(world, bob, 'C2Calice');
    await settle(world, bob.tim.deleteMessage(list.slice(-1)));
    const late = world.device();
    await logIn(world, late, 'bob');
    await settle(world, alice.tim.revokeMessage(second));
    for (const device of [bob, late])
      expect(await shown(world, device, 'C2Calice')).toMatchObject({ unreadCount: 1 });
  });

  test('holds on all my devices and touches nobody else', async () => {
    const { world, alice, other, bob } = await meet(4);
    const first = await say(world, bob, 'alice', 'one');
    await say(world, bob, 'alice', 'two');
    const list = await history(world, alice, 'C2Cbob');
    expect(list.map(({ payload }) => payload)).toEqual([{ text: 'one' }, { text: 'two' }]);
    const [one, two] = list;
    if (!one || !two) throw new Error('two messages were sent');
    expect((await settle(world, alice.tim.deleteMessage([two]))).data.messageList[0]?.isDeleted).toBe(true);
    expect(await shown(world, alice, 'C2Cbob')).toMatchObject({
      unreadCount: 1,
      lastMessage: { messageForShow: 'one' },
    });
    expect(await shown(world, other, 'C2Cbob')).toMatchObject({
      unreadCount: 1,
      lastMessage: { messageForShow: 'one' },
    });
    expect(await history(world, other, 'C2Cbob')).toHaveLength(1);
    expect(await history(world, bob, 'C2Calice')).toHaveLength(2);
    const late = world.device();
    await logIn(world, late, 'alice');
    expect((await history(world, late, 'C2Cbob')).map(({ ID }) => ID)).toEqual([first.ID]);
  });

  test('clears a history, and the conversation stays', async () => {
    const { world, alice, other, bob } = await meet(5);
    await say(world, bob, 'alice', 'one');
    await settle(world, alice.tim.clearHistoryMessage('C2Cbob'));
    for (const device of [alice, other]) {
      expect(await history(world, device, 'C2Cbob')).toEqual([]);
      expect(await shown(world, device, 'C2Cbob')).toMatchObject({ unreadCount: 0 });
    }
    await say(world, bob, 'alice', 'two');
    expect((await shown(world, alice, 'C2Cbob'))?.unreadCount).toBe(1);
    expect(await history(world, bob, 'C2Calice')).toHaveLength(2);
  });
});

describe('receipts, extensions, reactions', () => {
  test('the sender hears who has read, and unread counts stay as they are', async () => {
    const { world, alice, bob } = await meet(6);
    const message = await say(world, alice, 'bob', { text: 'read this', needReadReceipt: true });
    await settle(world, bob.tim.sendMessageReadReceipt(await history(world, bob, 'C2Calice')));
    expect(told(alice, 'onMessageReadReceiptReceived')).toMatchObject([
      [{ userID: 'bob', messageID: message.ID, readCount: 1, unreadCount: 0, isPeerRead: true }],
    ]);
    expect(message.readReceiptInfo).toMatchObject({ readCount: 1, isPeerRead: true });
    expect((await shown(world, bob, 'C2Calice'))?.unreadCount).toBe(1);
    const { data } = await settle(world, alice.tim.getMessageReadReceiptList([message]));
    expect(data.messageList[0]?.readReceiptInfo).toMatchObject({ readCount: 1 });
    const readers = await settle(world, alice.tim.getGroupMessageReadMemberList({ message }));
    expect(readers.data).toMatchObject({ isCompleted: true, readUserIDList: ['bob'] });
  });

  test('what is told of readers late takes nothing back that an answer has said', async () => {
    const world = createWorld(6);
    const [alice, bob, cas] = [world.device(), world.device(), world.device()];
    for (const [device, user] of [
      [alice, 'alice'],
      [bob, 'bob'],
      [cas, 'cas'],
    ] as const)
      await logIn(world, device, user);
    const memberList = [{ userID: 'bob' }, { userID: 'cas' }];
    const made = alice.tim.createGroup({ type: 'Public', groupID: 'tea', name: 'tea', memberList });
    await settle(world, made);
    const group = { text: 'read this', conversationType: 'GROUP', needReadReceipt: true } as const;
    const message = await say(world, alice, 'tea', group);
    const readings = await Promise.all([bob, cas].map((device) => history(world, device, 'GROUPtea')));
    world.bus.losing = true;
    const receipts = [bob, cas].map((device, index) =>
      device.tim.sendMessageReadReceipt(readings[index] ?? []),
    );
    await settle(world, Promise.all(receipts));
    const answer = { readCount: 2, unreadCount: 0, isPeerRead: false };
    await settle(world, alice.tim.getMessageReadReceiptList([{ ...message }]));
    expect(message.readReceiptInfo, 'the message of a copy').toMatchObject(answer);
    world.bus.losing = false;
    await world.pass(6_000);
    expect(told(alice, 'onMessageReadReceiptReceived').flat()).toMatchObject([
      { groupID: 'tea', messageID: message.ID, ...answer },
      { groupID: 'tea', messageID: message.ID, ...answer },
    ]);
    expect(message.readReceiptInfo).toMatchObject(answer);
  });

  test('extensions are set once by whoever comes first', async () => {
    const { world, alice, bob } = await meet(7);
    const message = await say(world, alice, 'bob', { text: 'a poll', isSupportExtension: true });
    const [received] = await history(world, bob, 'C2Calice');
    if (!received) throw new Error('nothing was received');
    const mine = await settle(world, alice.tim.setMessageExtensions(message, [{ key: 'a', value: '1' }]));
    expect(mine.data.extensions).toEqual([{ key: 'a', value: '1', code: 0 }]);
    expect(told(bob, 'onMessageExtensionsUpdated')).toEqual([
      { messageID: message.ID, extensions: [{ key: 'a', value: '1' }] },
    ]);
    const late = await settle(world, bob.tim.setMessageExtensions(received, [{ key: 'a', value: '2' }]));
    expect(late.data.extensions).toEqual([{ key: 'a', value: '1', code: 23001 }]);
    const again = await settle(world, bob.tim.setMessageExtensions(received, [{ key: 'a', value: '2' }]));
    expect(again.data.extensions).toEqual([{ key: 'a', value: '2', code: 0 }]);
    await settle(world, bob.tim.deleteMessageExtensions(received));
    expect(told(alice, 'onMessageExtensionsDeleted')).toEqual([{ messageID: message.ID, keyList: ['a'] }]);
    expect((await settle(world, alice.tim.getMessageExtensions(message))).data.extensions).toEqual([]);
  });

  test('reactions are counted, told, and taken back', async () => {
    const { world, alice, bob } = await meet(8);
    const message = await say(world, alice, 'bob', 'good news');
    const [received] = await history(world, bob, 'C2Calice');
    if (!received) throw new Error('nothing was received');
    await settle(world, bob.tim.addMessageReaction(received, '👍'));
    expect(told(alice, 'onMessageReactionsUpdated')).toMatchObject([
      [
        {
          messageID: message.ID,
          reactionList: [{ reactionID: '👍', totalUserCount: 1, reactedByMyself: false }],
        },
      ],
    ]);
    await expect(settle(world, bob.tim.addMessageReaction(received, '👍'))).rejects.toMatchObject({
      code: 23007,
    });
    const { data } = await settle(world, bob.tim.getMessageReactions({ messageList: [received] }));
    expect(data).toMatchObject([{ messageID: message.ID, reactionList: [{ reactedByMyself: true }] }]);
    await settle(world, bob.tim.removeMessageReaction(received, '👍'));
    await expect(settle(world, bob.tim.removeMessageReaction(received, '👍'))).rejects.toMatchObject({
      code: 23008,
    });
  });
});

describe('hopping', () => {
  test('reads from a number, and from a time, in both directions', async () => {
    const { world, alice, bob } = await meet(9);
    for (let number = 1; number <= 30; number++) await say(world, bob, 'alice', `m${number}`);
    const words = async (options: {
      sequence?: number;
      time?: number;
      direction?: 0 | 1;
      count?: number;
    }) => {
      const { data } = await settle(
        world,
        alice.tim.getMessageListHopping({ conversationID: 'C2Cbob', ...options }),
      );
      return data.messageList.map(({ payload }) => (payload as { text: string }).text);
    };
    expect(await words({ sequence: 10, count: 3 })).toEqual(['m8', 'm9', 'm10']);
    expect(await words({ sequence: 10, count: 3, direction: 1 })).toEqual(['m10', 'm11', 'm12']);
    const list = await history(world, alice, 'C2Cbob');
    const time = list.find(({ payload }) => (payload as { text: string }).text === 'm20')?.time ?? 0;
    expect((await words({ time, count: 2 })).at(-1)).toBe('m20');
  });

  test('says of messages that it had not loaded whether they were read', async () => {
    const { world, alice, bob } = await meet(10);
    for (let number = 1; number <= 30; number++) await say(world, bob, 'alice', `m${number}`);
    await settle(world, alice.tim.setMessageRead({ conversationID: 'C2Cbob' }));
    await say(world, bob, 'alice', 'not read');
    const [freshAlice, freshBob] = [world.device(), world.device()];
    await logIn(world, freshAlice, 'alice');
    await logIn(world, freshBob, 'bob');
    const at = async (device: Device, conversationID: string, sequence: number) => {
      const options = { conversationID, sequence, count: 1 };
      return (await settle(world, device.tim.getMessageListHopping(options))).data.messageList[0];
    };
    expect(await at(freshAlice, 'C2Cbob', 3)).toMatchObject({ flow: 'in', isRead: true });
    expect(await at(freshAlice, 'C2Cbob', 31)).toMatchObject({ flow: 'in', isRead: false });
    expect(await at(freshBob, 'C2Calice', 3)).toMatchObject({ flow: 'out', isPeerRead: true });
    expect(await at(freshBob, 'C2Calice', 31)).toMatchObject({ flow: 'out', isPeerRead: false });
  });
});
