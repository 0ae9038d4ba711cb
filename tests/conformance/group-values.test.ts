import type { ChatSDK, IMResponse } from '@sterna/sdk';
import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createTown, first, type Town } from './town.ts';

type Make = (tim: ChatSDK, value: string) => Promise<IMResponse<unknown>>;

let made = 0;
const creating =
  (field: string): Make =>
  (tim, value) =>
    tim.createGroup({ type: 'Public', name: 'x', groupID: `v${(made += 1)}`, [field]: value });
const updating =
  (field: string): Make =>
  (tim, value) =>
    tim.updateGroupProfile({ groupID: 'g1', [field]: value });

/** Values at their edge: the longest is taken, one byte more has the code of its field. */
const BYTES: [what: string, make: Make, longest: number, code: number][] = [
  ['a name', creating('name'), LIMITS.groupNameBytes, 8502],
  ['a new name', updating('name'), LIMITS.groupNameBytes, 8502],
  ['an introduction', creating('introduction'), LIMITS.groupIntroductionBytes, 8503],
  ['a new introduction', updating('introduction'), LIMITS.groupIntroductionBytes, 8503],
  ['a notification', creating('notification'), LIMITS.groupNotificationBytes, 8504],
  ['a new notification', updating('notification'), LIMITS.groupNotificationBytes, 8504],
  ['an avatar', creating('avatar'), LIMITS.avatarBytes, 8505],
  ['a new avatar', updating('avatar'), LIMITS.avatarBytes, 8505],
  ['a groupID', creating('groupID'), LIMITS.groupIDBytes, 10015],
  [
    'a name card',
    (tim, nameCard) => tim.setGroupMemberNameCard({ groupID: 'g1', nameCard }),
    LIMITS.nameCardBytes,
    8506,
  ],
];

const found = createTown(21).then(async (town) => {
  await town.found('Public');
  return town;
});
const owner = (town: Town): ChatSDK => first(town.devices.omar).tim;

test.each(BYTES)('%s', async (_, make, longest, code) => {
  const town = await found;
  const outcome = (value: string) => town.outcome(() => make(owner(town), value));
  expect((await outcome('x'.repeat(longest))).code).toBeUndefined();
  expect((await outcome('x'.repeat(longest + 1))).code).toBe(code);
});

/** What is none of what there is. */
const NONE: [what: string, ask: (tim: ChatSDK) => Promise<unknown>, code: number][] = [
  ['a name that is empty', (tim) => creating('name')(tim, ''), 8502],
  ['a type', (tim) => creating('type')(tim, 'Club'), 2600],
  ['a groupID of other letters', (tim) => creating('groupID')(tim, 'gruppé'), 10015],
  ['a groupID that only the server gives', (tim) => creating('groupID')(tim, '@TGS#mine'), 10015],
  ['a groupID to join that is empty', (tim) => tim.joinGroup({ groupID: '' }), 10015],
  [
    'a role',
    (tim) => tim.setGroupMemberRole({ groupID: 'g1', userID: 'tess', role: 'Boss' as 'Admin' }),
    2683,
  ],
  ['a joinOption', (tim) => updating('joinOption')(tim, 'Sometimes'), 10004],
];

test.each(NONE)('%s that is none', async (_, ask, code) => {
  const town = await found;
  expect((await town.outcome(() => ask(owner(town)))).code).toBe(code);
});

test('counters are read by their names, without names all of them', async () => {
  const town = await found;
  const { groupID } = await town.lasting('Public');
  const { tim } = first(town.devices.mia);
  await town.outcome(() => tim.setGroupCounters({ groupID, counters: { likes: 5, gifts: 1 } }));
  const read = async (keyList?: string[]) => {
    const { value } = await town.outcome(() =>
      tim.getGroupCounters({ groupID, ...(keyList && { keyList }) }),
    );
    return value?.data.counters;
  };
  expect(await read(['gifts', 'none'])).toEqual({ gifts: 1 });
  for (const none of [undefined, []]) expect(await read(none)).toEqual({ likes: 5, gifts: 1 });
});

test.each([0, -3, 1.5, '5', NaN, Infinity, undefined, null])(
  'a counter is not moved by %s',
  async (value) => {
    const town = await found;
    const { groupID } = await town.lasting('Public');
    const { tim } = first(town.devices.mia);
    await town.outcome(() => tim.setGroupCounters({ groupID, counters: { likes: 5 } }));
    town.mark();
    const options = { groupID, key: 'likes', value: value as number };
    for (const step of [tim.increaseGroupCounter, tim.decreaseGroupCounter]) {
      const refused = step(options).catch((error: { code: number; message: string }) => error);
      await town.world.pass(1_200);
      expect(await refused).toMatchObject({ code: 10004, message: expect.stringMatching(/\bvalue\b/) });
    }
    expect(first(town.devices.ada).events).toEqual([]);
  },
);

test.each([
  ['Work', 'Private'],
  ['Meeting', 'ChatRoom'],
  ['Private', 'Private'],
  ['ChatRoom', 'ChatRoom'],
])('a group called %s is of type %s', async (name, type) => {
  const town = await found;
  const { value } = await town.outcome(() => creating('type')(owner(town), name));
  expect(value).toMatchObject({ data: { group: { type } } });
});

const crowd = (count: number) => Array.from({ length: count }, (_, index) => `nobody${index}`);
/** How many users one request may name; beyond, all of it is refused. */
const CROWDS: [what: string, ask: (tim: ChatSDK, userIDs: string[]) => Promise<unknown>, most: number][] = [
  ['added', (tim, userIDList) => tim.addGroupMember({ groupID: 'g1', userIDList }), LIMITS.groupMembersAdded],
  [
    'removed',
    (tim, userIDList) => tim.deleteGroupMember({ groupID: 'g1', userIDList }),
    LIMITS.groupMembersAdded,
  ],
  [
    'members from the beginning',
    (tim, userIDs) => creating('memberList')(tim, userIDs.map((userID) => ({ userID })) as never),
    LIMITS.groupMembersAdded,
  ],
];

test.each(CROWDS)('users to be %s', async (_, ask, most) => {
  const town = await found;
  expect((await town.outcome(() => ask(owner(town), crowd(most)))).code).toBeUndefined();
  expect((await town.outcome(() => ask(owner(town), crowd(most + 1)))).code).toBe(10005);
});

/** None of them can be a userID. */
const IMPOSSIBLE = ['', 'frédéric', 'x'.repeat(LIMITS.userIDBytes + 1), 'line\nbreak'];

test('what cannot be a userID fails alone', async () => {
  const town = await found;
  const { groupID } = await town.found('Public');
  const ask = async <Value>(run: (tim: ChatSDK) => Promise<Value>): Promise<Value | undefined> =>
    (await town.outcome(() => run(owner(town)))).value;
  const named = [...IMPOSSIBLE, 'nina', 'nobody', 'tess'];
  expect(await ask((tim) => tim.addGroupMember({ groupID, userIDList: named }))).toMatchObject({
    data: {
      successUserIDList: ['nina'],
      existedUserIDList: ['tess'],
      failureUserIDList: ['nobody', ...IMPOSSIBLE],
      overLimitUserIDList: [],
    },
  });
  const read = await ask((tim) => tim.getGroupMemberProfile({ groupID, userIDList: named }));
  expect(read?.data.memberList.map(({ userID }) => userID)).toEqual(['nina', 'tess']);
  expect(await ask((tim) => tim.deleteGroupMember({ groupID, userIDList: named }))).toMatchObject({
    data: { userIDList: ['nina', 'tess'] },
  });
  expect(await ask((tim) => tim.addGroupMember({ groupID, userIDList: IMPOSSIBLE }))).toMatchObject({
    data: { successUserIDList: [], failureUserIDList: IMPOSSIBLE },
  });
  const memberList = named.map((userID) => ({ userID }));
  expect(await ask((tim) => tim.createGroup({ type: 'Public', name: 'x', memberList }))).toMatchObject({
    data: { group: { memberCount: 3 }, overLimitUserIDList: [] },
  });
});

test('a group has all that it is made with', async () => {
  const town = await found;
  const field = [{ key: 'k', value: 'v' }];
  const options = {
    type: 'Public',
    name: 'whole',
    groupID: 'whole',
    introduction: 'i',
    notification: 'n',
    avatar: 'https://a/b',
    joinOption: 'FreeAccess',
    inviteOption: 'NeedPermission',
    groupCustomField: field,
  } as const;
  const memberList = [
    { userID: 'ada', role: 'Admin' as const, memberCustomField: field },
    { userID: 'mia' },
    { userID: 'nobody' },
  ];
  await town.outcome(() => owner(town).createGroup({ ...options, maxMemberNum: 50, memberList }));
  const [mia] = town.devices.mia;
  const { value } = await town.outcome(async () => mia?.tim.getGroupProfile({ groupID: 'whole' }));
  expect(value).toMatchObject({
    data: {
      group: { ...options, ownerID: 'omar', maxMemberCount: 50, memberCount: 3, isSupportTopic: false },
    },
  });
  const members = await town.outcome(async () => mia?.tim.getGroupMemberList({ groupID: 'whole' }));
  expect(members.value).toMatchObject({
    data: {
      memberList: [
        { userID: 'ada', role: 'Admin', memberCustomField: field },
        { userID: 'mia', role: 'Member' },
        { userID: 'omar', role: 'Owner' },
      ],
    },
  });
});

test('members are listed by pages, by number as of old and by the cursor of a page', async () => {
  const town = await found;
  const list = (offset: number | string | undefined, count = 2) =>
    town.outcome(() => owner(town).getGroupMemberList({ groupID: 'g1', count, offset }));
  for (const start of [0, '']) {
    const userIDs: string[] = [];
    let offset: number | string = start;
    do {
      const { value } = await list(offset);
      userIDs.push(...(value?.data.memberList ?? []).map(({ userID }) => userID));
      offset = value?.data.offset ?? '';
    } while (offset !== 0 && offset !== '');
    expect(userIDs).toEqual(['abe', 'ada', 'mia', 'omar', 'tess']);
  }
  const all = await list(undefined, 1_000);
  expect(all.value?.data.memberList).toHaveLength(5);
});

describe('what there is room for', () => {
  const small = { type: 'ChatRoom', name: 'x', groupID: 'small', maxMemberNum: 2 } as const;
  const named = (...userIDs: string[]) => userIDs.map((userID) => ({ userID }));

  test('members, up to what the owner said', async () => {
    const town = await found;
    const tim = owner(town);
    const create = (more: object) => town.outcome(() => tim.createGroup({ ...small, ...more }));
    expect((await create({ memberList: named('mia', 'tess') })).code).toBe(10038);
    expect((await create({ memberList: named('mia') })).code).toBeUndefined();
    expect((await create({})).code).toBe(10025);
    const [olga] = town.devices.olga;
    const others = { ...small, name: 'theirs' };
    expect((await town.outcome(async () => olga?.tim.createGroup(others))).code).toBe(10021);
    expect((await town.outcome(async () => olga?.tim.joinGroup({ groupID: 'small' }))).code).toBe(10014);
    const add = { groupID: 'small', userIDList: ['olga', 'mia', 'nobody'] };
    expect((await town.outcome(() => tim.addGroupMember(add))).value).toMatchObject({
      data: {
        successUserIDList: [],
        overLimitUserIDList: ['olga'],
        existedUserIDList: ['mia'],
        failureUserIDList: ['nobody'],
      },
    });
    expect((await town.outcome(() => tim.quitGroup('small'))).code).toBe(10009);
  });

  test('pins, up to ten', async () => {
    const town = await found;
    const tim = owner(town);
    const pin = async () => {
      const text = { to: 'g1', conversationType: 'GROUP', payload: { text: 'pin me' } } as const;
      const sent = await town.outcome(() => tim.sendMessage(tim.createTextMessage(text)));
      const message = sent.value?.data.message;
      if (message === undefined) throw new Error('not sent');
      return town.outcome(() => tim.pinGroupMessage({ groupID: 'g1', message, isPinned: true }));
    };
    for (let index = 0; index < LIMITS.pinnedMessages; index++) expect((await pin()).code).toBeUndefined();
    expect((await pin()).code).toBe(10070);
  });

  test('attributes and counters, up to their numbers and sizes', async () => {
    const town = await found;
    const tim = owner(town);
    const some = (count: number, value: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
    const init = (groupAttributes: Record<string, string>) =>
      town.outcome(() => tim.initGroupAttributes({ groupID: 'g1', groupAttributes }));
    const value = 'x'.repeat(LIMITS.attributeValueBytes);
    expect((await init(some(LIMITS.attributes, 'v'))).code).toBeUndefined();
    expect((await init(some(LIMITS.attributes + 1, 'v'))).code).toBe(10057);
    expect((await init({ a: value })).code).toBeUndefined();
    expect((await init({ a: `${value}x` })).code).toBe(10004);
    expect((await init(some(4, value))).code).toBe(10057);
    const counters = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
    const set = (count: number) =>
      town.outcome(() => tim.setGroupCounters({ groupID: 'g1', counters: counters(count) }));
    expect((await set(LIMITS.counters)).code).toBeUndefined();
    expect((await set(LIMITS.counters + 1)).code).toBe(10004);
  });
});
