import { type ErrorName, LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { clearApplication } from '../friends/applications.ts';
import { dropFriend, tellFriends } from '../friends/friendship.ts';
import { endFollows } from '../follows/change-follows.ts';
import { seenSeqOf } from '../conversations/user-conversation.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { type Blocked, decode, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { failedUser, type UserResults } from '../user-results.ts';

export interface ChangeBlacklistBody {
  actor: Actor;
  action: 'add' | 'remove';
  userIDs: readonly string[];
  nowMs: number;
}

/**
 * Blocks users, or lets them reach the actor again. Who is blocked is no friend, follows not and is not followed. Who is blocked
 * already counts as done; of who was not blocked nothing is said.
 * A send locks the scopes of both sides, so it is decided either wholly before or wholly after.
 */
export const changeBlacklist: Decision<ChangeBlacklistBody, UserResults> = {
  locks({ actor, action, userIDs }) {
    const told = action === 'add' ? userIDs : [];
    return mergeLocks([actor.userID, ...told].map((userID) => userScope(actor.app, userID)));
  },

  decide(tx, body) {
    const { actor, action, userIDs } = body;
    requireSession(tx, actor);
    const { app, userID } = actor;
    const wanted = [...new Set(userIDs)];
    const result: UserResults = { done: [], failed: [] };
    const changed = action === 'add' ? add(tx, body, wanted, result) : remove(tx, body, wanted, result);
    if (changed.length > 0) {
      const [added, removed] = action === 'add' ? [changed, []] : [[], changed];
      appendInbox(tx, app, userID, { t: 'blacklist', added, removed });
      endFriendships(tx, actor, added);
      for (const blockedID of added) endFollows(tx, actor.app, [userID, blockedID]);
    }
    return result;
  },
};

function add(
  tx: Transaction,
  { actor, nowMs }: ChangeBlacklistBody,
  userIDs: readonly string[],
  result: UserResults,
): string[] {
  const { app, userID } = actor;
  let room =
    LIMITS.blacklist - tx.scan({ prefix: keys.blockedBy(app, userID), limit: LIMITS.blacklist }).length;
  const added: string[] = [];
  for (const blockedID of userIDs) {
    const key = keys.blocked(app, userID, blockedID);
    if (tx.get(key) === undefined) {
      const refusal = refusalOf(tx, actor, blockedID, room);
      if (refusal !== undefined) {
        result.failed.push(failedUser(blockedID, refusal));
        continue;
      }
      tx.set(key, toJson(blockedNow(tx, actor, blockedID, nowMs)));
      room -= 1;
      added.push(blockedID);
    }
    result.done.push(blockedID);
  }
  return added;
}

/** Both ways, and with it what waits between the two. */
function endFriendships(tx: Transaction, { app, userID }: Actor, blockedIDs: readonly string[]): void {
  const mine = { tx, app, owner: userID };
  for (const blockedID of blockedIDs) {
    const theirs = { tx, app, owner: blockedID };
    if (dropFriend(theirs, userID)) tellFriends(theirs, [userID]);
    clearApplication({ tx, app, applicant: userID, asked: blockedID });
    clearApplication({ tx, app, applicant: blockedID, asked: userID });
  }
  tellFriends(
    mine,
    blockedIDs.filter((blockedID) => dropFriend(mine, blockedID)),
  );
}

function refusalOf(
  tx: Transaction,
  { app, userID }: Actor,
  blockedID: string,
  room: number,
): ErrorName | undefined {
  if (blockedID === userID) return 'relationInvalid';
  if (tx.peek(keys.account(app, blockedID)) === undefined) return 'blacklistUserNotFound';
  return room > 0 ? undefined : 'blacklistFull';
}

/** Their read mark moves on, but not for the actor: a command that moves it locks the scopes of both. */
function blockedNow(tx: Transaction, { app, userID }: Actor, blockedID: string, timeMs: number): Blocked {
  const theirs = decode.userConversation(tx.peek(keys.userConversation(app, blockedID, `C2C${userID}`)));
  return { timeMs, peerReadSeq: theirs === undefined ? 0 : seenSeqOf(theirs) };
}

function remove(
  tx: Transaction,
  { actor: { app, userID } }: ChangeBlacklistBody,
  userIDs: readonly string[],
  result: UserResults,
): string[] {
  for (const blockedID of userIDs) {
    const key = keys.blocked(app, userID, blockedID);
    if (tx.get(key) === undefined) continue;
    tx.delete(key);
    result.done.push(blockedID);
  }
  return result.done;
}
