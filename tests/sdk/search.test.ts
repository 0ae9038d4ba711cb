import { LIMITS } from '@sterna/protocol';
import type { ChatSDK, Message } from '@sterna/sdk';
import { allModules, search, topics } from '@sterna/sdk/testing';
import { describe, expect, test } from 'vitest';
import { logIn, say, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

type Query = Parameters<ChatSDK['searchCloudMessages']>[0];

const words = (list: readonly Message[]): unknown[] =>
  list.map(({ payload }) => (payload as { text?: string }).text);

async function find(world: World, device: Device, query: Query) {
  const { data } = await settle(world, device.tim.searchCloudMessages(query));
  return data;
}

/** What is found in one conversation. */
async function texts(
  world: World,
  device: Device,
  conversationID: string,
  keyword: string,
): Promise<unknown[]> {
  const found = await find(world, device, { keywordList: [keyword], conversationID });
  return words(found.searchResultList[0]?.messageList ?? []);
}

async function meet(seed: number): Promise<{ world: World; ann: Device; ben: Device; cai: Device }> {
  const world = createWorld(seed, { search: true, domains: [...allModules, search, topics] });
  const [ann, ben, cai] = [world.device(), world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, cai, 'cai');
  await logIn(world, ann, 'ann');
  return { world, ann, ben, cai };
}

async function newGroup(world: World, owner: Device, members: string[], more: object = {}): Promise<void> {
  const memberList = members.map((userID) => ({ userID }));
  const group = {
    groupID: 'tea',
    name: '北京茶馆',
    type: 'Public' as const,
    joinOption: 'FreeAccess' as const,
  };
  await settle(world, owner.tim.createGroup({ ...group, memberList, ...more }));
}

const inGroup = (text: string) => ({ text, conversationType: 'GROUP' as const });

describe('messages', () => {
  test('of topics are found by members, in the topic and among all; not what was said after leaving, nor in a topic that is gone', async () => {
    const { world, ann, ben, cai } = await meet(32);
    const groupID = '@TGS#_terns';
    const topicID = `${groupID}@TOPIC#_nests`;
    await newGroup(world, ann, ['ben'], { groupID, type: 'Community', isSupportTopic: true });
    await settle(world, ann.tim.createTopicInCommunity({ groupID, topicID, topicName: 'Nests' }));
    await say(world, ann, topicID, inGroup('twigs for a nest'));
    const conversationID = `GROUP${topicID}`;
    const among = async (device: Device): Promise<unknown> => {
      const { searchResultList } = await find(world, device, { keywordList: ['nest'] });
      return searchResultList.map(({ conversationID: id, messageCount, messageList }) => [
        id,
        messageCount,
        words(messageList),
      ]);
    };
    for (const device of [ann, ben]) {
      expect(await texts(world, device, conversationID, 'nest')).toEqual(['twigs for a nest']);
      expect(await among(device)).toEqual([[conversationID, 1, ['twigs for a nest']]]);
    }
    expect(await texts(world, cai, conversationID, 'nest')).toEqual([]);
    expect(await among(cai)).toEqual([]);
    await settle(world, ben.tim.quitGroup(groupID));
    await say(world, ann, topicID, inGroup('moss for a nest'));
    expect(await texts(world, ben, conversationID, 'nest')).toEqual(['twigs for a nest']);
    expect(await among(ann)).toMatchObject([[conversationID, 2, []]]);
    await settle(world, ann.tim.deleteTopicFromCommunity({ groupID }));
    expect(await texts(world, ann, conversationID, 'nest')).toEqual([]);
    expect(await among(ann)).toEqual([]);
  });

  test('are looked for twice at once, and as often each second: what is more waits its turn', async () => {
    const { world, ann } = await meet(31);
    await say(world, ann, 'ben', 'hello');
    const refused = (): number => ann.wire.filter((frame) => frame.includes('2996')).length;
    const burst = async (count: number): Promise<number[]> => {
      const search = () => ann.tim.searchCloudMessages({ keywordList: ['hello'] });
      const answers = Promise.all(Array.from({ length: count }, search));
      await world.pass(3_000);
      return (await answers).map(({ data }) => data.totalCount);
    };
    const most = LIMITS.searchesPerSecond;
    expect(most).toBe(2);
    for (const count of [most - 1, most]) expect(await burst(count)).toEqual(Array(count).fill(1));
    expect(refused()).toBe(0);
    expect(await burst(most + 1)).toEqual([1, 1, 1]);
    expect(refused()).toBeGreaterThan(0);
  });

  test('are found by words of two characters, by beginnings, in all conversations of mine and no other', async () => {
    const { world, ann, ben, cai } = await meet(1);
    const one = await say(world, ann, 'ben', '我在北京工作');
    await say(world, ann, 'cai', '北京见');
    await say(world, ben, 'ann', '北京很大');
    await world.pass(2000);
    const all = await find(world, ann, { keywordList: ['北京'] });
    expect(all.totalCount).toBe(2);
    expect(all.searchResultList).toMatchObject([
      { conversationID: 'C2Cben', messageCount: 2, messageList: [] },
      { conversationID: 'C2Ccai', messageCount: 1, messageList: [{ payload: { text: '北京见' } }] },
    ]);
    expect(await texts(world, ann, 'C2Cben', '北京')).toEqual(['北京很大', '我在北京工作']);
    const found = await find(world, ann, { keywordList: ['京工'], conversationID: 'C2Cben' });
    // What the list holds is the same object.
    expect(found.searchResultList[0]?.messageList[0]).toBe(one);
    expect((await find(world, cai, { keywordList: ['工作'] })).totalCount).toBe(0);
    expect(await texts(world, cai, 'C2Cben', '北京')).toEqual([]);
  });

  test('come in pages, and by sender, type and time', async () => {
    const { world, ann, ben } = await meet(2);
    for (let number = 1; number <= 7; number++)
      await say(world, number % 2 ? ann : ben, number % 2 ? 'ben' : 'ann', `tea ${number}`);
    await world.pass(2000);
    const query: Query = { keywordList: ['tea'], conversationID: 'C2Cben', count: 3 };
    const first = await find(world, ann, query);
    expect(first).toMatchObject({ totalCount: 7, searchResultList: [{ messageCount: 7 }] });
    await say(world, ben, 'ann', 'tea 8');
    await world.pass(2000);
    const second = await find(world, ann, { ...query, cursor: first.cursor });
    const third = await find(world, ann, { ...query, cursor: second.cursor });
    const pages = [first, second, third].map(({ searchResultList: [one] }) => words(one?.messageList ?? []));
    expect(pages).toEqual([['tea 7', 'tea 6', 'tea 5'], ['tea 4', 'tea 3', 'tea 2'], ['tea 1']]);
    expect(third.cursor).toBe('');
    const bySender = await find(world, ann, { ...query, senderUserIDList: ['ben'], count: 10 });
    expect(words(bySender.searchResultList[0]?.messageList ?? [])).toEqual([
      'tea 8',
      'tea 6',
      'tea 4',
      'tea 2',
    ]);
    const byType = { conversationID: 'C2Cben', messageTypeList: ['TIMTextElem' as const] };
    expect((await find(world, ann, byType)).totalCount).toBe(8);
    const both = { ...query, keywordList: ['tea', '3'], keywordListMatchType: 'and' as const };
    expect(words((await find(world, ann, both)).searchResultList[0]?.messageList ?? [])).toEqual(['tea 3']);
    const shown = (await find(world, ann, query)).searchResultList[0]?.messageList ?? [];
    const timePosition = (shown.at(-1)?.time ?? 0) - 1;
    const earlier = await find(world, ann, { ...query, timePosition, count: 1 });
    expect(words(earlier.searchResultList[0]?.messageList ?? [])).toEqual(['tea 5']);
    expect((await find(world, ann, { ...query, timePosition, timePeriod: 2 })).totalCount).toBe(1);
    await world.pass(121_000);
    await expect(find(world, ann, { ...query, cursor: first.cursor })).rejects.toMatchObject({ code: 10004 });
    for (const bad of [{}, { keywordList: [] }, { keywordList: ['!'] }, { ...query, cursor: 'x' }])
      await expect(find(world, ann, bad)).rejects.toMatchObject({ code: 10004 });
  });

  test('that were recalled, deleted or cleared are not found, even before the index hears of it; changed ones by what they say now', async () => {
    const { world, ann, ben } = await meet(3);
    const [gone, kept, changed] = [
      await say(world, ann, 'ben', 'tea recalled'),
      await say(world, ann, 'ben', 'tea deleted'),
      await say(world, ann, 'ben', 'tea changed'),
    ];
    await world.pass(2000);
    changed.payload = { text: 'coffee' };
    await Promise.all([
      settle(world, ann.tim.revokeMessage(gone)),
      ann.tim.modifyMessage(changed),
      ann.tim.deleteMessage([kept]),
    ]);
    expect(await texts(world, ann, 'C2Cben', 'tea')).toEqual([]);
    expect(await texts(world, ben, 'C2Cann', 'tea')).toEqual(['tea deleted']);
    await world.pass(2000);
    expect(await texts(world, ben, 'C2Cann', 'coffee')).toEqual(['coffee']);
    expect(await texts(world, ben, 'C2Cann', 'tea')).toEqual(['tea deleted']);
    await settle(world, ben.tim.clearHistoryMessage('C2Cann'));
    expect((await find(world, ben, { keywordList: ['tea', 'coffee'] })).totalCount).toBe(0);
    expect(await texts(world, ann, 'C2Cben', 'coffee')).toEqual(['coffee']);
  });

  test('of a group are found inside the membership, and targeted ones by their receivers', async () => {
    const { world, ann, ben, cai } = await meet(4);
    await newGroup(world, ann, ['ben']);
    await say(world, ann, 'tea', inGroup('tea before'));
    const message = { to: 'tea', conversationType: 'GROUP' as const, payload: { text: 'tea for ben' } };
    await settle(
      world,
      ann.tim.sendMessage(ann.tim.createTextMessage({ ...message, receiverList: ['ben'] })),
    );
    await settle(world, cai.tim.joinGroup({ groupID: 'tea', type: 'Public' }));
    await say(world, ann, 'tea', inGroup('tea within'));
    await settle(world, ann.tim.deleteGroupMember({ groupID: 'tea', userIDList: ['cai'] }));
    await say(world, ann, 'tea', inGroup('tea after'));
    await world.pass(2000);
    expect(await texts(world, cai, 'GROUPtea', 'tea')).toEqual(['tea within']);
    expect(await texts(world, ben, 'GROUPtea', 'tea')).toEqual([
      'tea after',
      'tea within',
      'tea for ben',
      'tea before',
    ]);
    await settle(world, ann.tim.dismissGroup('tea'));
    await world.pass(2000);
    expect(await texts(world, cai, 'GROUPtea', 'tea')).toEqual(['tea within']);
    expect((await settle(world, ben.tim.searchCloudGroups({ keywordList: ['茶馆'] }))).data.totalCount).toBe(
      0,
    );
  });
});

describe('people and groups', () => {
  test('users by ID or nick, as they are called now', async () => {
    const { world, ann, ben } = await meet(5);
    const stranger = world.device();
    await logIn(world, stranger, 'stranger');
    await settle(
      world,
      ben.tim.updateMyProfile({ nick: '小北京', gender: 'Gender_Type_Male', birthday: 20000101 }),
    );
    await world.pass(2000);
    const users = async (options: Parameters<ChatSDK['searchCloudUsers']>[0]) =>
      (await settle(world, ann.tim.searchCloudUsers(options))).data.searchResultList.map(
        ({ userID }) => userID,
      );
    expect(await users({ keywordList: ['北京'] })).toEqual(['ben']);
    expect(await users({ keywordList: ['be'] })).toEqual(['ben']);
    expect(await users({ keywordList: ['stranger'] })).toEqual(['stranger']);
    expect(await users({ userGenderType: 'Gender_Type_Male', miniBirthday: 20000101 })).toEqual(['ben']);
    expect(await users({ keywordList: ['be'], maxBirthday: 19991231 })).toEqual([]);
    await settle(world, ben.tim.updateMyProfile({ nick: 'Benny' }));
    expect(await users({ keywordList: ['北京'] })).toEqual([]);
    await world.pass(2000);
    expect(await users({ keywordList: ['benny'] })).toEqual(['ben']);
  });

  test('groups that can be found, or are mine; members of mine by nick and name card', async () => {
    const { world, ann, ben, cai } = await meet(6);
    await newGroup(world, ann, ['ben']);
    await newGroup(world, ann, ['ben'], {
      groupID: 'work',
      name: '北京同事',
      type: 'Private',
      joinOption: undefined,
    });
    await settle(world, ben.tim.setGroupMemberNameCard({ groupID: 'tea', nameCard: 'the cook' }));
    await settle(world, ben.tim.updateMyProfile({ nick: 'Benny' }));
    await world.pass(2000);
    const groups = async (device: Device, options: Parameters<ChatSDK['searchCloudGroups']>[0]) =>
      (await settle(world, device.tim.searchCloudGroups(options))).data.searchResultList
        .map(({ groupID }) => groupID)
        .sort();
    expect(await groups(ben, { keywordList: ['北京'] })).toEqual(['tea', 'work']);
    expect(await groups(cai, { keywordList: ['北京'] })).toEqual(['tea']);
    expect(await groups(ben, { keywordList: ['北京'], groupTypeList: ['Private'] })).toEqual(['work']);
    const members = async (keyword: string, groupIDList?: string[]) =>
      (
        await settle(world, ann.tim.searchCloudGroupMembers({ keywordList: [keyword], groupIDList }))
      ).data.searchResultList.map(({ groupID, userID }) => `${groupID} ${userID}`);
    expect(await members('cook')).toEqual(['tea ben']);
    expect((await members('benny')).sort()).toEqual(['tea ben', 'work ben']);
    expect(await members('ben', ['work'])).toEqual(['work ben']);
    const strange = cai.tim.searchCloudGroupMembers({ keywordList: ['ben'], groupIDList: ['tea'] });
    await expect(settle(world, strange)).rejects.toMatchObject({ code: 10007 });
    await settle(world, ben.tim.quitGroup('work'));
    expect(await members('benny')).toEqual(['tea ben']);
  });
});

test('a server without an index says so', async () => {
  const world = createWorld(7, { domains: [...allModules, search] });
  const ann = world.device();
  await logIn(world, ann, 'ann');
  await expect(find(world, ann, { keywordList: ['tea'] })).rejects.toMatchObject({ code: 2998 });
});
