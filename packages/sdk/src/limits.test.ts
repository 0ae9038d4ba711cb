import { CLOSE, ERRORS, LIMITS } from '@sterna/protocol/tables';
import { ITEM } from '@sterna/protocol';
import { expect, test } from 'vitest';
import * as limits from './limits.ts';
import { CLOSED, CODE, isTransient, OWNER_CANNOT_QUIT } from './transport/codes.ts';
import { ITEM_KIND } from './transport/frame-reader.ts';

test('the bounds written out here are the protocol’s', () => {
  for (const [name, value] of [
    ['frameBytes', limits.FRAME_BYTES],
    ['messageBytes', limits.MESSAGE_BYTES],
    ['mergerPartBytes', limits.MERGER_PART_BYTES],
    ['heartbeatMs', limits.HEARTBEAT_MS],
    ['requestDeadlineMs', limits.REQUEST_DEADLINE_MS],
    ['sendDeadlineMs', limits.SEND_DEADLINE_MS],
    ['historyPage', limits.HISTORY_PAGE],
    ['conversationsListed', limits.CONVERSATIONS_LISTED],
    ['conversationsDeleted', limits.CONVERSATIONS_DELETED],
    ['groupMembersPage', limits.GROUP_MEMBERS_PAGE],
    ['profilesRead', limits.PROFILES_READ],
    ['friendsChanged', limits.FRIENDS_READ],
    ['statusesSubscribed', limits.STATUSES_FOLLOWED],
    ['statusesSubscribedAtOnce', limits.STATUSES_FOLLOWED_AT_ONCE],
  ] as const) {
    expect(LIMITS[name], name).toBe(value);
  }
});

test('the codes that the engine acts on are the protocol’s', () => {
  const { tooLong, ...codes } = { ...CODE, ownerCannotQuit: OWNER_CANNOT_QUIT };
  expect(tooLong).toBe(ERRORS.messageTooLong.code);
  for (const [name, code] of Object.entries(codes))
    expect(ERRORS[name as keyof typeof codes].code, name).toBe(code);
});

test('the closes that it acts on are the protocol’s', () => {
  expect(CLOSE).toMatchObject(CLOSED);
});

test('what is tried again may be tried again', () => {
  for (const { code, retry } of Object.values(ERRORS)) if (isTransient(code)) expect(retry).toBe('later');
});

test('the kinds of items are the protocol’s', () => {
  expect(ITEM_KIND).toEqual(ITEM);
});

test('a login frame has room for a whole cursor and a whole signature', () => {
  expect(limits.CURSOR_BYTES + LIMITS.userSigBytes + 1_024).toBeLessThanOrEqual(LIMITS.loginFrameBytes);
  expect(limits.WINDOW).toBeLessThanOrEqual(LIMITS.requestsInFlight);
});
