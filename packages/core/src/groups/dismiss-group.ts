import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { KINDS } from './kinds.ts';
import { endMemberships, type GroupChange, NOTICE, notify, saved } from './membership.ts';
import { requireGroup, requireMember } from './require-member.ts';

export interface DismissBody {
  actor: Actor;
  groupID: string;
  nowMs: number;
}

/**
 * Ends a group at one event in the order: from here on nobody can send, join or be added.
 * The members' own records follow one by one (`group.leaveDismissed`), as a group may have 100,000 of them.
 */
export const dismissGroup: Decision<DismissBody, { pos: number }> = {
  locks: ({ actor, groupID }) =>
    mergeLocks([groupLog(actor.app, groupID), userScope(actor.app, actor.userID)]),

  decide(tx, { actor, groupID, nowMs }) {
    requireSession(tx, actor);
    const log = groupLog(actor.app, groupID);
    const group = requireGroup(tx, log);
    const self = requireMember(tx, log, actor.userID);
    const { dismissers, stored } = KINDS[group.type];
    if (dismissers === 'nobody') throw new ImError('cannotDismissWork');
    if (self.role !== 'Owner') throw new ImError('noPermission', 'only the owner may dismiss the group');

    const head = appendEvent(tx, log, load.head(tx, log), {
      t: 'left',
      userIDs: [],
      by: actor.userID,
      reason: 'dismissed',
      timeMs: nowMs,
    });
    saved({
      tx,
      app: actor.app,
      log,
      group: { ...group, dismissedPos: head.pos },
      head,
      by: actor.userID,
      nowMs,
    });
    if (!stored) closeRoom(tx, actor);
    return { pos: head.pos };
  },
};

/** One of the owner's live rooms is no more. */
function closeRoom(tx: Transaction, { app, userID }: Actor): void {
  const account = load.account(tx, app, userID);
  if (account === undefined) return;
  tx.set(keys.account(app, userID), toJson({ ...account, rooms: Math.max(0, (account.rooms ?? 0) - 1) }));
}

export interface LeaveDismissedBody {
  app: number;
  groupID: string;
  userIDs: readonly string[];
  by: string;
  nowMs: number;
}

/** Ends the memberships of some members of a dismissed group and tells them. Repeating it changes nothing. */
export const leaveDismissed: Decision<LeaveDismissedBody, Record<string, never>> = {
  locks: ({ app, groupID, userIDs }) =>
    mergeLocks([groupLog(app, groupID), ...userIDs.map((userID) => userScope(app, userID))]),

  decide(tx, { app, groupID, userIDs, by, nowMs }) {
    const log = groupLog(app, groupID);
    const group = load.group(tx, log);
    if (group?.dismissedPos === undefined) throw new ImError('groupNotFound', 'not a dismissed group');
    // Of a live room only owner and admins have a record; those who are in it are told by its nodes.
    if (!KINDS[group.type].stored) {
      for (const userID of userIDs) {
        tx.delete(keys.member(log, userID));
        tx.delete(keys.admin(log, userID));
      }
      return {};
    }
    const change: GroupChange = { tx, app, log, group, head: load.head(tx, log), by, nowMs };
    for (const userID of userIDs) {
      if (load.member(tx, log, userID) === undefined) continue;
      notify(change, userID, NOTICE.dismissed);
    }
    endMemberships(change, userIDs, 'dismissed');
    return {};
  },
};
