import { LIMITS } from '@sterna/protocol';
import type { ChatSDK, Message } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Alice owns a group of a type; Bob and Carol are in it, Dave is not. */
async function meet(seed: number, type: 'Public' | 'Private' = 'Public') {
  const world = createWorld(seed);
  const [alice, bob, carol, dave] = [world.device(), world.device(), world.device(), world.device()];
  const users: [string, Device][] = [
    ['bob', bob],
    ['carol', carol],
    ['dave', dave],
    ['alice', alice],
  ];
  for (const [userID, device] of users) await logIn(world, device, userID);
  const memberList = [{ userID: 'bob' }, { userID: 'carol' }];
  await settle(world, alice.tim.createGroup({ type, name: 'terns', groupID: 'terns', memberList }));
  await say(world, alice, 'terns', { text: 'welcome', conversationType: 'GROUP' });
  return { world, alice, bob, carol, dave };
}

const groupID = 'terns';

const groupOf = async (world: World, device: Device) =>
  (await settle(world, device.tim.getGroupList())).data.groupList.find((group) => group.groupID === groupID);

const tips = async (world: World, device: Device): Promise<unknown[]> =>
  (await history(world, device, 'GROUPterns'))
    .filter(({ type }) => type === 'TIMGroupTipElem')
    .map(({ payload }) => payload);

const notices = (device: Device): { type: number; message: Message }[] =>
  told(device, 'receiveGroupSystemNotice') as { type: number; message: Message }[];

describe('the profile of a group', () => {
  test('is changed by owner and admins; every member sees what changed', async () => {
    const { world, alice, bob } = await meet(1);
    const { data } = await settle(
      world,
      alice.tim.updateGroupProfile({
        groupID,
        name: 'arctic terns',
        notification: 'fly south',
        joinOption: 'FreeAccess',
      }),
    );
    expect(data.group).toMatchObject({
      name: 'arctic terns',
      notification: 'fly south',
      joinOption: 'FreeAccess',
    });
    expect(await groupOf(world, bob)).toMatchObject({ name: 'arctic terns' });
    expect((await tips(world, bob)).at(-1)).toMatchObject({
      operationType: 6,
      newGroupProfile: { groupName: 'arctic terns', notification: 'fly south', joinOption: 'FreeAccess' },
    });
    await expect(settle(world, bob.tim.updateGroupProfile({ groupID, name: 'mine' }))).rejects.toMatchObject({
      code: 10007,
    });
  });

  test('is anybody’s to change in a Work group', async () => {
    const { world, alice, bob } = await meet(2, 'Private');
    await settle(world, bob.tim.updateGroupProfile({ groupID, introduction: 'by bob' }));
    expect(await groupOf(world, alice)).toMatchObject({ introduction: 'by bob' });
  });
});

describe('roles', () => {
  test('an owner makes and unmakes admins, who are told', async () => {
    const { world, alice, bob, carol } = await meet(3);
    await settle(world, alice.tim.setGroupMemberRole({ groupID, userID: 'bob', role: 'Admin' }));
    expect(notices(bob).at(-1)?.type).toBe(9);
    expect((await groupOf(world, bob))?.selfInfo.role).toBe('Admin');
    expect((await tips(world, carol)).at(-1)).toMatchObject({ operationType: 4, userIDList: ['bob'] });
    await settle(world, bob.tim.deleteGroupMember({ groupID, userIDList: ['carol', 'alice'] }));
    const { data } = await settle(world, alice.tim.getGroupMemberList({ groupID }));
    expect(data.memberList.map(({ userID, role }) => [userID, role])).toEqual([
      ['alice', 'Owner'],
      ['bob', 'Admin'],
    ]);
    await settle(world, alice.tim.setGroupMemberRole({ groupID, userID: 'bob', role: 'Member' }));
    expect(notices(bob).at(-1)?.type).toBe(10);
    for (const [options, code] of [
      [{ userID: 'alice', role: 'Member' }, 2684],
      [{ userID: 'dave', role: 'Admin' }, 10019],
    ] as const) {
      await expect(
        settle(world, alice.tim.setGroupMemberRole({ groupID, ...options })),
      ).rejects.toMatchObject({ code });
    }
    await expect(
      settle(world, bob.tim.setGroupMemberRole({ groupID, userID: 'alice', role: 'Member' })),
    ).rejects.toMatchObject({ code: 2681 });
  });

  test('an owner hands the group over, and may leave then', async () => {
    const { world, alice, bob } = await meet(4);
    await expect(settle(world, alice.tim.quitGroup(groupID))).rejects.toMatchObject({ code: 10009 });
    await expect(
      settle(world, alice.tim.changeGroupOwner({ groupID, newOwnerID: 'alice' })),
    ).rejects.toMatchObject({ code: 2621 });
    await settle(world, alice.tim.changeGroupOwner({ groupID, newOwnerID: 'bob' }));
    expect(await groupOf(world, bob)).toMatchObject({ ownerID: 'bob', selfInfo: { role: 'Owner' } });
    expect((await tips(world, bob)).at(-1)).toMatchObject({
      operationType: 6,
      newGroupProfile: { ownerID: 'bob' },
    });
    await settle(world, alice.tim.quitGroup(groupID));
    expect(await groupOf(world, alice)).toBeUndefined();
  });
});

describe('silence', () => {
  test('a muted member cannot send until the time is over', async () => {
    const { world, alice, bob } = await meet(5);
    const { data } = await settle(
      world,
      alice.tim.setGroupMemberMuteTime({ groupID, userID: 'bob', muteTime: 60 }),
    );
    expect(data.member.muteUntil).toBeGreaterThan(1_700_000_000);
    expect((await tips(world, bob)).at(-1)).toMatchObject({
      operationType: 7,
      memberList: [{ userID: 'bob', muteTime: 60 }],
    });
    await expect(say(world, bob, groupID, { text: 'but', conversationType: 'GROUP' })).rejects.toMatchObject({
      code: 10017,
    });
    await world.pass(61_000);
    await say(world, bob, groupID, { text: 'now', conversationType: 'GROUP' });
    await expect(
      settle(world, alice.tim.setGroupMemberMuteTime({ groupID, userID: 'alice', muteTime: 1 })),
    ).rejects.toMatchObject({
      code: 2685,
    });
  });

  test('muting all silences ordinary members only', async () => {
    const { world, alice, bob } = await meet(6);
    await settle(world, alice.tim.updateGroupProfile({ groupID, muteAllMembers: true }));
    await expect(say(world, bob, groupID, { text: 'but', conversationType: 'GROUP' })).rejects.toMatchObject({
      code: 10017,
    });
    await say(world, alice, groupID, { text: 'quiet please', conversationType: 'GROUP' });
    await settle(world, alice.tim.updateGroupProfile({ groupID, muteAllMembers: false }));
    await say(world, bob, groupID, { text: 'thanks', conversationType: 'GROUP' });
  });
});

describe('applications', () => {
  test('wait for an admin; the second answer is told so', async () => {
    const { world, alice, bob, dave } = await meet(7);
    await settle(world, alice.tim.setGroupMemberRole({ groupID, userID: 'bob', role: 'Admin' }));
    const { data } = await settle(world, dave.tim.joinGroup({ groupID, applyMessage: 'may I?' }));
    expect(data).toEqual({ status: 'WaitAdminApproval' });
    const [notice, other] = [notices(alice).at(-1), notices(bob).at(-1)];
    expect(notice).toMatchObject({
      type: 1,
      message: { payload: { handleMessage: 'may I?', groupProfile: { groupID } } },
    });
    const list = await settle(world, bob.tim.getGroupApplicationList());
    expect(list.data.applicationList).toMatchObject([
      { groupID, userID: 'dave', note: 'may I?', applicationType: 0 },
    ]);
    await settle(
      world,
      alice.tim.handleGroupApplication({ handleAction: 'Agree', message: notice?.message }),
    );
    expect(notices(dave).at(-1)?.type).toBe(2);
    expect(await groupOf(world, dave)).toMatchObject({ memberCount: 4 });
    await expect(
      settle(world, bob.tim.handleGroupApplication({ handleAction: 'Agree', message: other?.message })),
    ).rejects.toMatchObject({ code: 10024 });
  });

  test('are rejected with a word', async () => {
    const { world, alice, dave } = await meet(8);
    await settle(world, dave.tim.joinGroup({ groupID }));
    const { data } = await settle(world, alice.tim.getGroupApplicationList());
    const [application] = data.applicationList;
    await settle(
      world,
      alice.tim.handleGroupApplication({ handleAction: 'Reject', handleMessage: 'full', application }),
    );
    expect(notices(dave).at(-1)).toMatchObject({ type: 3, message: { payload: { handleMessage: 'full' } } });
    expect(await groupOf(world, dave)).toBeUndefined();
  });

  test('Work groups are neither found nor applied to', async () => {
    const { world, dave } = await meet(9, 'Private');
    await expect(settle(world, dave.tim.searchGroupByID(groupID))).rejects.toMatchObject({ code: 10007 });
    await expect(settle(world, dave.tim.joinGroup({ groupID }))).rejects.toMatchObject({ code: 2601 });
    await expect(settle(world, dave.tim.searchGroupByID('nowhere'))).rejects.toMatchObject({ code: 10010 });
  });
});

describe('what a group keeps', () => {
  test('attributes are replaced, merged and taken away, and all are told', async () => {
    const { world, alice, bob } = await meet(10);
    await settle(world, alice.tim.initGroupAttributes({ groupID, groupAttributes: { a: '1', b: '2' } }));
    await settle(world, bob.tim.setGroupAttributes({ groupID, groupAttributes: { b: '3', c: '4' } }));
    await settle(world, alice.tim.deleteGroupAttributes({ groupID, keyList: ['a'] }));
    expect(told(bob, 'groupAttributesUpdated').at(-1)).toEqual({
      groupID,
      groupAttributes: { b: '3', c: '4' },
    });
    const { data } = await settle(world, bob.tim.getGroupAttributes({ groupID, keyList: ['c'] }));
    expect(data.groupAttributes).toEqual({ c: '4' });
  });

  const take = (device: Device, seat: string) =>
    device.tim.setGroupAttributes({ groupID, groupAttributes: { seat } });

  test('attributes that another changed meanwhile are not written over: of two who take a seat one has it', async () => {
    const { world, alice, bob, carol } = await meet(16);
    await settle(world, alice.tim.initGroupAttributes({ groupID, groupAttributes: { seat: '' } }));
    const outcomes = await settle(world, Promise.allSettled([take(bob, 'bob'), take(carol, 'carol')]));
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 10056 } },
    ]);
    const { data } = await settle(world, carol.tim.getGroupAttributes({ groupID, keyList: [] }));
    expect(data.groupAttributes).toEqual({ seat: 'bob' });
    // Who has looked may change what is there, and so may who never did.
    await settle(world, take(carol, ''));
    const newcomer = world.device();
    await logIn(world, newcomer, 'alice');
    await settle(world, take(newcomer, 'alice'));
    expect(told(bob, 'groupAttributesUpdated').at(-1)).toEqual({
      groupID,
      groupAttributes: { seat: 'alice' },
    });
  });

  test('one’s own changes of attributes are no conflict, called at once or asked again after a lost answer', async () => {
    const { world, alice, bob } = await meet(17);
    await settle(world, alice.tim.initGroupAttributes({ groupID, groupAttributes: { seat: '' } }));
    await settle(world, Promise.all(['1', '2', '3'].map((seat) => take(bob, seat))));
    const late = take(bob, '4');
    await world.pass(0);
    bob.cut();
    await settle(world, late);
    expect(told(alice, 'groupAttributesUpdated').at(-1)).toEqual({ groupID, groupAttributes: { seat: '4' } });
  });

  test('counters add up whoever adds', async () => {
    const { world, alice, bob } = await meet(11);
    await settle(world, alice.tim.setGroupCounters({ groupID, counters: { likes: 5 } }));
    const [one, two] = [
      alice.tim.increaseGroupCounter({ groupID, key: 'likes', value: 2 }),
      bob.tim.decreaseGroupCounter({ groupID, key: 'likes', value: 1 }),
    ];
    await settle(world, Promise.all([one, two]));
    expect((await settle(world, bob.tim.getGroupCounters({ groupID }))).data.counters).toEqual({ likes: 6 });
    expect(told(bob, 'onGroupCounterUpdated')).toContainEqual({ groupID, key: 'likes', value: 5 });
  });

  test('counters may be called what every object has', async () => {
    const { world, alice, bob } = await meet(22);
    for (const key of ['toString', 'hasOwnProperty'])
      await settle(world, alice.tim.increaseGroupCounter({ groupID, key, value: 2 }));
    expect((await settle(world, bob.tim.getGroupCounters({ groupID }))).data.counters).toEqual({
      toString: 2,
      hasOwnProperty: 2,
    });
    for (const key of ['__proto__', 'constructor'])
      await expect(
        settle(world, alice.tim.increaseGroupCounter({ groupID, key, value: 2 })),
      ).rejects.toMatchObject({ code: 10004 });
  });

  /** Calls at once, and those of them that failed, by code. What was refused on the wire may have succeeded later. */
  async function burst(
    { world, bob }: Awaited<ReturnType<typeof meet>>,
    ask: () => Promise<unknown>,
    count: number,
  ) {
    await world.pass(LIMITS.groupCallsMs);
    const before = bob.wire.length;
    const answers = Promise.allSettled(Array.from({ length: count }, ask));
    await world.pass(LIMITS.groupCallsMs);
    const codes = (await answers).flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    return { codes, refusals: bob.wire.slice(before).filter((frame) => frame.includes('2996')).length };
  }

  test.each<[string, number, (tim: ChatSDK) => Promise<unknown>]>([
    [
      'changes of attributes',
      LIMITS.attributeChanges,
      (tim) => tim.setGroupAttributes({ groupID, groupAttributes: { a: '1' } }),
    ],
    [
      'readings of attributes',
      LIMITS.attributeReadings,
      (tim) => tim.getGroupAttributes({ groupID, keyList: [] }),
    ],
    [
      'settings of counters',
      LIMITS.counterCalls,
      (tim) => tim.setGroupCounters({ groupID, counters: { likes: 1 } }),
    ],
    ['readings of counters', LIMITS.counterCalls, (tim) => tim.getGroupCounters({ groupID })],
  ])('%s are so many at once: one more waits for its turn', async (_, most, ask) => {
    const place = await meet(14);
    const call = () => ask(place.bob.tim);
    expect(await burst(place, call, most)).toEqual({ codes: [], refusals: 0 });
    expect(await burst(place, call, most + 1)).toEqual({ codes: [], refusals: 1 });
  });

  test('additions to counters that are too many are refused with 2996, and not added', async () => {
    const place = await meet(15);
    const { world, bob } = place;
    const most = LIMITS.counterCalls;
    const like = () => bob.tim.increaseGroupCounter({ groupID, key: 'likes', value: 1 });
    expect(await burst(place, like, most)).toEqual({ codes: [], refusals: 0 });
    expect(await burst(place, like, most + 2)).toEqual({ codes: [2996, 2996], refusals: 2 });
    await world.pass(LIMITS.groupCallsMs);
    expect((await settle(world, bob.tim.getGroupCounters({ groupID }))).data.counters).toEqual({
      likes: 2 * most,
    });
  });

  test('pins are for everybody, and anybody’s to set and to take down', async () => {
    const { world, alice, bob } = await meet(12);
    const message = await say(world, alice, groupID, { text: 'remember this', conversationType: 'GROUP' });
    await settle(world, bob.tim.pinGroupMessage({ groupID, message, isPinned: true }));
    await settle(world, alice.tim.pinGroupMessage({ groupID, message, isPinned: false }));
    await settle(world, alice.tim.pinGroupMessage({ groupID, message, isPinned: true }));
    expect(told(bob, 'onPinnedGroupMessageUpdated')).toMatchObject([
      { groupID, isPinned: true, message: { ID: message.ID }, operatorInfo: { userID: 'bob' } },
      { groupID, isPinned: false, message: { ID: message.ID }, operatorInfo: { userID: 'alice' } },
      { groupID, isPinned: true, message: { ID: message.ID }, operatorInfo: { userID: 'alice' } },
    ]);
    const pinned = await settle(world, bob.tim.getPinnedGroupMessageList(groupID));
    expect(pinned.data.messageList.map(({ ID }) => ID)).toEqual([message.ID]);
    await settle(world, alice.tim.revokeMessage(message));
    expect((await settle(world, bob.tim.getPinnedGroupMessageList(groupID))).data.messageList).toEqual([]);
  });

  test('a pin of what a device does not hold is told with it, however long the line is down', async () => {
    const { world, alice, bob } = await meet(18);
    const message = await say(world, alice, groupID, { text: 'long ago', conversationType: 'GROUP' });
    await say(world, alice, groupID, { text: 'just now', conversationType: 'GROUP' });
    await settle(world, bob.tim.setMessageRead({ conversationID: `GROUP${groupID}` }));
    const other = world.device();
    await logIn(world, other, 'bob');
    const release = world.holdNextRead();
    await settle(world, alice.tim.pinGroupMessage({ groupID, message, isPinned: true }));
    other.setReachable(false);
    other.cut();
    await world.pass(20_000);
    expect(told(other, 'onPinnedGroupMessageUpdated')).toEqual([]);
    other.setReachable(true);
    release();
    await world.pass(30_000);
    expect(told(other, 'onPinnedGroupMessageUpdated')).toMatchObject([
      { groupID, isPinned: true, message: { ID: message.ID, payload: { text: 'long ago' } } },
    ]);
  });

  test('name cards and custom fields of members', async () => {
    const { world, alice, bob, carol } = await meet(13);
    await settle(world, bob.tim.setGroupMemberNameCard({ groupID, nameCard: 'Captain' }));
    await settle(
      world,
      alice.tim.setGroupMemberCustomField({
        groupID,
        userID: 'bob',
        memberCustomField: [{ key: 'k', value: 'v' }],
      }),
    );
    const { data } = await settle(
      world,
      carol.tim.getGroupMemberProfile({ groupID, userIDList: ['bob', 'dave'] }),
    );
    expect(data.memberList).toMatchObject([
      { userID: 'bob', nameCard: 'Captain', memberCustomField: [{ key: 'k', value: 'v' }] },
    ]);
    const message = await say(world, bob, groupID, { text: 'ahoy', conversationType: 'GROUP' });
    expect(message.nameCard).toBe('Captain');
    await expect(
      settle(world, carol.tim.setGroupMemberNameCard({ groupID, userID: 'bob', nameCard: 'x' })),
    ).rejects.toMatchObject({ code: 10007 });
    expect((await settle(world, carol.tim.getGroupOnlineMemberCount(groupID))).data.memberCount).toBe(3);
  });
});
