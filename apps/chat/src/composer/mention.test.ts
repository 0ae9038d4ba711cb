import { describe, expect, test } from 'vitest';
import { EVERYBODY } from '../chat-client/published-values.ts';
import { completed, mentionables, mentionAt, mentionsIn, offered } from './mention.ts';

const member = (userID: string, nick: string, nameCard = '') => ({
  userID,
  nick,
  nameCard,
  avatar: '',
  role: 'Member',
  muteUntilMs: 0,
});
const all = mentionables(
  [member('alice', 'Alice'), member('bob', 'Bob', 'Captain'), member('carol', 'Carol Nakamura')],
  { myID: 'alice', everybody: 'everyone' },
);

describe('an @ that is typed', () => {
  test.each([
    ['@', { start: 0, query: '' }],
    ['hello @bo', { start: 6, query: 'bo' }],
    ['你好@小', { start: 2, query: '小' }],
    ['(@car', { start: 1, query: 'car' }],
    ['bob@example', undefined],
    ['@bob is', undefined],
    ['no sign', undefined],
  ])('%o', (text, expected) => {
    expect(mentionAt(text, text.length)).toEqual(expected);
  });

  test('is looked for at the caret, not at the end', () => {
    expect(mentionAt('@bo and more', 3)).toEqual({ start: 0, query: 'bo' });
  });
});

test('members are offered by the name they have here, everybody last, oneself not', () => {
  expect(all.map(({ name }) => name)).toEqual(['Captain', 'Carol Nakamura', 'everyone']);
  expect(mentionables([member('alice', 'Alice')], { myID: 'alice', everybody: 'everyone' })).toEqual([]);
});

test('names that begin so come before names that hold it', () => {
  expect(offered(all, 'ca').map(({ userID }) => userID)).toEqual(['bob', 'carol']);
  expect(offered(all, 'naka').map(({ userID }) => userID)).toEqual(['carol']);
  expect(offered(all, 'every').map(({ userID }) => userID)).toEqual([EVERYBODY]);
  expect(offered(all, 'zzz')).toEqual([]);
});

test('a choice takes the place of what was typed', () => {
  expect(completed('so @ca there', { start: 3, query: 'ca' }, 'Carol')).toEqual({
    text: 'so @Carol there',
    caret: 10,
  });
});

test('only names that still stand in the text are told', () => {
  const chosen = new Map([
    ['bob', 'Captain'],
    ['carol', 'Carol Nakamura'],
  ]);
  expect(mentionsIn('@Captain, come', chosen)).toEqual(['bob']);
});
