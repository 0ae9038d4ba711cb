import { expect, test } from 'vitest';
import { rightsIn } from './group-rights.ts';
import { bytesOf, parseUserIDs, toggleUserID } from './user-ids.ts';

test.each([
  ['Private', 'Owner', 'invite leave remove'],
  ['Private', 'Member', 'invite leave'],
  ['Public', 'Owner', 'dismiss remove'],
  ['Public', 'Admin', 'leave remove'],
  ['Public', 'Member', 'leave'],
  ['AVChatRoom', 'Owner', 'dismiss'],
  ['Community', 'Member', 'invite leave'],
])('in %s the %s may: %s', (type, myRole, expected) => {
  const rights = rightsIn({ type, myRole });
  const may = [
    rights.invite && 'invite',
    rights.leave && 'leave',
    rights.dismiss && 'dismiss',
    rights.remove('Member') && 'remove',
  ];
  expect(may.filter((word) => word !== false).join(' ')).toBe(expected);
  expect(rights.remove('Owner')).toBe(false);
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
