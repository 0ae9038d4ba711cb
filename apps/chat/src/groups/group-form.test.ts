import { expect, test } from 'vitest';
import type { GroupItem } from '../chat-client/state.ts';
import { filterMembers } from './filter-members.ts';
import { changesOf, tooLong } from './group-form.ts';

const GROUP: GroupItem = {
  groupID: 'g',
  name: 'Terns',
  avatar: '',
  type: 'Public',
  ownerID: 'alice',
  introduction: '',
  notification: 'Boots on',
  memberCount: 3,
  joinOption: 'FreeAccess',
  muteAll: false,
  hasTopics: false,
  myRole: 'Owner',
  myNameCard: '',
};
const FORM = {
  name: 'Terns',
  introduction: '',
  notification: 'Boots on',
  joinOption: 'FreeAccess',
};

test('only what is other than before is changed', () => {
  expect(changesOf(GROUP, FORM)).toEqual({});
  expect(
    changesOf(GROUP, { ...FORM, name: ' Terns ', notification: '', joinOption: 'NeedPermission' }),
  ).toEqual({ notification: '', joinOption: 'NeedPermission' });
});

test('limits count bytes', () => {
  expect(tooLong({ ...FORM, name: '燕'.repeat(33) })).toEqual([]);
  expect(tooLong({ ...FORM, name: '燕'.repeat(34), notification: 'x'.repeat(301) })).toEqual([
    'name',
    'notification',
  ]);
});

test('members are found by each of their names', () => {
  const member = { userID: 'bob', nick: 'Robert', nameCard: 'Captain', avatar: '', role: '', muteUntilMs: 0 };
  for (const query of ['BOB', 'rob', 'tain', ' ']) expect(filterMembers([member], query)).toEqual([member]);
  expect(filterMembers([member], 'carol')).toEqual([]);
});
