import { LIMITS } from '@sterna/protocol';
import { allModules, follows, friends, userStatus } from '@sterna/sdk/testing';
import type { ChatSDK } from '@sterna/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { logIn, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** What cannot be, and what is asked of users that are not there: the code, alone where it stands in a list. */

const HOBBY = 'Tag_Profile_Custom_Hobby';

let world: World;
let ann: Device;

beforeAll(async () => {
  world = createWorld(1, {
    webInstances: 3,
    domains: [...new Set([...allModules, friends, follows, userStatus])],
    settings: { profileCustomFields: [HOBBY] },
  });
  ann = world.device();
  const [ben, cat] = [world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  await logIn(world, cat, 'cat');
  await settle(world, ann.tim.addFriend({ to: 'ben', source: 'AddSource_Type_Web' }));
});

type Ask = (tim: ChatSDK) => Promise<unknown>;

/** 0 for what is taken, else the code. */
const codeOf = (ask: Ask): Promise<number> =>
  settle(world, ask(ann.tim)).then(
    () => 0,
    (error: { code: number }) => error.code,
  );

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `nobody-${index}`);
const profile =
  (changes: object): Ask =>
  (tim) =>
    tim.updateMyProfile(changes);
const add =
  (more: object): Ask =>
  (tim) =>
    tim.addFriend({ to: 'ben', source: 'AddSource_Type_Web', ...more });

/** What no type allows, as JavaScript passes it. */
const untyped = (options: object) => options as never;

describe('what makes no sense', () => {
  test.each<[string, Ask, number]>([
    ['befriending myself', add({ to: 'ann' }), 30001],
    ['befriending nobody', add({ to: 'nobody' }), 30003],
    ['an ID that cannot be', add({ to: '海' }), 10004],
    ['blocking myself', (tim) => tim.addToBlacklist({ userIDList: ['ann'] }), 30001],
    ['blocking nobody', (tim) => tim.addToBlacklist({ userIDList: ['nobody'] }), 31804],
    ['blocking no one at all', (tim) => tim.addToBlacklist({ userIDList: [] }), 10004],
    [
      'agreeing to what nobody asked',
      (tim) => tim.acceptFriendApplication({ userID: 'cat', type: 'Response_Action_Agree' }),
      30614,
    ],
    ['refusing what nobody asked', (tim) => tim.refuseFriendApplication({ userID: 'cat' }), 30614],
    ['a remark for no friend', (tim) => tim.updateFriend({ userID: 'cat', remark: 'C' }), 31704],
    ['a friend group that is not there', (tim) => tim.deleteFriendGroup({ name: 'tea' }), 30001],
    ['a friend group without a name', (tim) => tim.createFriendGroup({ name: '', userIDList: [] }), 30001],
    ['half a birthday', profile({ birthday: 0.5 }), 40605],
    ['a gender of my own', profile({ gender: 'Gender_Type_Tern' }), 40605],
    ['a way of being added of my own', profile({ allowType: 'Sometimes' }), 40605],
    ['a nick that is a number', profile({ nick: 5 }), 40610],
    ['a birthday that is a text', profile({ birthday: '20000101' }), 40610],
    ['a gender that is a number', profile({ gender: 1 }), 40610],
    ['a custom field that is a number', profile({ profileCustomField: [{ key: HOBBY, value: 5 }] }), 40610],
    ['one way of adding that there is not', add({ to: 'cat', type: 'Add_Type_Triple' }), 10004],
    [
      'the same, of deleting',
      (tim) => tim.deleteFriend(untyped({ userIDList: ['ben'], type: 'both' })),
      10004,
    ],
    ['the same, of checking', (tim) => tim.checkFriend(untyped({ userIDList: ['ben'], type: 1 })), 10004],
    [
      'the same, of accepting',
      (tim) => tim.acceptFriendApplication(untyped({ userID: 'cat', type: 'Agree' })),
      10004,
    ],
    ['no way of accepting', (tim) => tim.acceptFriendApplication(untyped({ userID: 'cat' })), 10004],
    [
      'one kind of application that there is not',
      (tim) => tim.deleteFriendApplication(untyped({ userID: 'cat', type: 'Pendency_Type_Other' })),
      10004,
    ],
  ])('%s', async (_, ask, code) => {
    expect(await codeOf(ask)).toBe(code);
  });

  test('in a list it fails alone, with its code', async () => {
    const { tim } = ann;
    const followed = (await settle(world, tim.followUser(['ben', 'ann', 'nobody']))).data;
    expect(followed.map(({ userID, code }) => [userID, code])).toEqual([
      ['ben', 0],
      ['ann', 30001],
      ['nobody', 30003],
    ]);
    const checked = (
      await settle(world, tim.checkFriend({ userIDList: ['ben', 'nobody'], type: 'CheckResult_Type_Both' }))
    ).data;
    expect(checked.successUserIDList).toEqual([{ userID: 'ben', relation: 'CheckResult_Type_BothWay' }]);
    expect(checked.failureUserIDList).toMatchObject([{ userID: 'nobody', code: 30003 }]);
    const found = (await settle(world, tim.getFriendProfile({ userIDList: ['ben', 'cat'] }))).data;
    expect(found.friendList).toMatchObject([{ userID: 'ben' }]);
    expect(found.failureUserIDList).toMatchObject([{ userID: 'cat', code: 31704 }]);
    const statuses = (await settle(world, tim.getUserStatus({ userIDList: ['ben', 'nobody'] }))).data;
    expect(statuses.failureUserList).toMatchObject([{ userID: 'nobody', code: 10019 }]);
  });

  test('what cannot be a userID fails alone too', async () => {
    const { tim } = ann;
    const names = ['ben', '', '海', 'x'.repeat(33), 'nul\u0000', '\ud800'];
    const nonsense = names.slice(1);
    const found = (await settle(world, tim.getUserProfile({ userIDList: names }))).data;
    expect(found.map(({ userID }) => userID)).toEqual(['ben']);
    const statuses = (await settle(world, tim.getUserStatus({ userIDList: names }))).data;
    expect(statuses.successUserList).toMatchObject([{ userID: 'ben' }]);
    expect(statuses.failureUserList.map(({ userID, code }) => [userID, code])).toEqual(
      nonsense.map((name) => [name, 10019]),
    );
    const checked = (await settle(world, tim.checkFriend({ userIDList: names }))).data;
    expect(checked.successUserIDList).toMatchObject([{ userID: 'ben' }]);
    expect(checked.failureUserIDList.map(({ code }) => code)).toEqual(nonsense.map(() => 30003));
    const friends = (await settle(world, tim.getFriendProfile({ userIDList: names }))).data;
    expect(friends.failureUserIDList.map(({ code }) => code)).toEqual(nonsense.map(() => 31704));
    const deleted = (await settle(world, tim.deleteFriend({ userIDList: nonsense }))).data;
    expect(deleted.failureUserIDList.map(({ code }) => code)).toEqual(nonsense.map(() => 31704));
    expect((await settle(world, tim.followUser(nonsense))).data.map(({ code }) => code)).toEqual(
      nonsense.map(() => 30003),
    );
    expect(await codeOf(() => tim.addToBlacklist({ userIDList: nonsense }))).toBe(31804);
    expect((await settle(world, tim.removeFromBlacklist({ userIDList: nonsense }))).data).toEqual([]);
    const group = { name: 'odd', userIDList: names };
    const made = (await settle(world, tim.createFriendGroup(group))).data;
    expect(made.friendGroup.userIDList).toEqual(['ben']);
    expect(made.failureUserIDList.map(({ code }) => code)).toEqual(nonsense.map(() => 32216));
    await settle(world, tim.deleteFriendGroup({ name: 'odd' }));
    expect(
      (await settle(world, tim.getUserFollowInfo(['ben', 'nobody', '']))).data.map(({ userID }) => userID),
    ).toEqual(['ben']);
    expect(await codeOf(() => tim.getUserProfile(untyped({ userIDList: ['ben', 5] })))).toBe(10004);
  });

  test('twice is once', async () => {
    const { tim } = ann;
    for (const turn of [1, 2]) {
      expect(
        (await settle(world, tim.addFriend({ to: 'ben', source: 'AddSource_Type_Web' }))).data.code,
      ).toBe(0);
      expect((await settle(world, tim.followUser(['cat', 'cat']))).data.map(({ code }) => code)).toContain(0);
      expect(turn).toBeLessThan(3);
    }
    expect((await settle(world, tim.getFriendList())).data).toHaveLength(1);
    const following = (await settle(world, tim.getMyFollowingList())).data.resultList;
    expect(following.map(({ userID }) => userID)).toEqual(['ben', 'cat']);
  });

  test('of more profiles than are read at once the first are, and who is nobody is left out', async () => {
    const read = async (before: number) => {
      const userIDList = ['ben', ...many(before - 1), 'cat'];
      return (await settle(world, ann.tim.getUserProfile({ userIDList }))).data.map(({ userID }) => userID);
    };
    expect(LIMITS.profilesRead).toBe(100);
    expect(await read(98)).toEqual(['ben', 'cat']);
    expect(await read(99)).toEqual(['ben', 'cat']);
    expect(await read(100)).toEqual(['ben']);
  });
});

describe('a profile that was read', () => {
  test('is not asked for again within five seconds, and then it is', async () => {
    const nick = async () =>
      (await ann.tim.getUserProfile({ userIDList: ['cat'] }).then(({ data }) => data))[0]?.nick;
    const read = (): Promise<string | undefined> => {
      const answer = nick();
      return world.pass(50).then(() => answer);
    };
    // Nobody whom ann talks with: a change is not pushed to her.
    const cat = world.device();
    await logIn(world, cat, 'cat');
    await world.pass(6_000);
    expect(await read()).toBe('');
    const changed = cat.tim.updateMyProfile({ nick: 'Catherine' });
    await world.pass(50);
    await changed;
    expect(await read()).toBe('');
    await world.pass(5_000);
    expect(await read()).toBe('Catherine');
  });
});
