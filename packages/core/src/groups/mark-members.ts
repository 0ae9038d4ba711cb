import { LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { decode, load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { failedUser, type UserResults } from '../user-results.ts';
import { KINDS } from './kinds.ts';
import { requireAtLeast, requireGroup, requireMember } from './require-member.ts';

export interface MarkBody {
  actor: Actor;
  request: RequestOf<'group.markMembers'>;
}

/** The owner of a live room marks people, to find them by it. */
export const markMembers: Decision<MarkBody, UserResults> = {
  locks: ({ actor, request }) =>
    mergeLocks([groupLog(actor.app, request.groupID)], [userScope(actor.app, actor.userID)]),

  decide(tx, { actor, request: { groupID, userIDs, mark, isSet } }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    if (KINDS[group.type].stored) throw new ImError('noPermission', 'only members of live rooms carry marks');
    requireAtLeast(requireMember(tx, log, userID), 'owner');

    const results: UserResults = { done: [], failed: [] };
    let changed = 0;
    for (const id of new Set(userIDs)) {
      if (tx.peek(keys.account(app, id)) === undefined) {
        results.failed.push(failedUser(id, 'userNotFound'));
        continue;
      }
      results.done.push(id);
      if (setMark(tx, log, { userID: id, mark, isSet })) changed += 1;
    }
    if (changed > 0) countMarks(tx, log, mark, isSet ? changed : -changed);
    return results;
  },
};

function setMark(
  tx: Transaction,
  log: string,
  { userID, mark, isSet }: { userID: string; mark: number; isSet: boolean },
): boolean {
  const standing = load.standing(tx, log, userID);
  const { marks = [] } = standing;
  if (marks.includes(mark) === isSet) return false;
  const next = isSet ? [...marks, mark] : marks.filter((other) => other !== mark);
  tx.set(keys.standing(log, userID), toJson({ ...standing, marks: next }));
  return true;
}

/** A room has so many kinds of mark at a time: one that nobody carries any more is free again. */
function countMarks(tx: Transaction, log: string, mark: number, by: number): void {
  const { [mark]: before = 0, ...others } = decode.markKinds(tx.get(keys.markKinds(log)));
  const carried = before + by;
  if (carried > 0 && Object.keys(others).length >= LIMITS.roomMarkKinds)
    throw new ImError('badParameter', `at most ${LIMITS.roomMarkKinds} kinds of mark`);
  tx.set(keys.markKinds(log), toJson(carried > 0 ? { ...others, [mark]: carried } : others));
}
