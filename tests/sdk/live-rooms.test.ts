import { describe, expect, test } from 'vitest';
import type { Message } from '@sterna/sdk';
import { allModules, liveRooms } from '@sterna/sdk/testing';
import { history, logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const groupID = 'live';
const type = 'AVChatRoom';
const conversationID = `GROUP${groupID}`;

/** Alice owns a live room; Bob and Carol may come. */
async function meet(seed: number, rooms: NonNullable<Parameters<typeof createWorld>[1]>['rooms'] = {}) {
  const world = createWorld(seed, { domains: [...allModules, liveRooms], rooms });
  const [alice, bob, carol] = [world.device(), world.device(), world.device()];
  const users: [string, Device][] = [
    ['alice', alice],
    ['bob', bob],
    ['carol', carol],
  ];
  for (const [userID, device] of users) await logIn(world, device, userID);
  await settle(world, alice.tim.createGroup({ type, name: 'Live', groupID }));
  return { world, alice, bob, carol };
}

const join = (world: World, device: Device) => settle(world, device.tim.joinGroup({ groupID, type }));

const sayHere = (world: World, device: Device, text: string) =>
  say(world, device, groupID, { text, conversationType: 'GROUP' });

/** The texts that were received, in order. */
const heard = (device: Device): string[] =>
  received(device).flatMap(({ payload }) => ('text' in payload ? [payload.text] : []));

const received = (device: Device): Message[] => (told(device, 'onMessageReceived') as Message[][]).flat();

const tips = (device: Device): unknown[] =>
  received(device).flatMap(({ payload, type: kind }) =>
    kind === 'TIMGroupTipElem' && 'operationType' in payload ? [payload] : [],
  );

describe('a live room', () => {
  test('is joined, spoken in and read; it is in no list and has nothing unread', async () => {
    const { world, alice, bob } = await meet(1);
    const { data } = await join(world, alice);
    expect(data).toMatchObject({
      status: 'JoinedSuccess',
      group: { groupID, type, selfInfo: { role: 'Owner' }, memberCount: 1 },
    });
    await join(world, bob);
    const message = await sayHere(world, alice, 'hello');
    expect(message).toMatchObject({ status: 'success', flow: 'out', conversationID });
    expect(message.sequence).toBeGreaterThan(0);
    expect(heard(bob)).toEqual(['hello']);
    expect(received(bob).at(-1)).toMatchObject({ from: 'alice', sequence: message.sequence });
    expect(tips(alice)).toMatchObject([
      { operationType: 1, userIDList: ['alice'], memberCount: 1 },
      { operationType: 1, userIDList: ['bob'], memberCount: 2 },
    ]);
    for (const device of [alice, bob]) {
      expect(await shown(world, device, conversationID)).toBeUndefined();
      expect(told(device, 'onTotalUnreadMessageCountUpdated')).not.toContainEqual(expect.anything());
      expect((await settle(world, device.tim.getGroupList())).data.groupList).toEqual([]);
    }
    await settle(world, bob.tim.setMessageRead({ conversationID }));
    const { data: page } = await settle(world, bob.tim.getMessageList({ conversationID }));
    expect(page.isCompleted).toBe(true);
    expect(page.messageList.at(-1)).toMatchObject({ payload: { text: 'hello' } });
    expect((await settle(world, bob.tim.getGroupOnlineMemberCount(groupID))).data).toEqual({
      memberCount: 2,
    });
    expect(
      (await settle(world, bob.tim.getConversationProfile(conversationID))).data.conversation,
    ).toMatchObject({ unreadCount: 0, groupProfile: { type } });
  });

  test('shows what was said before to be read, and not as received', async () => {
    const { world, alice, bob } = await meet(2);
    await join(world, alice);
    await sayHere(world, alice, 'before');
    await join(world, bob);
    await sayHere(world, alice, 'after');
    expect(heard(bob)).toEqual(['after']);
    expect((await history(world, bob, conversationID)).map(({ payload }) => payload)).toMatchObject([
      { text: 'before' },
      { operationType: 1 },
      { text: 'after' },
    ]);
  });

  test('is joined again by itself after a cut, and what was missed comes once', async () => {
    const { world, alice, bob } = await meet(3);
    await join(world, alice);
    await join(world, bob);
    await sayHere(world, alice, 'one');
    await sayHere(world, bob, 'mine');
    bob.setReachable(false);
    bob.cut();
    await sayHere(world, alice, 'missed');
    bob.setReachable(true);
    await world.pass(9_000);
    await sayHere(world, alice, 'three');
    expect(heard(bob)).toEqual(['one', 'missed', 'three']);
    expect(heard(alice)).toEqual(['mine']);
  });

  test('is there to be read and to be spoken in still when the store came back as another', async () => {
    const { world, alice, bob } = await meet(11);
    await join(world, alice);
    await join(world, bob);
    await sayHere(world, alice, 'one');
    await sayHere(world, bob, 'mine');
    world.renewStore();
    bob.cut();
    await world.pass(9_000);
    await sayHere(world, alice, 'two');
    expect(heard(bob)).toEqual(['one', 'two']);
    const said = (await history(world, bob, conversationID)).flatMap(({ payload }) =>
      'text' in payload ? [payload.text] : [],
    );
    expect(said).toEqual(['one', 'mine', 'two']);
    expect(await shown(world, bob, conversationID)).toBeUndefined();
  });

  test('nobody speaks in a room that they are not in, and a new room takes one out of the old', async () => {
    const { world, alice, bob, carol } = await meet(4);
    await settle(world, alice.tim.createGroup({ type, name: 'Two', groupID: 'two' }));
    const message = bob.tim.createTextMessage({
      to: groupID,
      conversationType: 'GROUP',
      payload: { text: 'x' },
    });
    await expect(settle(world, bob.tim.sendMessage(message))).rejects.toMatchObject({ code: 2101 });
    await join(world, bob);
    await join(world, carol);
    await settle(world, bob.tim.joinGroup({ groupID: 'two', type }));
    await sayHere(world, carol, 'anybody?');
    expect(heard(bob)).toEqual([]);
    expect(tips(carol)).toContainEqual(expect.objectContaining({ operationType: 2, userIDList: ['bob'] }));
    await expect(settle(world, bob.tim.quitGroup(groupID))).rejects.toMatchObject({ code: 2623 });
    await settle(world, bob.tim.quitGroup('two'));
    await expect(settle(world, alice.tim.quitGroup(groupID))).rejects.toMatchObject({ code: 10009 });
  });

  test('its owner, whose quit is refused, is in it still, also through a cut before or after that', async () => {
    const { world, alice, bob } = await meet(12);
    for (const device of [alice, bob]) await join(world, device);
    const quit = () => alice.tim.quitGroup(groupID);
    await expect(settle(world, quit())).rejects.toMatchObject({ code: 10009 });
    alice.cut();
    await world.pass(9_000);
    await sayHere(world, bob, 'one');
    const asked = quit().catch((error: unknown) => error);
    alice.cut();
    await world.pass(9_000);
    expect(await asked).toMatchObject({ code: 10009 });
    await world.pass(20_000);
    await sayHere(world, bob, 'two');
    expect(heard(alice)).toEqual(['one', 'two']);
  });

  test('whoever quits while the connection breaks is not taken in again', async () => {
    const { world, alice, bob } = await meet(13);
    for (const device of [alice, bob]) await join(world, device);
    const asked = bob.tim.quitGroup(groupID);
    bob.cut();
    await world.pass(9_000);
    await asked;
    await world.pass(20_000);
    await sayHere(world, alice, 'anybody?');
    expect(heard(bob)).toEqual([]);
    bob.cut();
    await world.pass(9_000);
    expect((await settle(world, alice.tim.getGroupOnlineMemberCount(groupID))).data.memberCount).toBe(1);
  });

  test('its owner mutes, bans for a time, marks, and lists who is there', async () => {
    const { world, alice, bob, carol } = await meet(5);
    for (const device of [alice, bob, carol]) await join(world, device);
    const mark = { groupID, userIDList: ['bob', 'nobody'], markType: 1000, enableMark: true };
    expect((await settle(world, alice.tim.markGroupMemberList(mark))).data).toMatchObject({
      successUserIDList: ['bob'],
      failureUserIDList: [{ userID: 'nobody', code: 10019 }],
    });
    const marked = await settle(world, carol.tim.getGroupMemberList({ groupID, filter: 1000 }));
    expect(marked.data.memberList).toMatchObject([{ userID: 'bob', role: 'Member', markList: [1000] }]);
    await settle(world, alice.tim.setGroupMemberMuteTime({ groupID, userID: 'bob', muteTime: 600 }));
    await expect(sayHere(world, bob, 'muted')).rejects.toMatchObject({ code: 10017 });
    const { data } = await settle(
      world,
      alice.tim.deleteGroupMember({ groupID, userIDList: ['bob'], reason: 'rude', duration: 60 }),
    );
    expect(data.userIDList).toEqual(['bob']);
    expect(tips(carol).at(-1)).toMatchObject({
      operationType: 10,
      memberList: [{ userID: 'bob', duration: 60 }],
      reason: 'rude',
    });
    expect(told(bob, 'receiveGroupSystemNotice')).toMatchObject([{ type: 4 }]);
    await sayHere(world, carol, 'without bob');
    expect(heard(bob)).toEqual([]);
    await expect(join(world, bob)).rejects.toMatchObject({ code: 10007 });
    const { memberList } = (await settle(world, carol.tim.getGroupMemberList({ groupID }))).data;
    expect(memberList.map(({ userID }) => userID)).toEqual(['carol', 'alice']);
  });

  test('its attributes, counters and profile are told to all who are there; its end too', async () => {
    const { world, alice, bob } = await meet(6);
    for (const device of [alice, bob]) await join(world, device);
    await settle(world, bob.tim.setGroupAttributes({ groupID, groupAttributes: { song: 'tern' } }));
    await settle(world, bob.tim.increaseGroupCounter({ groupID, key: 'likes', value: 3 }));
    await settle(world, alice.tim.updateGroupProfile({ groupID, name: 'Later' }));
    expect(told(alice, 'groupAttributesUpdated')).toMatchObject([
      { groupID, groupAttributes: { song: 'tern' } },
    ]);
    expect(told(bob, 'onGroupCounterUpdated')).toEqual([{ groupID, key: 'likes', value: 3 }]);
    expect(tips(bob).at(-1)).toMatchObject({ operationType: 6, newGroupProfile: { groupName: 'Later' } });
    await settle(world, alice.tim.dismissGroup(groupID));
    expect(told(bob, 'receiveGroupSystemNotice')).toMatchObject([
      { type: 5, message: { payload: { groupProfile: { groupID, groupName: 'Later' } } } },
    ]);
    await expect(join(world, bob)).rejects.toMatchObject({ code: 10010 });
  });

  test('a message that the room does not carry succeeds for its sender, and reaches nobody', async () => {
    const { world, alice, bob } = await meet(7, { messagesPerSecond: 2 });
    for (const device of [alice, bob]) await join(world, device);
    const sent = ['1', '2', '3', '4'].map((text) =>
      bob.tim.sendMessage(
        bob.tim.createTextMessage({
          to: groupID,
          conversationType: 'GROUP',
          payload: { text },
          priority: 'High',
        }),
      ),
    );
    const replies = await settle(world, Promise.all(sent));
    expect(replies.map(({ data }) => data.message.status)).toEqual(Array(4).fill('success'));
    expect(heard(alice).length).toBeLessThan(4);
    expect(heard(alice)[0]).toBe('1');
  });
});

describe('a guest', () => {
  test('joins a live room without a login, hears it, and is a member once logged in', async () => {
    const { world, alice } = await meet(8, { guests: true });
    await join(world, alice);
    const guest = world.device();
    const { data } = await join(world, guest);
    expect(data).toMatchObject({ status: 'JoinedSuccess', group: { groupID, type } });
    await sayHere(world, alice, 'welcome');
    expect(heard(guest)).toEqual(['welcome']);
    const message = guest.tim.createTextMessage({
      to: groupID,
      conversationType: 'GROUP',
      payload: { text: 'x' },
    });
    await expect(settle(world, guest.tim.sendMessage(message))).rejects.toMatchObject({ code: 2024 });

    guest.cut();
    await world.pass(5_000);
    await sayHere(world, alice, 'still there?');
    expect(heard(guest)).toEqual(['welcome', 'still there?']);

    await logIn(world, guest, 'dave');
    await sayHere(world, guest, 'yes');
    await sayHere(world, alice, 'good');
    expect(heard(alice)).toEqual(['yes']);
    expect(heard(guest)).toEqual(['welcome', 'still there?', 'good']);
    expect(guest.sockets).toBe(1);
  });

  test('leaves no connection behind', async () => {
    const { world } = await meet(9, { guests: true });
    const guest = world.device();
    await join(world, guest);
    expect(guest.sockets).toBe(1);
    await settle(world, guest.tim.destroy());
    expect(guest.sockets).toBe(0);
  });

  test('is refused where the app takes none, and in other groups', async () => {
    const closed = await meet(10);
    const guest = closed.world.device();
    await expect(join(closed.world, guest)).rejects.toMatchObject({ code: 2024 });
    expect(guest.sockets).toBe(0);
    const { world, alice } = await meet(11, { guests: true });
    await settle(world, alice.tim.createGroup({ type: 'Public', name: 'Club', groupID: 'club' }));
    const other = world.device();
    await expect(
      settle(world, other.tim.joinGroup({ groupID: 'club', type: 'Public' })),
    ).rejects.toMatchObject({ code: 2662 });
  });
});
