import { expect, test } from 'vitest';
import { contactName, listFriends } from './contact-name.ts';

const person = (userID: string, nick: string) => ({ userID, nick, avatar: '', signature: '' });
const friend = (userID: string, remark: string, groups: string[] = []) => ({ userID, remark, groups });
const state = {
  people: new Map([person('ann', 'Ann'), person('ben', 'Ben')].map((one) => [one.userID, one])),
  friends: new Map(
    [friend('ben', 'Zebra', ['tea']), friend('ann', '', ['tea', 'work']), friend('cy', '')].map((one) => [
      one.userID,
      one,
    ]),
  ),
};
const listed = (query: string, group?: string): string[] =>
  listFriends(state, { query, group }).map(({ userID }) => userID);

test('my own name for somebody goes before theirs, and the ID stands where there is none', () => {
  expect(['ben', 'ann', 'cy'].map((userID) => contactName(state, userID))).toEqual(['Zebra', 'Ann', 'cy']);
});

test('friends are listed by name, found by name and ID, and kept apart by group', () => {
  expect(listed('')).toEqual(['ann', 'cy', 'ben']);
  expect(listed('ZEB')).toEqual(['ben']);
  expect(listed('ben')).toEqual(['ben']);
  expect(listed('', 'work')).toEqual(['ann']);
  expect(listed('nobody')).toEqual([]);
});
