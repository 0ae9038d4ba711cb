import { expect, test } from 'vitest';
import { rightsIn } from './group-rights.ts';
import { bytesOf, parseUserIDs, toggleUserID } from './user-ids.ts';

const NAMED = [
  'invite',
  'leave',
  'dismiss',
  'edit',
  'nameOneself',
  'pin',
  'setJoinOption',
  'muteAll',
  'setAdmins',
  'transfer',
  'approve',
  'keepTopics',
  'recallOthers',
] as const;

test.each([
  ['Private', 'Owner', 'invite leave edit nameOneself pin setAdmins transfer recallOthers remove'],
  ['Private', 'Admin', 'invite leave edit nameOneself pin recallOthers'],
  ['Private', 'Member', 'invite leave edit nameOneself pin'],
  [
    'Public',
    'Owner',
    'dismiss edit nameOneself pin setJoinOption muteAll setAdmins transfer approve recallOthers remove mute',
  ],
  ['Public', 'Admin', 'leave edit nameOneself pin setJoinOption muteAll approve recallOthers remove mute'],
  ['Public', 'Member', 'leave nameOneself pin'],
  ['AVChatRoom', 'Owner', 'dismiss edit muteAll approve recallOthers mute'],
  ['AVChatRoom', 'Admin', 'leave muteAll approve recallOthers mute'],
  ['AVChatRoom', 'Member', 'leave'],
  ['Community', 'Member', 'invite leave nameOneself pin'],
  [
    'Community',
    'Owner',
    'invite dismiss edit nameOneself pin setJoinOption muteAll setAdmins transfer approve keepTopics recallOthers remove mute',
  ],
])('in %s the %s may: %s', (type, myRole, expected) => {
  const rights = rightsIn({ type, myRole });
  const may = [
    ...NAMED.filter((name) => rights[name]),
    ...(rights.remove('Member') ? ['remove'] : []),
    ...(rights.mute('Member') ? ['mute'] : []),
  ];
  expect(may.join(' ')).toBe(expected);
  expect(rights.remove('Owner')).toBe(false);
  expect(rights.mute('Owner')).toBe(false);
});

test('an admin removes members, not other admins', () => {
  expect(rightsIn({ type: 'Public', myRole: 'Admin' }).remove('Admin')).toBe(false);
  expect(rightsIn({ type: 'Public', myRole: 'Owner' }).remove('Admin')).toBe(true);
});

test('userIDs are read however they are parted', () => {
  expect(parseUserIDs(' bob,carol;dave\nerin，frank、bob ')).toEqual([
    'bob',
    'carol',
    'dave',
    'erin',
    'frank',
  ]);
  expect(parseUserIDs('  ')).toEqual([]);
  expect(toggleUserID('bob', 'carol')).toBe('bob, carol');
  expect(toggleUserID('bob, carol', 'bob')).toBe('carol');
});

test('bytes, not characters', () => {
  expect(bytesOf('林a')).toBe(4);
});
