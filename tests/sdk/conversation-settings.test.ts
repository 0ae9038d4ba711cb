import { expect, test } from 'vitest';
import { history, logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Alice on two devices, with conversations with Bob and Carol. */
async function meet(seed: number): Promise<{ world: World; alice: Device; other: Device; bob: Device }> {
  const world = createWorld(seed, { webInstances: 4 });
  const [bob, carol, alice, other] = [world.device(), world.device(), world.device(), world.device()];
  await logIn(world, alice, 'alice');
  await logIn(world, other, 'alice');
  await logIn(world, bob, 'bob');
  await logIn(world, carol, 'carol');
  await say(world, bob, 'alice', 'from bob');
  await say(world, carol, 'alice', 'from carol');
  return { world, alice, other, bob };
}

const order = async (world: World, device: Device): Promise<string[]> => {
  const { data } = await settle(world, device.tim.getConversationList());
  return data.conversationList.map(({ conversationID }) => conversationID);
};

test('a pin, custom data, marks and a remind type reach all my devices, and the next login', async () => {
  const { world, alice, other } = await meet(1);
  expect(await order(world, alice)).toEqual(['C2Ccarol', 'C2Cbob']);
  await settle(world, alice.tim.pinConversation({ conversationID: 'C2Cbob', isPinned: true }));
  await settle(
    world,
    alice.tim.setConversationCustomData({ conversationIDList: ['C2Cbob'], customData: 'vip' }),
  );
  await settle(
    world,
    alice.tim.markConversation({ conversationIDList: ['C2Cbob'], markType: 2 ** 40, enableMark: true }),
  );
  await settle(
    world,
    alice.tim.markConversation({ conversationIDList: ['C2Cbob'], markType: 1, enableMark: true }),
  );
  await settle(
    world,
    alice.tim.markConversation({ conversationIDList: ['C2Cbob'], markType: 1, enableMark: false }),
  );
  await settle(
    world,
    alice.tim.setMessageRemindType({ userIDList: ['carol'], messageRemindType: 'AcceptNotNotify' }),
  );
  const late = world.device();
  await logIn(world, late, 'alice');
  for (const device of [alice, other, late]) {
    expect(await order(world, device)).toEqual(['C2Cbob', 'C2Ccarol']);
    expect(await shown(world, device, 'C2Cbob')).toMatchObject({
      isPinned: true,
      customData: 'vip',
      markList: [2 ** 40],
    });
    expect(await shown(world, device, 'C2Ccarol')).toMatchObject({ messageRemindType: 'AcceptNotNotify' });
    expect(device.tim.getTotalUnreadMessageCount()).toBe(1);
  }
});

test('conversations that are not mine fail one by one; a single one fails as a whole', async () => {
  const { world, alice } = await meet(2);
  const { data } = await settle(
    world,
    alice.tim.setConversationCustomData({ conversationIDList: ['C2Cbob', 'C2Cnobody'], customData: 'x' }),
  );
  expect(data.successConversationIDList).toEqual(['C2Cbob']);
  expect(data.failureConversationIDList).toMatchObject([{ conversationID: 'C2Cnobody', code: 2500 }]);
  await expect(
    settle(world, alice.tim.pinConversation({ conversationID: 'C2Cnobody', isPinned: true })),
  ).rejects.toMatchObject({
    code: 2500,
  });
});

test('all can be read at once, and the total is told when it changes', async () => {
  const { world, alice, other } = await meet(3);
  expect(told(alice, 'onTotalUnreadMessageCountUpdated').at(-1)).toBe(2);
  await settle(world, alice.tim.setAllMessageRead());
  await world.pass(1000);
  for (const device of [alice, other]) {
    expect(device.tim.getTotalUnreadMessageCount()).toBe(0);
    expect(told(device, 'onTotalUnreadMessageCountUpdated').at(-1)).toBe(0);
  }
});

test('named groups of conversations are made, filled, renamed and deleted, on all devices', async () => {
  const { world, alice, other } = await meet(4);
  await settle(
    world,
    alice.tim.createConversationGroup({ conversationIDList: ['C2Cbob'], groupName: '同事' }),
  );
  expect(told(other, 'onConversationGroupListUpdated').at(-1)).toEqual(['同事']);
  await settle(
    world,
    alice.tim.addConversationsToGroup({ conversationIDList: ['C2Ccarol'], groupName: '同事' }),
  );
  expect(told(other, 'onConversationInGroupUpdated').at(-1)).toMatchObject({
    groupName: '同事',
    conversationList: [{ conversationID: 'C2Ccarol' }, { conversationID: 'C2Cbob' }],
  });
  await settle(
    world,
    alice.tim.deleteConversationsFromGroup({ conversationIDList: ['C2Cbob'], groupName: '同事' }),
  );
  await settle(world, alice.tim.renameConversationGroup({ oldName: '同事', newName: 'work' }));
  expect((await shown(world, other, 'C2Ccarol'))?.conversationGroupList).toEqual(['work']);
  const { data } = await settle(world, other.tim.getConversationList({ groupName: 'work' }));
  expect(data.conversationList).toHaveLength(1);
  await expect(settle(world, alice.tim.deleteConversationGroup('同事'))).rejects.toMatchObject({
    code: 51009,
  });
  await settle(world, alice.tim.deleteConversationGroup('work'));
  expect((await settle(world, other.tim.getConversationGroupList())).data).toEqual([]);
});

test('a draft is local; do-not-disturb is not', async () => {
  const { world, alice, other } = await meet(5);
  await settle(world, alice.tim.setConversationDraft({ conversationID: 'C2Cbob', draftText: 'dear' }));
  expect((await shown(world, alice, 'C2Cbob'))?.draftText).toBe('dear');
  expect((await shown(world, other, 'C2Cbob'))?.draftText).toBe('');
  await settle(
    world,
    alice.tim.setAllReceiveMessageOpt({
      messageRemindType: 'AcceptNotNotify',
      startHour: 22,
      duration: 3600,
    }),
  );
  expect(told(other, 'onAllReceiveMessageOptUpdated')).toMatchObject([{ startHour: 22, duration: 3600 }]);
  expect((await settle(world, other.tim.getAllReceiveMessageOpt())).data).toMatchObject({
    messageRemindType: 'AcceptNotNotify',
  });
});

test('how a group reminds me is mine alone', async () => {
  const { world, alice, other, bob } = await meet(6);
  const groupID = 'terns';
  await settle(
    world,
    alice.tim.createGroup({ type: 'Public', name: groupID, groupID, memberList: [{ userID: 'bob' }] }),
  );
  await say(world, alice, groupID, { text: 'hello', conversationType: 'GROUP' });
  await settle(world, alice.tim.setMessageRemindType({ groupID, messageRemindType: 'AcceptNotNotify' }));
  expect((await shown(world, alice, 'GROUPterns'))?.messageRemindType).toBe('AcceptNotNotify');
  expect((await shown(world, other, 'GROUPterns'))?.messageRemindType).toBe('AcceptNotNotify');
  expect((await shown(world, bob, 'GROUPterns'))?.messageRemindType).toBe('AcceptAndNotify');
});

test('where I discard messages I am told of none, on any device; they can be read, and other news is told', async () => {
  const { world, alice, other, bob } = await meet(7);
  const groupID = 'terns';
  const memberList = [{ userID: 'bob' }];
  await settle(world, alice.tim.createGroup({ type: 'Public', name: groupID, groupID, memberList }));
  const messageRemindType = 'Discard' as const;
  await settle(world, alice.tim.setMessageRemindType({ userIDList: ['bob'], messageRemindType }));
  await settle(world, alice.tim.setMessageRemindType({ groupID, messageRemindType }));
  const before = [alice, other].map((device) => told(device, 'onMessageReceived').length);
  const toGroup = { text: 'to all', conversationType: 'GROUP' as const };
  await say(world, bob, 'alice', 'to you');
  const said = await say(world, bob, groupID, toGroup);
  // What I say is mine on all my devices.
  await say(world, alice, groupID, toGroup);
  const late = world.device();
  await logIn(world, late, 'alice');
  expect(told(alice, 'onMessageReceived')).toHaveLength(before[0] ?? 0);
  expect(told(other, 'onMessageReceived').slice(before[1])).toMatchObject([[{ flow: 'out' }]]);
  // Carol is heard all the same.
  expect(told(late, 'onMessageReceived').flat()).toMatchObject([{ from: '@TIM#SYSTEM' }, { from: 'carol' }]);
  for (const device of [alice, other, late]) {
    expect((await history(world, device, 'C2Cbob')).at(-1)).toMatchObject({ payload: { text: 'to you' } });
    expect(await history(world, device, 'GROUPterns')).toMatchObject([{}, { ID: said.ID }, {}]);
    expect(device.tim.getTotalUnreadMessageCount()).toBe(1);
  }
  await settle(world, bob.tim.revokeMessage(said));
  expect(told(alice, 'onMessageRevoked')).toMatchObject([[{ ID: said.ID }]]);
  const again = 'AcceptAndNotify' as const;
  await settle(world, alice.tim.setMessageRemindType({ userIDList: ['bob'], messageRemindType: again }));
  await say(world, bob, 'alice', 'hello');
  for (const device of [alice, other, late])
    expect(told(device, 'onMessageReceived').at(-1)).toMatchObject([{ payload: { text: 'hello' } }]);
});
