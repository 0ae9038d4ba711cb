import { expect, test } from 'vitest';
import { splitMentions } from './mention-text.ts';

const names = [
  { name: 'Ann', isMe: false },
  { name: 'Ann Lee', isMe: true },
  { name: '', isMe: true },
];

test('names that are mentioned stand out, the longest that fits', () => {
  expect(splitMentions('Hi @Ann Lee and @Ann!', names)).toEqual([
    { text: 'Hi ' },
    { text: '@Ann Lee', names: 'me' },
    { text: ' and ' },
    { text: '@Ann', names: 'other' },
    { text: '!' },
  ]);
});

test('another @ is text', () => {
  expect(splitMentions('a@b @nobody @', names)).toEqual([{ text: 'a@b @nobody @' }]);
  expect(splitMentions('', names)).toEqual([]);
});
