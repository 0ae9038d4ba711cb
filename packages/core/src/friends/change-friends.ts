import { LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { failedUser, type UserResults } from '../user-results.ts';
import { dropFriend, friendIn, tellFriends } from './friendship.ts';
import { requireWords } from './require-words.ts';

export interface DeleteFriendsBody {
  actor: Actor;
  userIDs: readonly string[];
  both: boolean;
}

/** Takes users out of the actor's list, and with `both` the actor out of theirs. */
export const deleteFriends: Decision<DeleteFriendsBody, UserResults> = {
  locks: ({ actor, userIDs }) =>
    mergeLocks([actor.userID, ...userIDs].map((userID) => userScope(actor.app, userID))),

  decide(tx, { actor, userIDs, both }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const mine = { tx, app, owner: userID };
    const result: UserResults = { done: [], failed: [] };
    for (const friendID of new Set(userIDs)) {
      if (dropFriend(mine, friendID)) result.done.push(friendID);
      else result.failed.push(failedUser(friendID, 'notFriends'));
      const theirs = { tx, app, owner: friendID };
      if (both && dropFriend(theirs, userID)) tellFriends(theirs, [userID]);
    }
    tellFriends(mine, result.done);
    return result;
  },
};

/** `customFields` names the custom fields that the app has configured. */
export interface UpdateFriendBody {
  actor: Actor;
  userID: string;
  changes: { remark?: string; custom?: Readonly<Record<string, string>> };
  customFields: readonly string[];
}

/** What the actor notes about a friend. */
export const updateFriend: Decision<UpdateFriendBody, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, userID: friendID, changes, customFields }) {
    requireSession(tx, actor);
    requireWords(changes);
    const { app, userID: owner } = actor;
    const list = { tx, app, owner };
    const friend = friendIn(list, friendID);
    if (friend === undefined) throw new ImError('notFriends', friendID);
    for (const field of Object.keys(changes.custom ?? {})) {
      if (!customFields.includes(field)) throw new ImError('relationInvalid', `${field} is not configured`);
    }
    const custom = { ...friend.custom, ...changes.custom };
    if (Object.keys(custom).length > LIMITS.friendCustomFields)
      throw new ImError('relationInvalid', 'too many fields');
    const next = { ...friend, ...changes, ...(Object.keys(custom).length > 0 && { custom }) };
    tx.set(keys.friend(app, owner, friendID), toJson(next));
    tellFriends(list, [friendID]);
    return {};
  },
};
