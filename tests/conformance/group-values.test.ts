import type { ChatSDK, IMResponse } from '@sterna/sdk';
import { LIMITS } from '@sterna/protocol';
import { expect, test } from 'vitest';
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
