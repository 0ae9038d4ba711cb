import { LIMITS, type RequestOf } from '@sterna/protocol';
import { type Actor, sessionKey } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, type FriendGroup, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { isUserID } from '../user-id.ts';
import { type FailedUser, failedUser } from '../user-results.ts';
import { friendIn, type FriendList, groupIn, newGroup, storeGroup, tellFriends } from './friendship.ts';
import { requireWords } from './require-words.ts';

export interface FriendGroupBody {
  actor: Actor;
  request: RequestOf<'friendGroup.change'>;
  /** See `UseCases`. */
  call?: number;
}

export interface FriendGroupReply {
  group: { name: string; userIDs: string[] };
  failed: FailedUser[];
}

type Request = FriendGroupBody['request'];

/** Changes one of the actor's groups of friends. Who is no friend fails alone. */
export const changeFriendGroup: Decision<FriendGroupBody, FriendGroupReply> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, request, call }) {
    requireSession(tx, actor);
    for (const groupName of [request.name, request.newName]) requireWords({ groupName });
    const { app, userID: owner } = actor;
    const list = { tx, app, owner };
    const isMade = request.action === 'create' && call !== undefined;
    if (isMade && !isFirst(list, `${sessionKey(actor)}/${call}`)) return madeBefore(list, request);
    const { group, touched, failed } = change(list, request);
    appendInbox(tx, app, owner, { t: 'friendGroups' });
    // A friend shows the groups they are in.
    tellFriends(list, touched);
    return { group: { ...group, userIDs: [...group.userIDs] }, failed };
  },
};

interface Friends {
  friendIDs: string[];
  failed: FailedUser[];
}

interface Change {
  group: FriendGroup;
  touched: readonly string[];
  failed: FailedUser[];
}

/** Notes a call that makes a group. The newest are known, as many as there may be groups: each is sent again soon or never. */
function isFirst({ tx, app, owner }: FriendList, call: string): boolean {
  const key = keys.friendGroupsMade(app, owner);
  const known = decode.friendGroupsMade(tx.get(key));
  if (known.includes(call)) return false;
  tx.set(key, toJson([call, ...known].slice(0, LIMITS.friendGroups)));
  return true;
}

/** The same request again, whose answer was lost: the group as it was made, whatever has become of it since. */
function madeBefore(list: FriendList, { name, userIDs }: Request): FriendGroupReply {
  const { friendIDs, failed } = friendsAmong(list, userIDs);
  return { group: { name, userIDs: friendIDs }, failed };
}

function change(list: FriendList, request: Request): Change {
  const { action, name } = request;
  if (action === 'create') {
    requireFree(list, name);
    return fill(list, newGroup(list, name), request);
  }
  const group = groupIn(list, name);
  if (group === undefined) throw new ImError('relationInvalid', `no friend group ${JSON.stringify(name)}`);
  if (action === 'add' || action === 'remove') return fill(list, group, request);
  const { tx, app, owner } = list;
  tx.delete(keys.friendGroup(app, owner, name));
  if (action === 'delete') return { group, touched: group.userIDs, failed: [] };
  if (request.newName === undefined) throw new ImError('relationInvalid', 'newName');
  requireFree(list, request.newName);
  const renamed = { ...group, name: request.newName };
  storeGroup(list, renamed);
  return { group: renamed, touched: group.userIDs, failed: [] };
}

function requireFree(list: FriendList, name: string): void {
  if (groupIn(list, name) !== undefined)
    throw new ImError('relationInvalid', `a friend group ${JSON.stringify(name)} exists`);
}

function friendsAmong(list: FriendList, userIDs: readonly string[] = []): Friends {
  const failed: FailedUser[] = [];
  const friendIDs = [...new Set(userIDs)].filter((userID) => {
    if (isUserID(userID) && friendIn(list, userID) !== undefined) return true;
    failed.push(failedUser(userID, 'notInFriendList'));
    return false;
  });
  return { friendIDs, failed };
}

function fill(list: FriendList, group: FriendGroup, { action, userIDs }: Request): Change {
  const { friendIDs, failed } = friendsAmong(list, userIDs);
  const others = group.userIDs.filter((userID) => !friendIDs.includes(userID));
  const next = { ...group, userIDs: action === 'remove' ? others : [...others, ...friendIDs] };
  storeGroup(list, next);
  return { group: next, touched: friendIDs, failed };
}
