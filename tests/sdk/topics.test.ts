import { describe, expect, test } from 'vitest';
import { allModules, topics } from '@sterna/sdk/testing';
import { history, logIn, say, settle, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const groupID = '@TGS#_terns';
const topicID = `${groupID}@TOPIC#_nests`;
const GROUP = { conversationType: 'GROUP' } as const;

/** Alice owns a community with one topic; Bob is in it, Carol and Dave are not. */
async function meet(seed: number, options: { webInstances?: number } = {}) {
  const world = createWorld(seed, { domains: [...allModules, topics], ...options });
  const [alice, bob, carol, dave] = [world.device(), world.device(), world.device(), world.device()];
  const users: [string, Device][] = [
    ['bob', bob],
    ['carol', carol],
    ['dave', dave],
    ['alice', alice],
  ];
  for (const [userID, device] of users) await logIn(world, device, userID);
  const memberList = [{ userID: 'bob' }];
  await settle(
    world,
    alice.tim.createGroup({ type: 'Community', name: 'terns', groupID, isSupportTopic: true, memberList }),
  );
  await settle(world, alice.tim.createTopicInCommunity({ groupID, topicName: 'Nests', topicID }));
  return { world, alice, bob, carol, dave };
}

const topicOf = async (world: World, device: Device, id = topicID) =>
  (await settle(world, device.tim.getTopicList({ groupID }))).data.successTopicList.find(
    (topic) => topic.topicID === id,
  );

const texts = async (world: World, device: Device): Promise<string[]> =>
  (await history(world, device, `GROUP${topicID}`))
    .filter(({ status }) => status === 'success')
    .map(({ payload }) => (payload as { text: string }).text);

describe('a community with topics', () => {
  test('stands in a list of its own, and in neither of the others', async () => {
    const { world, alice, bob } = await meet(1);
    for (const { tim } of [alice, bob]) {
      expect((await settle(world, tim.getGroupList())).data.groupList).toEqual([]);
      const { data } = await settle(world, tim.getJoinedCommunityList());
      expect(data.groupList).toMatchObject([{ groupID, type: 'Community', isSupportTopic: true }]);
      const { conversationList } = (await settle(world, tim.getConversationList())).data;
      expect(conversationList.map(({ conversationID }) => conversationID)).toEqual(['@TIM#SYSTEM']);
    }
  });

  test('that are taken away do not come back with an answer that was read before', async () => {
    const { world, alice, bob } = await meet(1);
    await say(world, alice, topicID, { text: 'hello', ...GROUP });
    const release = world.holdNextRead();
    const list = bob.tim.getTopicList({ groupID });
    await world.pass(100);
    await settle(world, alice.tim.deleteTopicFromCommunity({ groupID, topicIDList: [topicID] }));
    expect(told(bob, 'onTopicDeleted')).toHaveLength(1);
    release();
    expect((await settle(world, list)).data.successTopicList).toEqual([]);
    await expect(texts(world, bob)).rejects.toMatchObject({ code: 10010 });
  });

  test('has an ID of its kind, and no other kind has topics', async () => {
    const { world, alice } = await meet(2);
    const make = (options: { groupID?: string; type?: 'Public' | 'Community'; isSupportTopic?: boolean }) =>
      settle(world, alice.tim.createGroup({ type: 'Community', name: 'x', ...options }));
    const made = await make({ isSupportTopic: true });
    expect(made.data.group.groupID).toMatch(/^@TGS#_[0-9a-z]{12}$/);
    await expect(make({ isSupportTopic: true, groupID: 'plain' })).rejects.toMatchObject({ code: 10015 });
    await expect(make({ groupID: '@TGS#_a@TOPIC#_b' })).rejects.toMatchObject({ code: 10015 });
    await expect(make({ groupID: '@TGS#_a', type: 'Public' })).rejects.toMatchObject({ code: 10015 });
    await expect(make({ isSupportTopic: true, type: 'Public' })).rejects.toMatchObject({ code: 10004 });
    expect((await make({ groupID: 'plain' })).data.group.isSupportTopic).toBe(false);
    await expect(settle(world, alice.tim.getTopicList({ groupID: 'plain' }))).rejects.toMatchObject({
      code: 11000,
    });
  });
});

describe('a topic', () => {
  test('is made, changed and deleted by the owner, and every member hears of it', async () => {
    const { world, alice, bob, carol } = await meet(3);
    expect(told(bob, 'onTopicCreated')).toEqual([{ groupID, topicID }]);
    const texts = { introduction: 'where we live', customData: '{"a":1}', avatar: 'https://x/y.png' };
    const { data } = await settle(
      world,
      alice.tim.updateTopicProfile({ groupID, topicID, topicName: 'Homes', ...texts }),
    );
    expect(data.topic).toMatchObject({ topicID, topicName: 'Homes', ...texts });
    expect(told(bob, 'onTopicUpdated')).toMatchObject([
      { groupID, topic: { topicID, topicName: 'Homes', ...texts, muteAllMembers: false, unreadCount: 0 } },
    ]);
    await settle(world, alice.tim.updateTopicProfile({ groupID, topicID, introduction: '' }));
    expect(await topicOf(world, bob)).toMatchObject({ topicName: 'Homes', introduction: '' });

    const { topicID: second } = (
      await settle(world, alice.tim.createTopicInCommunity({ groupID, topicName: 'Food' }))
    ).data;
    expect(second).toMatch(/^@TGS#_terns@TOPIC#_[0-9a-z]{12}$/);
    const gone = await settle(
      world,
      alice.tim.deleteTopicFromCommunity({ groupID, topicIDList: [topicID, `${groupID}@TOPIC#_never`] }),
    );
    expect(gone.data).toMatchObject({
      successTopicList: [{ topicID }],
      failureTopicList: [{ topicID: `${groupID}@TOPIC#_never`, code: 10010 }],
    });
    expect(told(bob, 'onTopicDeleted')).toEqual([{ groupID, topicIDList: [topicID] }]);
    expect(await topicOf(world, bob)).toBeUndefined();
    await expect(say(world, bob, topicID, { text: 'hello?', ...GROUP })).rejects.toMatchObject({
      code: 10010,
    });
    await expect(
      settle(world, alice.tim.createTopicInCommunity({ groupID, topicName: 'Again', topicID })),
    ).rejects.toMatchObject({ code: 10021 });

    for (const refused of [
      () => bob.tim.createTopicInCommunity({ groupID, topicName: 'mine' }),
      () => bob.tim.updateTopicProfile({ groupID, topicID: second, topicName: 'mine' }),
      () => bob.tim.deleteTopicFromCommunity({ groupID }),
      () => carol.tim.getTopicList({ groupID }),
    ])
      await expect(settle<unknown>(world, refused())).rejects.toMatchObject({ code: 10007 });
    expect(told(carol, 'onTopicCreated')).toEqual([]);
    await settle(world, alice.tim.deleteTopicFromCommunity({ groupID }));
    expect((await settle(world, bob.tim.getTopicList({ groupID }))).data.successTopicList).toEqual([]);
  });

  test('has its own messages, unread count, last message and remind type, and is no conversation of the list', async () => {
    const { world, alice, bob } = await meet(4);
    await say(world, alice, topicID, { text: 'twigs', ...GROUP });
    await say(world, alice, topicID, { text: 'moss', ...GROUP });
    await world.pass(1_000);
    const heard = told(bob, 'onMessageReceived').flat();
    expect(heard.slice(-2)).toMatchObject([
      {
        conversationID: `GROUP${topicID}`,
        conversationType: 'GROUP',
        to: topicID,
        from: 'alice',
        sequence: 1,
      },
      { payload: { text: 'moss' }, sequence: 2 },
    ]);
    expect(told(bob, 'onTopicUpdated').at(-1)).toMatchObject({
      groupID,
      topic: { topicID, unreadCount: 2, lastMessage: { messageForShow: 'moss', fromAccount: 'alice' } },
    });
    expect(await topicOf(world, bob)).toMatchObject({
      unreadCount: 2,
      selfInfo: { messageRemindType: 'AcceptNotNotify' },
    });
    const { data } = await settle(world, bob.tim.getConversationProfile(`GROUP${topicID}`));
    expect(data.conversation).toMatchObject({ type: 'TOPIC', unreadCount: 2, groupProfile: { groupID } });
    const list = (await settle(world, bob.tim.getConversationList())).data.conversationList;
    expect(list.map(({ conversationID }) => conversationID)).toEqual(['@TIM#SYSTEM']);

    await settle(world, bob.tim.setMessageRead({ conversationID: `GROUP${topicID}` }));
    await settle(
      world,
      bob.tim.setMessageRemindType({ groupID: topicID, messageRemindType: 'AcceptAndNotify' }),
    );
    expect(await topicOf(world, bob)).toMatchObject({
      unreadCount: 0,
      selfInfo: { messageRemindType: 'AcceptAndNotify' },
    });
    expect(await topicOf(world, alice)).toMatchObject({ unreadCount: 0, lastMessage: { lastSequence: 2 } });
    expect(await texts(world, bob)).toEqual(['twigs', 'moss']);
  });

  test('is silent for ordinary members while it is muted, or they are, or the community is', async () => {
    const { world, alice, bob } = await meet(5);
    const mute = (muteAllMembers: boolean) =>
      settle(world, alice.tim.updateTopicProfile({ groupID, topicID, muteAllMembers }));
    const speak = (text: string) => say(world, bob, topicID, { text, ...GROUP });
    await mute(true);
    expect(await topicOf(world, bob)).toMatchObject({ muteAllMembers: true });
    await expect(speak('one')).rejects.toMatchObject({ code: 10017 });
    await say(world, alice, topicID, { text: 'quiet', ...GROUP });
    await mute(false);
    await speak('two');
    await settle(world, alice.tim.setGroupMemberMuteTime({ groupID, userID: 'bob', muteTime: 60 }));
    await expect(speak('three')).rejects.toMatchObject({ code: 10017 });
    await settle(world, alice.tim.setGroupMemberMuteTime({ groupID, userID: 'bob', muteTime: 0 }));
    await settle(world, alice.tim.updateGroupProfile({ groupID, muteAllMembers: true }));
    await expect(speak('four')).rejects.toMatchObject({ code: 10017 });
  });

  test('in which something is said as it is made tells of it, to members who are just coming', async () => {
    const { world, alice, bob } = await meet(12);
    const [other, first] = ['@TGS#_young', '@TGS#_young@TOPIC#_first'];
    const memberList = [{ userID: 'bob' }];
    const made = alice.tim
      .createGroup({ type: 'Community', name: 'y', groupID: other, isSupportTopic: true, memberList })
      .then(() => alice.tim.createTopicInCommunity({ groupID: other, topicName: 'First', topicID: first }));
    const text = { to: first, payload: { text: 'at once' }, ...GROUP };
    const said = made.then(() => alice.tim.sendMessage(alice.tim.createTextMessage(text)));
    await settle(world, said);
    const events = bob.events.filter(({ name }) => name.startsWith('onTopic')).slice(1);
    expect(events).toMatchObject([
      { name: 'onTopicCreated', data: { groupID: other, topicID: first } },
      { name: 'onTopicUpdated', data: { groupID: other, topic: { topicID: first, unreadCount: 1 } } },
    ]);
  });

  test('shows newcomers what was said before, unread is only what came after', async () => {
    const { world, alice, carol } = await meet(6);
    await say(world, alice, topicID, { text: 'before', ...GROUP });
    // That somebody outside may read nothing does not stay for a member.
    await expect(texts(world, carol)).rejects.toMatchObject({ code: 10007 });
    await settle(world, carol.tim.joinGroup({ groupID }));
    expect(await topicOf(world, carol)).toMatchObject({ unreadCount: 0 });
    await say(world, alice, topicID, { text: 'after', ...GROUP });
    expect(await topicOf(world, carol)).toMatchObject({ unreadCount: 1 });
    expect(await texts(world, carol)).toEqual(['before', 'after']);
    expect(told(carol, 'onMessageReceived').flat()).toMatchObject([{ payload: { text: 'after' } }]);
  });

  test('ends for who leaves the community: nothing after it is readable, counted or sent; all is there after coming back', async () => {
    const { world, alice, bob } = await meet(7);
    await say(world, bob, topicID, { text: 'mine', ...GROUP });
    await say(world, alice, topicID, { text: 'seen', ...GROUP });
    await settle(world, bob.tim.quitGroup(groupID));
    await say(world, alice, topicID, { text: 'unseen', ...GROUP });
    await expect(say(world, bob, topicID, { text: 'ghost', ...GROUP })).rejects.toMatchObject({
      code: 10007,
    });
    expect(await texts(world, bob)).toEqual(['mine', 'seen']);
    expect((await settle(world, bob.tim.getJoinedCommunityList())).data.groupList).toEqual([]);

    const other = world.device();
    await logIn(world, other, 'bob');
    expect(await texts(world, other)).toEqual(['mine', 'seen']);
    await settle(world, other.tim.joinGroup({ groupID }));
    expect(await topicOf(world, other)).toMatchObject({ unreadCount: 0 });
    expect(await texts(world, other)).toEqual(['mine', 'seen', 'unseen']);
    await say(world, alice, topicID, { text: 'welcome back', ...GROUP });
    expect(await topicOf(world, other)).toMatchObject({ unreadCount: 1 });
    expect(await texts(world, other)).toEqual(['mine', 'seen', 'unseen', 'welcome back']);
  });

  test('ends with the community', async () => {
    const { world, alice, bob } = await meet(8);
    await say(world, alice, topicID, { text: 'last words', ...GROUP });
    await settle(world, alice.tim.dismissGroup(groupID));
    await expect(say(world, bob, topicID, { text: 'hello?', ...GROUP })).rejects.toMatchObject({
      code: 10010,
    });
    expect(await texts(world, bob)).toEqual(['last words']);
    await expect(settle(world, bob.tim.getTopicList({ groupID }))).rejects.toMatchObject({ code: 10010 });
  });

  test('is whole for a member who came back, though only what was said while they were in is brought to them', async () => {
    const { world, alice, bob } = await meet(7, { webInstances: 2 });
    await say(world, alice, topicID, { text: 'before', ...GROUP });
    await settle(world, bob.tim.quitGroup(groupID));
    await say(world, alice, topicID, { text: 'between', ...GROUP });
    const late = world.device();
    await logIn(world, late, 'bob');
    await settle(world, late.tim.joinGroup({ groupID }));
    await say(world, alice, topicID, { text: 'after', ...GROUP });
    expect(await texts(world, late)).toEqual(['before', 'between', 'after']);
  });

  test('shows after its end what was said while a member was cut off', async () => {
    const { world, alice, bob } = await meet(8);
    await say(world, alice, topicID, { text: 'heard', ...GROUP });
    bob.setReachable(false);
    bob.cut();
    await say(world, alice, topicID, { text: 'not heard', ...GROUP });
    await settle(world, alice.tim.dismissGroup(groupID));
    bob.setReachable(true);
    await world.pass(60_000);
    expect(await texts(world, bob)).toEqual(['heard', 'not heard']);
  });

  test('recalls, edits and reactions reach the members; unread follows a recall', async () => {
    const { world, alice, bob } = await meet(9);
    const message = await say(world, alice, topicID, { text: 'oops', ...GROUP });
    await say(world, alice, topicID, { text: 'fine', ...GROUP });
    await settle(world, bob.tim.addMessageReaction(await held(world, bob, message.ID), 'like'));
    expect(told(alice, 'onMessageReactionsUpdated')).toHaveLength(1);
    await settle(world, alice.tim.revokeMessage(message));
    await world.pass(1_000);
    expect(told(bob, 'onMessageRevoked').flat()).toMatchObject([{ ID: message.ID, isRevoked: true }]);
    expect(await topicOf(world, bob)).toMatchObject({ unreadCount: 1 });
  });
});

async function held(world: World, device: Device, ID: string) {
  const found = (await history(world, device, `GROUP${topicID}`)).find((message) => message.ID === ID);
  if (!found) throw new Error(`${ID} is not there`);
  return found;
}

describe('topics on several devices', () => {
  test('another device of mine has read what I have read; a device that was away hears all of it once', async () => {
    const { world, alice, bob } = await meet(10, { webInstances: 2 });
    const second = world.device();
    await logIn(world, second, 'bob');
    await say(world, alice, topicID, { text: 'one', ...GROUP });
    await settle(world, bob.tim.setMessageRead({ conversationID: `GROUP${topicID}` }));
    await world.pass(1_000);
    expect(told(second, 'onTopicUpdated').at(-1)).toMatchObject({ topic: { unreadCount: 0 } });

    second.setReachable(false);
    second.cut();
    await say(world, alice, topicID, { text: 'two', ...GROUP });
    const { topicID: newer } = (
      await settle(world, alice.tim.createTopicInCommunity({ groupID, topicName: 'Newer' }))
    ).data;
    await say(world, alice, newer, { text: 'three', ...GROUP });
    second.setReachable(true);
    await world.pass(30_000);
    const heard = told(second, 'onMessageReceived').flat() as { payload: { text?: string } }[];
    const words = heard.flatMap(({ payload }) => payload.text ?? []);
    expect(words.sort()).toEqual(['one', 'three', 'two']);
    expect(await topicOf(world, second, newer)).toMatchObject({ unreadCount: 1 });
    expect(await topicOf(world, second)).toMatchObject({ unreadCount: 1 });
  });

  test('what the bus loses is found by the sweep', async () => {
    const { world, alice, bob } = await meet(11);
    await say(world, alice, topicID, { text: 'one', ...GROUP });
    world.bus.losing = true;
    await say(world, alice, topicID, { text: 'two', ...GROUP });
    world.bus.losing = false;
    await world.pass(12_000);
    const heard = told(bob, 'onMessageReceived').flat() as { payload: { text?: string } }[];
    expect(heard.flatMap(({ payload }) => payload.text ?? [])).toEqual(['one', 'two']);
  });
});
