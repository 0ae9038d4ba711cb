import { type GroupInfo, LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { type Application, decode, load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { groupsOf } from './create-group.ts';
import { groupView } from './group-view.ts';
import { admit, appendTip, type GroupChange, NOTICE, notify, showsMembership, TIP } from './membership.ts';
import { isAdmin, requireAtLeast, requireGroup, requireMember } from './require-member.ts';

/** Leaves a wish with those who decide. A wish that waits already is renewed, and told again. */
export function apply(
  change: GroupChange,
  userID: string,
  application: Application,
  admins: readonly string[],
): void {
  const { tx, log } = change;
  tx.set(keys.application(log, userID), toJson(application));
  const isInvite = application.kind === 'invite';
  const details = {
    handleMessage: application.note,
    applicant: userID,
    userID,
    inviter: isInvite ? application.by : '',
  };
  for (const id of admins) {
    if (!isAdmin(load.member(tx, log, id)?.role ?? 'Member')) continue;
    notify(change, id, isInvite ? NOTICE.inviteNeedsApproval : NOTICE.apply, details);
  }
}

/** `by` is who applied or invited, as read before the command: that one is told, so that user's scope is locked. */
export interface HandleBody {
  actor: Actor;
  groupID: string;
  userID: string;
  by: string;
  agree: boolean;
  note: string;
  nowMs: number;
}

/** An admin answers a wish. Whoever answers second is told that it was answered. */
export const handleApplication: Decision<HandleBody, { group: GroupInfo }> = {
  locks({ actor, groupID, userID, by }) {
    const users = [actor.userID, userID, by].map((id) => userScope(actor.app, id));
    return mergeLocks([groupLog(actor.app, groupID), ...users]);
  },

  decide(tx, { actor, groupID, userID, by, agree, note, nowMs }) {
    requireSession(tx, actor);
    const { app } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const self = requireMember(tx, log, actor.userID);
    requireAtLeast(self, 'admins');
    const key = keys.application(log, userID);
    const application = decode.application(tx.get(key));
    if (application === undefined || application.by !== by) throw new ImError('applicationHandled');
    tx.delete(key);

    let change: GroupChange = { tx, app, log, group, head: load.head(tx, log), by: actor.userID, nowMs };
    const isInvite = application.kind === 'invite';
    const details = { handleMessage: note };
    if (!agree) {
      notify(change, by, isInvite ? NOTICE.inviteRejected : NOTICE.rejected, details);
      return { group: groupView(group, change.head, self) };
    }
    if (load.member(tx, log, userID) === undefined) {
      if (group.memberCount >= group.maxMemberCount) throw new ImError('groupFull');
      if (groupsOf(tx, app, userID) >= LIMITS.groupsJoined) throw new ImError('groupQuota', userID);
      change = admit(change, [userID]);
      if (isInvite) notify(change, userID, NOTICE.invited);
      if (showsMembership(group)) {
        change = appendTip(change, TIP.join, [userID], { groupJoinType: isInvite ? 2 : 1 });
      }
    }
    notify(change, by, isInvite ? NOTICE.inviteAccepted : NOTICE.accepted, details);
    return { group: groupView(change.group, change.head, self) };
  },
};
