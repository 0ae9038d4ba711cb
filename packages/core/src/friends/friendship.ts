import { LIMITS } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, type Friend, type FriendGroup, toJson } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** One user's list of friends, in a transaction that has locked the user's scope; who comes or goes has theirs locked too. */
export interface FriendList {
  tx: Transaction;
  app: number;
  owner: string;
}

export const friendIn = ({ tx, app, owner }: FriendList, friendID: string): Friend | undefined =>
  decode.friend(tx.get(keys.friend(app, owner, friendID)));

const countIn = ({ tx, app, owner }: FriendList): number => Number(tx.get(keys.friendCount(app, owner)) ?? 0);

/** A list that has no room is told by name: mine is another code than theirs. */
export function requireRoom(list: FriendList, reason: 'friendListFull' | 'peerFriendListFull'): void {
  if (countIn(list) >= LIMITS.friends) throw new ImError(reason);
}

/** Puts a friend into the list, and into a group, which is made if need be. Who is in it already stays as they are. */
export function putFriend(list: FriendList, friendID: string, facts: Friend & { groupName?: string }): void {
  const { tx, app, owner } = list;
  if (friendIn(list, friendID) !== undefined) return;
  const { groupName, ...friend } = facts;
  tx.set(keys.friend(app, owner, friendID), toJson(friend));
  tx.set(keys.befriended(app, friendID, owner), {});
  tx.set(keys.friendCount(app, owner), countIn(list) + 1);
  if (groupName !== undefined) putInGroup(list, friendID, groupName);
}

/** The group is made if need be; false where the friend is in it. */
function putInGroup(list: FriendList, friendID: string, groupName: string): boolean {
  const { tx, app, owner } = list;
  const group = groupIn(list, groupName) ?? newGroup(list, groupName);
  if (group.userIDs.includes(friendID)) return false;
  storeGroup(list, { ...group, userIDs: [...group.userIDs, friendID] });
  appendInbox(tx, app, owner, { t: 'friendGroups' });
  return true;
}

/** Another remark, and one more group, for somebody who is in the list; false where nothing changes. */
export function renoteFriend(
  list: FriendList,
  friendID: string,
  { remark, groupName }: { remark?: string | undefined; groupName?: string | undefined },
): boolean {
  const { tx, app, owner } = list;
  const friend = friendIn(list, friendID);
  if (friend === undefined) return false;
  const isRenamed = remark !== undefined && remark !== friend.remark;
  if (isRenamed) tx.set(keys.friend(app, owner, friendID), toJson({ ...friend, remark }));
  const isGrouped = groupName !== undefined && putInGroup(list, friendID, groupName);
  return isRenamed || isGrouped;
}

/** Takes a friend out of the list and of all groups; false when they were in none. */
export function dropFriend(list: FriendList, friendID: string): boolean {
  const { tx, app, owner } = list;
  if (friendIn(list, friendID) === undefined) return false;
  tx.delete(keys.friend(app, owner, friendID));
  tx.delete(keys.befriended(app, friendID, owner));
  tx.set(keys.friendCount(app, owner), countIn(list) - 1);
  const groups = groupsIn(list).filter(({ userIDs }) => userIDs.includes(friendID));
  for (const group of groups) {
    storeGroup(list, { ...group, userIDs: group.userIDs.filter((userID) => userID !== friendID) });
  }
  if (groups.length > 0) appendInbox(tx, app, owner, { t: 'friendGroups' });
  return true;
}

/** Tells the owner's devices whom to look up anew: at a time as many as one request takes. */
export function tellFriends({ tx, app, owner }: FriendList, userIDs: readonly string[]): void {
  for (let at = 0; at < userIDs.length; at += LIMITS.friendsChanged)
    appendInbox(tx, app, owner, { t: 'friends', userIDs: userIDs.slice(at, at + LIMITS.friendsChanged) });
}

export function groupsIn({ tx, app, owner }: FriendList): FriendGroup[] {
  const records = tx.scan({ prefix: keys.friendGroups(app, owner), limit: LIMITS.friendGroups });
  return records.flatMap(([, value]) => decode.friendGroup(value) ?? []);
}

export const groupIn = ({ tx, app, owner }: FriendList, name: string): FriendGroup | undefined =>
  decode.friendGroup(tx.get(keys.friendGroup(app, owner, name)));

export function newGroup(list: FriendList, name: string): FriendGroup {
  if (groupsIn(list).length >= LIMITS.friendGroups) throw new ImError('tooManyFriendGroups');
  return { name, userIDs: [] };
}

export function storeGroup({ tx, app, owner }: FriendList, group: FriendGroup): void {
  tx.set(keys.friendGroup(app, owner, group.name), toJson(group));
}
