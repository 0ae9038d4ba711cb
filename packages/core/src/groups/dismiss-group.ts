import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { type Dismissal, load, toJson } from '../records.ts';
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

/** When members' records that are not ended yet are seen to, if whoever ended the group has not come so far. */
const AFTERWARDS_MS = 1_000;

const dismissalOf = ({ actor, groupID, nowMs }: DismissBody): Dismissal => ({
  app: actor.app,
  groupID,
  by: actor.userID,
  dueMs: nowMs + AFTERWARDS_MS,
});

/**
 * Ends a group at one event in the order: from here on nobody can send, join or be added.
 * The members' own records follow in slices (`group.leaveDismissed`), as a group may have 100,000 of them; a timer sees to those that
 * are left, whatever becomes of this node.
 */
export const dismissGroup: Decision<DismissBody, Dismissal> = {
  locks: (body) =>
    mergeLocks([
      groupLog(body.actor.app, body.groupID),
      userScope(body.actor.app, body.actor.userID),
      keys.dismissalTimer(dismissalOf(body)),
    ]),

  decide(tx, body) {
    const { actor, groupID, nowMs } = body;
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
    const dismissal = dismissalOf(body);
    tx.set(keys.dismissalTimer(dismissal), toJson(dismissal));
    return dismissal;
  },
};

/** One of the owner's live rooms is no more. */
function closeRoom(tx: Transaction, { app, userID }: Actor): void {
  const account = load.account(tx, app, userID);
  if (account === undefined) return;
  tx.set(keys.account(app, userID), toJson({ ...account, rooms: Math.max(0, (account.rooms ?? 0) - 1) }));
}

export interface LeaveDismissedBody {
  dismissal: Dismissal;
  userIDs: readonly string[];
  /** No others are left: nobody has to see to it any more. */
  isLast: boolean;
  nowMs: number;
}

/** Ends the memberships of some members of a dismissed group and tells them. Repeating it changes nothing. */
export const leaveDismissed: Decision<LeaveDismissedBody, Record<string, never>> = {
  locks({ dismissal, userIDs }) {
    const { app, groupID } = dismissal;
    const users = userIDs.map((userID) => userScope(app, userID));
    return mergeLocks([groupLog(app, groupID), keys.dismissalTimer(dismissal), ...users]);
  },

  decide(tx, { dismissal, userIDs, isLast, nowMs }) {
    const { app, groupID, by } = dismissal;
    const log = groupLog(app, groupID);
    const group = load.group(tx, log);
    if (group?.dismissedPos === undefined) throw new ImError('groupNotFound', 'not a dismissed group');
    if (isLast) tx.delete(keys.dismissalTimer(dismissal));
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
