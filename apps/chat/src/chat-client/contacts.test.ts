import { expect, test } from 'vitest';
import { requestsOf, withFriends } from './contacts.ts';
import { withStatuses } from './presence.ts';
import { INITIAL_STATE } from './state.ts';

const profile = { userID: 'ben', nick: 'Ben', avatar: '', selfSignature: 'Here' };

test('a list of friends takes the place of the one before, and brings their profiles', () => {
  const one = withFriends(INITIAL_STATE, [{ userID: 'ben', remark: 'B', groupList: ['tea'], profile }]);
  expect([...one.friends.values()]).toEqual([{ userID: 'ben', remark: 'B', groups: ['tea'] }]);
  expect(one.people.get('ben')).toEqual({ userID: 'ben', nick: 'Ben', avatar: '', signature: 'Here' });
  expect(one.friendsLoaded).toBe(true);
  const none = withFriends(one, []);
  expect([none.friends.size, none.people.size]).toEqual([0, 1]);
});

test('requests say whose they are', () => {
  const wish = { userID: 'ben', nick: '', avatar: '', wording: 'hi', time: 7 };
  const { friendRequests, newFriendRequests } = requestsOf({
    friendApplicationList: [
      { ...wish, type: 'Pendency_Type_ComeIn' },
      { ...wish, userID: 'cat', nick: 'Cat', type: 'Pendency_Type_SendOut' },
    ],
    unreadCount: 1,
  });
  expect(friendRequests.map(({ name, isMine, timeMs }) => [name, isMine, timeMs])).toEqual([
    ['ben', false, 7000],
    ['Cat', true, 7000],
  ]);
  expect(newFriendRequests).toBe(1);
});

test('presence changes the state only where it is news', () => {
  const online = withStatuses(INITIAL_STATE, [{ userID: 'ben', statusType: 1 }]);
  expect([...online.online]).toEqual(['ben']);
  expect(withStatuses(online, [{ userID: 'ben', statusType: 1 }])).toBe(online);
  expect(withStatuses(online, [{ userID: 'ben', statusType: 2 }]).online.size).toBe(0);
  expect(withStatuses(online, [{ userID: 'cat', statusType: 3 }])).toBe(online);
});
