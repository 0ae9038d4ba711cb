import { describe, expect, test } from 'vitest';
import type { ConversationItem, Preview } from '../chat-client/state.ts';
import { totalUnread } from '../chat-client/conversations.ts';
import type { Tip } from '../chat-client/message-item.ts';
import { en } from '../i18n/en.ts';
import { zh } from '../i18n/zh.ts';
import { filterConversations } from './filter.ts';
import { isUserID } from '../chat-client/published-values.ts';
import { previewPeople, previewText } from './preview.ts';
import { tipText } from './tip-text.ts';

function conversation(change: Partial<ConversationItem>): ConversationItem {
  return {
    id: 'C2Cbob',
    kind: 'c2c',
    targetID: 'bob',
    title: 'Bob',
    avatar: '',
    unread: 0,
    muted: false,
    pinned: false,
    markedUnread: false,
    lastTimeMs: 0,
    preview: { kind: 'none' },
    mention: 'none',
    ...change,
  };
}

const NAMES = new Map([
  ['alice', 'You'],
  ['bob', 'Bob'],
  ['carol', 'Carol'],
]);
const context = {
  t: en,
  myID: 'alice',
  name: (userID: string) => NAMES.get(userID) ?? userID,
  nameInside: (userID: string) => (userID === 'alice' ? 'you' : (NAMES.get(userID) ?? userID)),
};

describe('preview', () => {
  test.each<[Preview, 'c2c' | 'group', string]>([
    [{ kind: 'none' }, 'c2c', ''],
    [{ kind: 'text', text: 'hi', from: 'bob' }, 'c2c', 'hi'],
    [{ kind: 'text', text: 'hi', from: 'bob' }, 'group', 'Bob: hi'],
    [{ kind: 'text', text: 'hi', from: 'alice' }, 'c2c', 'You: hi'],
    [{ kind: 'text', text: 'two\n\n lines', from: 'bob' }, 'c2c', 'two lines'],
    [{ kind: 'label', label: 'image', from: 'bob' }, 'group', 'Bob: Image'],
    [{ kind: 'label', label: 'unknown', from: 'bob' }, 'c2c', 'Message'],
    [{ kind: 'recalled', from: 'alice' }, 'c2c', 'You recalled a message'],
    [{ kind: 'recalled', from: 'bob' }, 'c2c', 'Bob recalled a message'],
  ])('%o in a %s', (preview, kind, expected) => {
    expect(previewText(conversation({ kind, preview }), context)).toBe(expected);
  });

  test('asks for the names it will show, and only those', () => {
    expect(
      previewPeople(conversation({ kind: 'group', preview: { kind: 'text', text: '', from: 'carol' } })),
    ).toEqual(['carol']);
    expect(previewPeople(conversation({ preview: { kind: 'text', text: '', from: 'bob' } }))).toEqual([]);
  });
});

describe('tips', () => {
  const tip = (change: Partial<Tip>): Tip => ({
    source: 'group',
    operation: 1,
    operatorID: 'bob',
    userIDs: [],
    groupID: 'g',
    groupName: 'Terns',
    muteSeconds: undefined,
    changes: {},
    ...change,
  });

  test.each<[Partial<Tip>, string]>([
    [{ userIDs: ['bob'] }, 'Bob joined the group'],
    [{ userIDs: ['carol'] }, 'Bob added Carol'],
    [{ userIDs: ['alice', 'carol', 'dave', 'erin', 'fay'] }, 'Bob added you, Carol, dave and 2 others'],
    [{ operation: 2 }, 'Bob left the group'],
    [{ operation: 7, userIDs: ['alice'], muteSeconds: 600 }, 'Bob muted you'],
    [{ operation: 7, userIDs: ['alice'], muteSeconds: 0 }, 'Bob let you speak again'],
    [{ operation: 3, userIDs: ['carol'] }, 'Bob removed Carol'],
    [{ operation: 4, userIDs: ['carol'] }, 'Carol is now an admin'],
    [{ operation: 6, changes: { groupName: 'Gulls' } }, 'Bob renamed the group to “Gulls”'],
    [{ operation: 6, changes: { ownerID: 'carol' } }, 'Carol is now the owner of the group'],
    [{ operation: 6, changes: { muteAllMembers: 'false' } }, 'Bob lifted the mute for everyone'],
    [{ operation: 6, changes: { customField: 'x' } }, 'Bob changed the group'],
    [{ operation: 99 }, 'Something changed in Terns'],
    [{ source: 'system', operation: 4 }, 'You were removed from Terns'],
    [{ source: 'system', operation: 5, groupName: '' }, 'g was disbanded'],
    [{ source: 'system', operation: 7 }, 'Bob added you to Terns'],
    [{ source: 'system', operation: 4711 }, 'Something changed in Terns'],
  ])('%o', (change, expected) => {
    expect(tipText(tip(change), context)).toBe(expected);
  });

  test('every published operation has words of its own in both languages', () => {
    for (const source of ['group', 'system'] as const) {
      const operations = source === 'group' ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      for (const t of [en, zh]) {
        const texts = operations.map((operation) =>
          tipText(tip({ source, operation, userIDs: ['carol'] }), { ...context, t }),
        );
        expect(new Set(texts).size).toBe(operations.length);
      }
    }
  });
});

describe('filter', () => {
  const list = [
    conversation({ id: 'C2Cbob', title: 'Bob Ökafor', targetID: 'bob' }),
    conversation({ id: 'C2Cerin', title: '林晓雨', targetID: 'erin' }),
  ];

  test.each([
    ['', 2],
    ['  ', 2],
    ['okaf', 1],
    ['BOB ök', 1],
    ['erin', 1],
    ['晓雨', 1],
    ['bob erin', 0],
  ])('%j finds %i', (query, count) => {
    expect(filterConversations(list, query)).toHaveLength(count);
  });

  test.each([
    ['bob', true],
    ['a'.repeat(32), true],
    ['a'.repeat(33), false],
    ['', false],
    [' bob', false],
    ['林', false],
  ])('%j as a userID: %s', (text, expected) => {
    expect(isUserID(text)).toBe(expected);
  });
});

test('the total leaves out what is muted and what is being read', () => {
  const list = [
    conversation({ id: 'a', unread: 2 }),
    conversation({ id: 'b', unread: 5, muted: true }),
    conversation({ id: 'c', unread: 7 }),
    conversation({ id: '@TIM#SYSTEM', kind: 'system', unread: 11 }),
  ];
  expect(totalUnread(list, undefined)).toBe(9);
  expect(totalUnread(list, 'c')).toBe(2);
});
