import { expect, test } from 'vitest';
import { plainMessage } from '../../dev/plain-message.ts';
import { LIMITS } from '../chat-client/limits.ts';
import { toMessageItem } from '../chat-client/message-item.ts';
import type { GroupItem } from '../chat-client/state.ts';
import type { TimMessage } from '../chat-client/tim.ts';
import { rightsOver } from './message-rights.ts';

const SENT_MS = 1_700_000_000_000;

function may(
  change: Partial<TimMessage>,
  { ageMs = 0, role, isOpen = true }: { ageMs?: number; role?: string; isOpen?: boolean } = {},
): string {
  const item = toMessageItem(plainMessage({ payload: { text: 'words' }, ...change }), 'key');
  const group = role === undefined ? undefined : groupOf(role);
  const rights = rightsOver(item, { nowMs: SENT_MS + ageMs, group, isOpen });
  return Object.entries(rights)
    .filter(([, allowed]) => allowed)
    .map(([name]) => name)
    .toSorted()
    .join(' ');
}

function groupOf(myRole: string): GroupItem {
  return {
    groupID: 'g',
    name: '',
    avatar: '',
    type: 'Public',
    ownerID: '',
    introduction: '',
    notification: '',
    memberCount: 3,
    joinOption: '',
    muteAll: false,
    hasTopics: false,
    myRole,
    myNameCard: '',
  };
}

const MINE = { flow: 'out', from: 'alice' };

test.each([
  ['theirs', {}, {}, 'copy forward react remove reply'],
  ['mine', MINE, {}, 'copy edit forward react recall remove reply'],
  ['mine, late', MINE, { ageMs: LIMITS.recallMs }, 'copy edit forward react remove reply'],
  ['theirs, to an admin', {}, { role: 'Admin' }, 'copy forward pin react recall remove reply'],
  ['theirs, to a member', {}, { role: 'Member' }, 'copy forward pin react remove reply'],
  ['in a group that was left', MINE, { isOpen: false }, 'copy forward remove'],
  ['not sent', { ...MINE, status: 'fail' }, {}, 'copy'],
  ['recalled', { ...MINE, isRevoked: true }, {}, ''],
  [
    'a picture of mine',
    { ...MINE, type: 'TIMImageElem', payload: {} },
    {},
    'forward react recall remove reply',
  ],
])('%s', (_name, change, situation, expected) => {
  expect(may(change, situation)).toBe(expected);
});
