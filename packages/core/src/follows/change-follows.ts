import { type ErrorName, type InboxEvent, LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { isBlockedBy } from '../blacklist/blocked.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, type FollowCounts, load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { failedUser, type UserResults } from '../user-results.ts';

export interface ChangeFollowsBody {
  actor: Actor;
  action: 'add' | 'remove';
  userIDs: readonly string[];
  nowMs: number;
}

type List = Extract<InboxEvent, { t: 'follow' }>['list'];

/** One user's lists of who follows whom; the user's scope is locked. */
interface Side {
  tx: Transaction;
  app: number;
  owner: string;
}

/** Follows users, or follows them no more. Two who follow each other are in the mutual lists of both. */
export const changeFollows: Decision<ChangeFollowsBody, UserResults> = {
  locks: ({ actor, userIDs }) =>
    mergeLocks([actor.userID, ...userIDs].map((userID) => userScope(actor.app, userID))),

  decide(tx, { actor, action, userIDs, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const isAdd = action === 'add';
    const mine: Side = { tx, app, owner: userID };
    const result: UserResults = { done: [], failed: [] };
    const [followed, mutual]: [string[], string[]] = [[], []];
    for (const otherID of new Set(userIDs)) {
      const theirs: Side = { tx, app, owner: otherID };
      const refusal =
        isIn(mine, 'following', otherID) === isAdd ? undefined : refusalOf(tx, actor, otherID, isAdd);
      if (refusal !== undefined) {
        result.failed.push(failedUser(otherID, refusal));
        continue;
      }
      result.done.push(otherID);
      if (isIn(mine, 'following', otherID) === isAdd) continue;
      put(mine, 'following', otherID, isAdd && nowMs);
      put(theirs, 'followers', userID, isAdd && nowMs);
      tell(theirs, { list: 'followers', isAdd }, [userID]);
      followed.push(otherID);
      if (!isIn(mine, 'followers', otherID)) continue;
      put(mine, 'mutual', otherID, isAdd && nowMs);
      put(theirs, 'mutual', userID, isAdd && nowMs);
      tell(theirs, { list: 'mutual', isAdd }, [userID]);
      mutual.push(otherID);
    }
    tell(mine, { list: 'following', isAdd }, followed);
    tell(mine, { list: 'mutual', isAdd }, mutual);
    return result;
  },
};

function refusalOf(
  tx: Transaction,
  { app, userID }: Actor,
  otherID: string,
  isAdd: boolean,
): ErrorName | undefined {
  if (!isAdd) return undefined;
  if (otherID === userID) return 'relationInvalid';
  if (load.account(tx, app, otherID) === undefined) return 'relationUserNotFound';
  if (isBlockedBy(tx, app, otherID, userID)) return 'inPeerBlacklist';
  const { following } = decode.followCounts(tx.get(keys.followCounts(app, userID)));
  return following < LIMITS.following ? undefined : 'followingFull';
}

const isIn = ({ tx, app, owner }: Side, list: List, otherID: string): boolean =>
  tx.get(keys.follow(app, owner, { list, otherID })) !== undefined;

/** Puts a user into a list since `sinceMs`, or takes them out, and counts. */
function put({ tx, app, owner }: Side, list: List, otherID: string, sinceMs: number | false): void {
  const key = keys.follow(app, owner, { list, otherID });
  if (sinceMs === false) tx.delete(key);
  else tx.set(key, sinceMs);
  const counts = decode.followCounts(tx.get(keys.followCounts(app, owner)));
  const next: FollowCounts = { ...counts, [list]: counts[list] + (sinceMs === false ? -1 : 1) };
  tx.set(keys.followCounts(app, owner), toJson(next));
}

function tell(
  { tx, app, owner }: Side,
  change: { list: List; isAdd: boolean },
  userIDs: readonly string[],
): void {
  if (userIDs.length === 0) return;
  const users = userIDs.map((userID) => {
    const { nick, avatar } = load.profile(tx, app, userID);
    return { userID, ...(nick && { nick }), ...(avatar && { avatar }) };
  });
  appendInbox(tx, app, owner, { t: 'follow', ...change, users });
}
