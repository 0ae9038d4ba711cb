import type { Message } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { createWorld, type Device, type World } from './world.ts';

/** Waits for a call as an application does, while the world's time passes. */
async function done<Value>(world: World, promise: Promise<Value>, ms = 1_000): Promise<Value> {
  const settled = promise.then(
    (value) => ({ ok: true as const, value }),
    (error: unknown) => ({ ok: false as const, error }),
  );
  await world.pass(ms);
  const outcome = await settled;
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

async function enter(world: World, userID: string): Promise<Device> {
  const device = world.device();
  await done(world, device.tim.login({ userID, userSig: 'sig' }));
  await world.pass(1_000);
  expect(device.tim.isReady(), `${userID} is ready`).toBe(true);
  return device;
}

function text(device: Device, to: string, body: string): Message {
  const isGroup = to.startsWith('GROUP');
  return device.tim.createTextMessage({
    to: isGroup ? to.slice('GROUP'.length) : to,
    conversationType: isGroup ? 'GROUP' : 'C2C',
    payload: { text: body },
  });
}

const send = (
  world: World,
  device: Device,
  to: string,
  body: string,
): Promise<{ data: { message: Message } }> =>
  done(world, device.tim.sendMessage(text(device, to, body)), 300);

const named = (device: Device, name: string): unknown[] =>
  device.events.filter((event) => event.name === name).map(({ data }) => data);

const received = (device: Device): string[] =>
  named(device, 'onMessageReceived').flatMap((batch) =>
    (batch as Message[]).map((message) => ('text' in message.payload ? message.payload.text : message.type)),
  );

const row = (device: Device, conversationID: string): unknown =>
  (named(device, 'onConversationListUpdated').at(-1) as { conversationID: string }[]).find(
    (each) => each.conversationID === conversationID,
  );

describe('the SDK on the real gateway', () => {
  test('logs in, sends and receives, with the events in their order', async () => {
    const world = createWorld(1);
    const bob = await enter(world, 'bob');
    const alice = await enter(world, 'alice');
    const names = alice.events.map(({ name }) => name);
    // The lists of people come when they are read, whichever of them a build has.
    const isOfPeople = (name: string): boolean => /^(blacklist|onFriend)/.test(name);
    expect(names.slice(0, names.indexOf('sdkStateReady') + 1).filter((name) => !isOfPeople(name))).toEqual([
      'netStateChange',
      'onConversationListUpdated',
      'onGroupListUpdated',
      'sdkStateReady',
    ]);
    expect(names).toContain('blacklistUpdated');
    const { data } = await send(world, alice, 'bob', 'hello');
    expect(data.message).toMatchObject({
      status: 'success',
      sequence: 1,
      flow: 'out',
      conversationID: 'C2Cbob',
    });
    expect(received(bob)).toEqual(['hello']);
    expect(row(bob, 'C2Calice')).toMatchObject({ unreadCount: 1, lastMessage: { messageForShow: 'hello' } });
    expect(received(alice)).toEqual([]);
  });

  test('keeps the devices of one user in step', async () => {
    const world = createWorld(2, { webInstances: 2 });
    const [bob, one, two] = [
      await enter(world, 'bob'),
      await enter(world, 'alice'),
      await enter(world, 'alice'),
    ];
    await send(world, bob, 'alice', 'hi');
    expect([one, two].map((device) => row(device, 'C2Cbob'))).toMatchObject([
      { unreadCount: 1 },
      { unreadCount: 1 },
    ]);
    await send(world, one, 'bob', 'from one');
    expect(received(two)).toEqual(['hi', 'from one']);
    expect(received(one)).toEqual(['hi']);
    await done(world, one.tim.setMessageRead({ conversationID: 'C2Cbob' }));
    expect([one, two].map((device) => row(device, 'C2Cbob'))).toMatchObject([
      { unreadCount: 0 },
      { unreadCount: 0 },
    ]);
    await done(world, one.tim.updateMyProfile({ nick: 'Alice' }));
    expect(named(two, 'onProfileUpdated')).toMatchObject([[{ userID: 'alice', nick: 'Alice' }]]);
    await done(world, two.tim.deleteConversation('C2Cbob'));
    expect(row(one, 'C2Cbob')).toBeUndefined();
  });

  test('goes on after a cut where it stopped, and has missed nothing', async () => {
    const world = createWorld(3);
    const [alice, bob] = [await enter(world, 'alice'), await enter(world, 'bob')];
    await send(world, alice, 'bob', 'before');
    bob.setReachable(false);
    bob.cut();
    for (const body of ['one', 'two', 'three']) await send(world, alice, 'bob', body);
    bob.setReachable(true);
    bob.platform.setOnline(true);
    await world.pass(2_000);
    expect(received(bob)).toEqual(['before', 'one', 'two', 'three']);
    expect(row(bob, 'C2Calice')).toMatchObject({ unreadCount: 4 });
    expect(named(bob, 'sdkStateReady')).toHaveLength(1);
  });

  test('finds the last message that the bus lost', async () => {
    const world = createWorld(4);
    const [alice, bob] = [await enter(world, 'alice'), await enter(world, 'bob')];
    world.bus.losing = true;
    await send(world, alice, 'bob', 'lost');
    expect(received(bob)).toEqual([]);
    await world.pass(10_000);
    expect(received(bob)).toEqual(['lost']);
  });

  test('is kicked once by a second login, also when it was away, and stays out', async () => {
    for (const isAway of [false, true]) {
      const world = createWorld(5);
      const first = await enter(world, 'alice');
      first.setReachable(!isAway);
      if (isAway) first.cut();
      await world.pass(100);
      const second = await enter(world, 'alice');
      first.setReachable(true);
      await world.pass(60_000);
      expect(named(first, 'kickedOut')).toEqual([{ type: 'multipleAccount' }]);
      expect(named(first, 'sdkStateNotReady')).toHaveLength(1);
      expect(first.sockets).toBe(0);
      expect(second.tim.isReady()).toBe(true);
    }
  });

  test('makes a group, fills it, talks in it and leaves it', async () => {
    const world = createWorld(6);
    const [alice, bob, carol] = [
      await enter(world, 'alice'),
      await enter(world, 'bob'),
      await enter(world, 'carol'),
    ];
    const { data: made } = await done(
      world,
      alice.tim.createGroup({
        type: 'Private',
        name: 'club',
        groupID: 'club',
        memberList: [{ userID: 'bob' }],
      }),
    );
    expect(made.group).toMatchObject({
      groupID: 'club',
      memberCount: 2,
      memberNum: 2,
      selfInfo: { role: 'Owner' },
    });
    await send(world, alice, 'GROUPclub', 'welcome');
    const { data: added } = await done(
      world,
      bob.tim.addGroupMember({ groupID: 'club', userIDList: ['carol', 'bob', 'nobody'] }),
    );
    expect(added).toMatchObject({
      successUserIDList: ['carol'],
      existedUserIDList: ['bob'],
      failureUserIDList: ['nobody'],
    });
    await send(world, carol, 'GROUPclub', 'hello all');
    expect(received(bob)).toContain('hello all');
    expect(received(carol)).not.toContain('welcome');
    expect(named(carol, 'receiveGroupSystemNotice')).toMatchObject([{ type: 7 }]);

    const { data: members } = await done(world, alice.tim.getGroupMemberList({ groupID: 'club' }));
    expect(members.memberList.map(({ userID }) => userID).sort()).toEqual(['alice', 'bob', 'carol']);
    await done(world, alice.tim.deleteGroupMember({ groupID: 'club', userIDList: ['carol'] }));
    await done(world, bob.tim.quitGroup('club'));
    await send(world, alice, 'GROUPclub', 'alone');
    expect(received(bob)).not.toContain('alone');
    expect(received(carol)).not.toContain('alone');
    for (const device of [bob, carol]) {
      expect((await done(world, device.tim.getGroupList())).data.groupList).toEqual([]);
      const { conversationList } = (await device.tim.getConversationList()).data;
      expect(conversationList.map(({ conversationID }) => conversationID)).toContain('GROUPclub');
    }
    await expect(send(world, bob, 'GROUPclub', 'back?')).rejects.toMatchObject({ code: 10007 });
    const groups = named(alice, 'onGroupListUpdated').at(-1);
    expect(groups).toMatchObject([{ groupID: 'club', memberCount: 1 }]);
  });

  test('reads a long history backwards, whole and in order', async () => {
    const world = createWorld(7);
    const [alice, bob] = [await enter(world, 'alice'), await enter(world, 'bob')];
    const bodies = Array.from({ length: 40 }, (_, index) => `message ${index}`);
    for (const body of bodies) await send(world, alice, 'bob', body);
    await done(world, bob.tim.logout());
    await done(world, bob.tim.login({ userID: 'bob', userSig: 'sig' }), 3_000);
    const read: string[] = [];
    for (let nextReqMessageID: string | undefined; ; ) {
      const page = await done(
        world,
        bob.tim.getMessageList({ conversationID: 'C2Calice', nextReqMessageID }),
      );
      read.unshift(...page.data.messageList.map(({ payload }) => ('text' in payload ? payload.text : '?')));
      nextReqMessageID = page.data.nextReqMessageID;
      if (page.data.isCompleted) break;
    }
    expect(read).toEqual(bodies);
  });

  test('is refused in the server’s words', async () => {
    const world = createWorld(8);
    const alice = await enter(world, 'alice');
    await expect(send(world, alice, 'nobody', 'hello?')).rejects.toMatchObject({ code: 20003 });
    await expect(done(world, alice.tim.getGroupProfile({ groupID: 'none' }))).rejects.toMatchObject({
      code: 10010,
    });
    await expect(done(world, alice.tim.joinGroup({ groupID: 'none' }))).rejects.toMatchObject({
      code: 10010,
    });
    await expect(done(world, alice.tim.getConversationProfile('C2Cnobody'))).rejects.toMatchObject({
      code: 2500,
    });
    expect(named(alice, 'error')).toEqual([]);
  });
});
