import { describe, expect, test } from 'vitest';
import { createRig, watch, type Device, type Rig } from './testing/rig.ts';

async function ready(rig: Rig, userID: string, name = userID): Promise<Device> {
  const device = rig.device(name);
  await device.enter(userID);
  return device;
}

describe('unread counts', () => {
  test('go to nothing when read, and are told to my other devices and the peer', async () => {
    const rig = createRig();
    rig.server.store.sessionsMax = 5;
    const [bob, bobsPhone, alice] = [
      await ready(rig, 'bob'),
      await ready(rig, 'bob', 'phone'),
      await ready(rig, 'alice'),
    ];
    const sent = alice.text('bob', 'hello');
    void alice.tim.sendMessage(sent);
    await rig.pass(500);
    expect([bob, bobsPhone].map((device) => device.conversation('C2Calice')?.unreadCount)).toEqual([1, 1]);
    await bob.tim.getMessageList({ conversationID: 'C2Calice' });
    const read = watch(bob.tim.setMessageRead({ conversationID: 'C2Calice' }));
    await rig.pass(500);
    expect(read.state).toBe('done');
    expect([bob, bobsPhone].map((device) => device.conversation('C2Calice')?.unreadCount)).toEqual([0, 0]);
    expect(sent.isPeerRead).toBe(true);
    expect(alice.seen.findLast(({ name }) => name === 'onMessageReadByPeer')?.data).toMatchObject([
      { ID: sent.ID, isPeerRead: true },
    ]);
    expect(alice.conversation('C2Cbob')?.lastMessage.isPeerRead).toBe(true);
  });

  test('that were read while nobody could be told are told at the return', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    rig.server.store.say('alice', 'bob', 'hello');
    await rig.pass(500);
    bob.network.reachable = false;
    bob.network.cut();
    await rig.pass(100);
    const read = watch(bob.tim.setMessageRead({ conversationID: 'C2Calice' }));
    await rig.pass(100);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(0);
    await rig.pass(20_000);
    expect(read.state).toBe('failed');
    bob.network.reachable = true;
    await rig.pass(30_000);
    expect(rig.server.store.unread('bob', 'C2Calice')).toBe(0);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(0);
  });

  test('of a part read elsewhere are exact although what is before is not held', async () => {
    const rig = createRig();
    for (let index = 0; index < 40; index++) rig.server.store.say('alice', 'bob', `${index}`);
    const bob = await ready(rig, 'bob');
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(40);
    rig.server.store.read('bob', 'C2Calice', 10);
    rig.server.store.say('alice', 'bob', 'one more');
    await rig.pass(2_000);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(31);
    expect(rig.server.store.unread('bob', 'C2Calice')).toBe(31);
  });

  test('do not have what does not count', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    rig.server.store.say('alice', 'bob', 'quiet', { uncounted: true });
    rig.server.store.say('alice', 'bob', 'aside', { notLast: true });
    rig.server.store.say('bob', 'alice', 'mine');
    await rig.pass(500);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(1);
    rig.server.store.say('alice', 'bob', 'hidden', { notLast: true });
    await rig.pass(500);
    expect(bob.conversation('C2Calice')?.lastMessage.messageForShow).toBe('mine');
  });
});

describe('the list', () => {
  test('is whole, newest first, and has both profiles in every row', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    for (const peer of ['alice', 'carol', 'dave']) {
      rig.server.store.say(peer, 'bob', 'hi');
      await rig.pass(1_500);
    }
    rig.server.store.say('alice', 'bob', 'again');
    await rig.pass(500);
    expect(bob.list().map(({ conversationID }) => conversationID)).toEqual([
      'C2Calice',
      'C2Cdave',
      'C2Ccarol',
    ]);
    for (const row of bob.list()) {
      expect(row.userProfile).toMatchObject({ userID: row.conversationID.slice(3) });
      expect(row.groupProfile).toBeTypeOf('object');
    }
    const { data } = await bob.tim.getConversationList();
    expect(data.conversationList).toHaveLength(3);
    expect(data.isSyncCompleted).toBe(true);
    expect((await bob.tim.getConversationList(['C2Cdave'])).data.conversationList).toHaveLength(1);
    expect((await bob.tim.getConversationList([])).data.conversationList).toEqual([]);
    expect((await bob.tim.getConversationList({ type: 'GROUP' })).data.conversationList).toEqual([]);
    expect((await bob.tim.getConversationList({ hasUnreadCount: true })).data.conversationList).toHaveLength(
      3,
    );
  });

  test('has the newest first among those of one second, at once and after a login', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    await rig.pass(1_000 - (rig.clock.nowMs() % 1_000));
    for (const peer of ['dave', 'alice', 'carol', 'bert']) {
      rig.server.store.say(peer, 'bob', 'hi');
      await rig.pass(100);
    }
    void bob.tim.sendMessage(bob.text('carol', 'hello'));
    await rig.pass(100);
    expect(new Set(bob.list().map(({ lastMessage }) => lastMessage.lastTime)).size).toBe(1);
    const order = ['C2Ccarol', 'C2Cbert', 'C2Calice', 'C2Cdave'];
    expect(bob.list().map(({ conversationID }) => conversationID)).toEqual(order);
    const phone = await ready(rig, 'bob', 'phone');
    expect(phone.list().map(({ conversationID }) => conversationID)).toEqual(order);
  });

  test('keeps its objects, and what an application put on them', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    rig.server.store.say('alice', 'bob', 'one');
    await rig.pass(500);
    const [row] = (await bob.tim.getConversationList()).data.conversationList;
    Object.assign(row ?? {}, { mine: 1 });
    rig.server.store.say('alice', 'bob', 'two');
    await rig.pass(500);
    expect((await bob.tim.getConversationList()).data.conversationList[0]).toBe(row);
    expect(row).toMatchObject({ mine: 1, unreadCount: 2 });
  });

  test('is told at a bounded rate, and its last state is never held back for long', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    bob.seen.length = 0;
    for (let index = 0; index < 200; index++) {
      rig.server.store.say('alice', 'bob', `${index}`);
      await rig.pass(1);
    }
    await rig.pass(100);
    expect(bob.names().filter((name) => name === 'onConversationListUpdated').length).toBeLessThan(10);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(200);
  });

  test('refuses to delete what is no conversation, and messages that are no list', async () => {
    const bob = await ready(createRig(), 'bob');
    await expect(bob.tim.deleteConversation('alice')).rejects.toMatchObject({
      code: 10004,
      message: 'A parameter is not valid: alice is no conversationID',
    });
    await expect(bob.tim.deleteMessage(5 as never)).rejects.toMatchObject({
      code: 10004,
      message: 'A parameter is not valid: deleteMessage(number)',
    });
  });

  test('loses what is deleted, with its history, until something new comes', async () => {
    const rig = createRig();
    rig.server.store.say('alice', 'bob', 'old');
    const bob = await ready(rig, 'bob');
    const gone = watch(bob.tim.deleteConversation('C2Calice'));
    await rig.pass(500);
    expect(gone.value?.data).toEqual({ conversationID: 'C2Calice' });
    expect(bob.list()).toEqual([]);
    rig.server.store.say('alice', 'bob', 'new');
    await rig.pass(500);
    expect(bob.conversation('C2Calice')).toMatchObject({
      unreadCount: 1,
      lastMessage: { messageForShow: 'new' },
    });
    const page = watch(bob.tim.getMessageList({ conversationID: 'C2Calice' }));
    await rig.pass(500);
    expect(page.value?.data.messageList).toHaveLength(1);
    expect(page.value?.data.isCompleted).toBe(true);
  });

  test('keeps the history of what is deleted without it', async () => {
    const rig = createRig();
    rig.server.store.say('alice', 'bob', 'old');
    const bob = await ready(rig, 'bob');
    const gone = watch(
      bob.tim.deleteConversation({ conversationIDList: ['C2Calice'], clearHistoryMessage: false }),
    );
    await rig.pass(500);
    expect(gone.value?.data).toEqual({ conversationIDList: ['C2Calice'] });
    rig.server.store.say('alice', 'bob', 'new');
    await rig.pass(500);
    const page = watch(bob.tim.getMessageList({ conversationID: 'C2Calice' }));
    await rig.pass(500);
    expect(page.value?.data.messageList).toHaveLength(2);
  });

  test('has a conversation that was opened before its first message', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    const opened = watch(bob.tim.getConversationProfile('C2Calice'));
    await rig.pass(500);
    expect(opened.value?.data.conversation).toMatchObject({
      conversationID: 'C2Calice',
      unreadCount: 0,
      lastMessage: { lastTime: 0 },
    });
    rig.server.store.say('alice', 'bob', 'first');
    rig.server.store.say('alice', 'bob', 'second');
    await rig.pass(500);
    expect(bob.received()).toEqual(['first', 'second']);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(2);
  });
});

describe('groups', () => {
  test('that I make are in the list with their counts, and what is said in them arrives', async () => {
    const rig = createRig();
    const [alice, bob] = [await ready(rig, 'alice'), await ready(rig, 'bob')];
    const made = watch(
      alice.tim.createGroup({
        name: 'club',
        type: 'Public',
        groupID: 'club',
        memberList: [{ userID: 'bob' }],
      }),
    );
    await rig.pass(1_000);
    expect(made.value?.data.group).toMatchObject({
      groupID: 'club',
      name: 'club',
      memberCount: 2,
      memberNum: 2,
      selfInfo: { role: 'Owner' },
    });
    for (const device of [alice, bob]) {
      const groups = device.seen.findLast((it) => it.name === 'onGroupListUpdated')?.data;
      expect(groups).toMatchObject([{ groupID: 'club', memberCount: 2 }]);
      expect(device.conversation('GROUPclub')).toMatchObject({
        type: 'GROUP',
        subType: 'Public',
        groupProfile: { name: 'club' },
      });
    }
    void alice.tim.sendMessage(alice.text('GROUPclub', 'welcome'));
    await rig.pass(500);
    expect(bob.received('GROUPclub')).toEqual(['welcome']);
    expect(bob.conversation('GROUPclub')).toMatchObject({ unreadCount: 1 });
    expect(made.value?.data.group.nextMessageSeq).toBe(2);
  });

  test('that I left are no group of mine, but their conversation stays', async () => {
    const rig = createRig();
    rig.server.store.createGroup('club', ['alice', 'bob']);
    const bob = await ready(rig, 'bob');
    rig.server.store.sayInGroup('alice', 'club', 'hello');
    await rig.pass(500);
    const quit = watch(bob.tim.quitGroup('club'));
    await rig.pass(500);
    expect(quit.value?.data).toEqual({ groupID: 'club' });
    expect((await bob.tim.getConversationList()).data.conversationList).toMatchObject([
      { conversationID: 'GROUPclub', unreadCount: 0 },
    ]);
    const list = watch(bob.tim.getGroupList());
    await rig.pass(500);
    expect(list.value?.data.groupList).toEqual([]);
    rig.server.store.sayInGroup('alice', 'club', 'behind your back');
    await rig.pass(10_000);
    expect(bob.received()).toEqual(['hello']);
  });

  test('that I joined before their inbox event came lose nothing', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const rig = createRig(seed);
      const bob = await ready(rig, 'bob');
      Object.assign(rig.server.wire, { reorder: 0.8, lose: 0.3 });
      rig.server.store.createGroup('club', ['alice', 'bob']);
      for (const text of ['one', 'two', 'three']) rig.server.store.sayInGroup('alice', 'club', text);
      await rig.pass(20_000);
      expect(bob.received('GROUPclub'), `seed ${seed}`).toEqual(['one', 'two', 'three']);
      expect(bob.conversation('GROUPclub')?.unreadCount, `seed ${seed}`).toBe(3);
    }
  });

  test('notices come as messages and by the older event', async () => {
    const rig = createRig();
    const bob = await ready(rig, 'bob');
    const payload = {
      operatorID: 'alice',
      operationType: 7,
      groupProfile: { groupID: 'club', groupName: 'club' },
    };
    const [session] = rig.server.store.sessionsOf('bob');
    if (!session) throw new Error('no session');
    rig.server.push(session, 'conversation', {
      conversationID: '@TIM#SYSTEM',
      from: 1,
      to: 1,
      events: [
        [
          1,
          {
            t: 'message',
            seq: 1,
            id: 'notice-1',
            from: '@TIM#SYSTEM',
            timeMs: 1,
            countable: 1,
            elements: [{ type: 'TIMGroupSystemNoticeElem', payload }],
          },
        ],
      ],
    });
    await rig.pass(500);
    expect(bob.seen.find((it) => it.name === 'receiveGroupSystemNotice')?.data).toMatchObject({
      type: 7,
      message: { payload, flow: 'in', conversationType: '@TIM#SYSTEM' },
    });
    expect(bob.received('@TIM#SYSTEM')).toEqual(['TIMGroupSystemNoticeElem']);
  });
});

describe('profiles', () => {
  test('mine is mine to change, and my other devices hear of it', async () => {
    const rig = createRig();
    rig.server.store.sessionsMax = 2;
    const [one, two] = [await ready(rig, 'alice', 'one'), await ready(rig, 'alice', 'two')];
    const changed = watch(one.tim.updateMyProfile({ nick: 'Alice' }));
    await rig.pass(500);
    expect(changed.value?.data).toMatchObject({ userID: 'alice', nick: 'Alice' });
    expect((await one.tim.getMyProfile()).data).toMatchObject({ nick: 'Alice' });
    for (const device of [one, two]) {
      expect(
        device.seen.filter((it) => it.name === 'onProfileUpdated').map(({ data }) => data),
      ).toMatchObject([[{ nick: 'Alice' }]]);
    }
  });

  test('of others are asked for once by a screen full of messages, and anew a little later', async () => {
    const rig = createRig();
    rig.server.store.say('bob', 'alice', 'hi');
    const alice = await ready(rig, 'alice');
    const asks = (): number => rig.server.log.filter(({ name }) => name === 'profile.get').length;
    const answers = Array.from({ length: 20 }, () =>
      watch(alice.tim.getUserProfile({ userIDList: ['bob', 'nobody'] })),
    );
    await rig.pass(500);
    expect(answers.every(({ value }) => value?.data.length === 1)).toBe(true);
    expect(asks()).toBe(1);
    await rig.pass(6_000);
    const later = watch(alice.tim.getUserProfile({ userIDList: ['bob'] }));
    await rig.pass(500);
    expect(later.value?.data).toMatchObject([{ userID: 'bob' }]);
    expect(asks()).toBe(2);
  });
});

describe('mentions', () => {
  const ALL = '__kImSDK_MesssageAtALL__';
  const noted = (device: Device) =>
    device
      .conversation('GROUPclub')
      ?.groupAtInfoList.map(({ messageSequence, atTypeArray }) => [messageSequence, ...atTypeArray]);

  test('of me and of everybody are noted while they are unread, on this device and the next', async () => {
    const rig = createRig();
    const { store } = rig.server;
    store.sessionsMax = 5;
    store.createGroup('club', ['alice', 'bob', 'carol']);
    const bob = await ready(rig, 'bob');
    store.sayInGroup('alice', 'club', '@bob', { atUsers: ['bob'] });
    store.sayInGroup('alice', 'club', '@carol', { atUsers: ['carol'] });
    store.sayInGroup('alice', 'club', '@all', { atUsers: [ALL] });
    store.sayInGroup('alice', 'club', '@all @bob', { atUsers: [ALL, 'bob'] });
    await rig.pass(500);
    expect(bob.conversation('GROUPclub')?.groupAtInfoList[0]).toEqual({
      groupID: 'club',
      from: 'alice',
      messageSequence: 1,
      atTypeArray: [1],
    });
    const all = [
      [1, 1],
      [3, 2],
      [4, 3],
    ];
    expect(noted(bob)).toEqual(all);
    store.recall('GROUPclub', 1, 'alice');
    await rig.pass(500);
    expect(noted(bob)).toEqual(all.slice(1));
    expect(noted(await ready(rig, 'bob', 'laptop'))).toEqual(all.slice(1));
    const read = watch(bob.tim.setMessageRead({ conversationID: 'GROUPclub' }));
    await rig.pass(500);
    expect(read.state).toBe('done');
    expect(noted(bob)).toEqual([]);
  });
});
