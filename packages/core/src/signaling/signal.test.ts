import { describe, expect, test } from 'vitest';
import { invitation as invite } from '../testing/invitation.ts';
import { signalOf } from './signal.ts';

describe('what a message says', () => {
  test.each([
    ['an ordinary custom message', { data: 'hello', description: '', extension: '' }],
    ['JSON of something else', { data: '{"inviteID":7}', description: '', extension: '' }],
    [
      'an action that there is not',
      { data: JSON.stringify({ ...invite, actionType: 6 }), description: '', extension: '' },
    ],
    [
      'invitees that are no list',
      { data: JSON.stringify({ ...invite, inviteeList: 'ben' }), description: '', extension: '' },
    ],
    ['half of it', { data: '{"inviteID":"i"', description: '', extension: '' }],
  ])('%s is no step', (_, payload) => {
    expect(signalOf([{ type: 'TIMCustomElem', payload }])).toBeUndefined();
  });

  test('what older libraries leave out is filled in', () => {
    const data = JSON.stringify({ inviteID: 'i', actionType: 3, inviter: 'ann', inviteeList: ['ben'] });
    const element = { type: 'TIMCustomElem' as const, payload: { data, description: '', extension: '' } };
    expect(signalOf([element])).toEqual({ ...invite, actionType: 3, data: '', timeout: 0 });
  });
});
