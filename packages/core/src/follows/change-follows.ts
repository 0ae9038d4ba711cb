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
      followed.push(otherID);
      if (turn(mine, theirs, isAdd && nowMs)) mutual.push(otherID);
    }
    tell(mine, { list: 'following', isAdd }, followed);
    tell(mine, { list: 'mutual', isAdd }, mutual);
    return result;
  },
};

/** Who has blocked the other is followed by them no more, and follows them no more. Both scopes must be locked. */
export function endFollows(tx: Transaction, app: number, [one, other]: readonly [string, string]): void {
  for (const [owner, otherID] of [
    [one, other],
    [other, one],
  ] as const) {
    const mine: Side = { tx, app, owner };
    if (!isIn(mine, 'following', otherID)) continue;
    const wasMutual = turn(mine, { tx, app, owner: otherID }, false);
    tell(mine, { list: 'following', isAdd: false }, [otherID]);
    if (wasMutual) tell(mine, { list: 'mutual', isAdd: false }, [otherID]);
  }
}

/** One follows the other since then, or no more: the other is told. True where they follow each other, or did. */
function turn(mine: Side, theirs: Side, sinceMs: number | false): boolean {
  const isAdd = sinceMs !== false;
  put(mine, 'following', theirs.owner, sinceMs);
  put(theirs, 'followers', mine.owner, sinceMs);
  tell(theirs, { list: 'followers', isAdd }, [mine.owner]);
  if (!isIn(mine, 'followers', theirs.owner)) return false;
  put(mine, 'mutual', theirs.owner, sinceMs);
  put(theirs, 'mutual', mine.owner, sinceMs);
  tell(theirs, { list: 'mutual', isAdd }, [mine.owner]);
  return true;
}

function refusalOf(
  tx: Transaction,
  { app, userID }: Actor,
  otherID: string,
  isAdd: boolean,
): ErrorName | undefined {
  if (!isAdd) return undefined;
  if (otherID === userID) return 'relationInvalid';
  if (load.account(tx, app, otherID) === undefined) return 'relationUserNotFound';
  if (isBlockedBy(tx, app, userID, otherID)) return 'peerInMyBlacklist';
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
