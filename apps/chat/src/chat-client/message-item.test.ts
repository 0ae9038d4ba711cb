import { expect, test } from 'vitest';
import { plainMessage } from '../../dev/plain-message.ts';
import { kindOf, textOf, tipOf, toMessageItem } from './message-item.ts';

const MESSAGE = plainMessage({
  payload: { text: 'hello' },
  from: 'alice',
  flow: 'out',
  nick: 'Alice',
  sequence: 4,
});

test.each([
  [{ status: 'unSend' }, 'sending'],
  [{ status: 'fail' }, 'failed'],
  [{ status: 'success' }, 'sent'],
  [{ status: 'success', isPeerRead: true }, 'read'],
  [{ flow: 'in', isPeerRead: true }, 'received'],
])('%o is %s', (change, delivery) => {
  expect(toMessageItem({ ...MESSAGE, ...change }, 'key').delivery).toBe(delivery);
});

test('seconds become milliseconds, and the name in the group wins', () => {
  expect(toMessageItem({ ...MESSAGE, nameCard: 'Captain' }, 'key')).toMatchObject({
    key: 'key',
    timeMs: 1_700_000_000_000,
    senderName: 'Captain',
    text: 'hello',
  });
});

test.each([undefined, null, 7, 'text', [], {}, { text: 5 }])(
  'a payload of %o has no words and breaks nothing',
  (payload) => {
    expect(textOf('TIMTextElem', payload)).toBe('');
    expect(tipOf('TIMTextElem', payload)).toBeUndefined();
    expect(tipOf('TIMGroupTipElem', payload)).toMatchObject({ operation: 0, userIDs: [], changes: {} });
  },
);

test('a type from the future is unknown, not an error', () => {
  expect(kindOf('TIMHologramElem')).toBe('unknown');
});

test('a tip names whom it touches, from either list', () => {
  const payload = {
    operationType: 3,
    operatorID: 'bob',
    userIDList: ['carol', 7],
    memberList: [{ userID: 'dave' }],
  };
  expect(tipOf('TIMGroupTipElem', payload)).toMatchObject({
    source: 'group',
    operation: 3,
    userIDs: ['carol'],
  });
  expect(tipOf('TIMGroupTipElem', { ...payload, userIDList: [] })?.userIDs).toEqual(['dave']);
});

test('a notice carries the group’s name', () => {
  const payload = { operationType: 5, operatorID: 'bob', groupProfile: { groupID: 'g', groupName: 'Terns' } };
  expect(tipOf('TIMGroupSystemNoticeElem', payload)).toMatchObject({
    source: 'system',
    groupID: 'g',
    groupName: 'Terns',
  });
});

test('a step of an invitation is something that happened; other data of an application stays what it is', () => {
  const payload = (data: unknown) => ({ data: typeof data === 'string' ? data : JSON.stringify(data) });
  const step = { inviteID: 'i', inviter: 'ann', inviteeList: ['ben', 'cat'], actionType: 1 };
  expect(tipOf('TIMCustomElem', payload(step))).toMatchObject({
    source: 'invitation',
    operation: 1,
    operatorID: 'ann',
    userIDs: ['ben', 'cat'],
  });
  const accept = payload({ ...step, inviteeList: ['ben'], actionType: 3 });
  expect(tipOf('TIMCustomElem', accept)?.operatorID).toBe('ben');
  const message = { ...MESSAGE, type: 'TIMCustomElem', payload: payload(step) };
  expect(toMessageItem(message, 'key').kind).toBe('tip');
  for (const data of [
    '{"inviteID',
    '{}',
    { ...step, actionType: 9 },
    { ...step, inviteID: 5 },
    [step],
    'null',
  ])
    expect(tipOf('TIMCustomElem', payload(data))).toBeUndefined();
});
