import { type GroupInfo, LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { type Application, decode, load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { groupsOf } from './create-group.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
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
  const operationType = application.kind === 'invite' ? NOTICE.inviteNeedsApproval : NOTICE.apply;
  for (const id of admins) {
    if (isAdmin(load.member(tx, log, id)?.role ?? 'Member'))
      notify(change, id, operationType, detailsOf(userID, application));
  }
}

/** Leaves an invitation with who is invited. */
export function askInvited(change: GroupChange, userID: string, by: string): void {
  const { tx, app, log, group, nowMs } = change;
  const application: Application = { kind: 'consent', by, note: '', timeMs: nowMs };
  tx.set(keys.application(log, userID), toJson(application));
  tx.set(keys.groupInvitation(app, userID, group.groupID), true);
  notify({ ...change, by }, userID, NOTICE.inviteNeedsConsent, detailsOf(userID, application));
}

/** Whether so many invitations wait for a user already that one more would only be noise. */
export function isOverInvited(tx: Transaction, app: number, userID: string): boolean {
  const range = { prefix: keys.groupInvitations(app, userID), limit: LIMITS.groupInvitations };
  return tx.scan(range).length >= LIMITS.groupInvitations;
}

const detailsOf = (userID: string, { kind, by, note }: Application): Record<string, unknown> => ({
  handleMessage: note,
  applicant: userID,
  userID,
  inviter: kind === 'apply' ? '' : by,
});

/**
 * `by` is who applied or invited, as read before the command: that one is told, so that user's scope is locked.
 * `needsConsent`: whom the admins let in on an invitation is asked too.
 */
export interface HandleBody {
  actor: Actor;
  groupID: string;
  userID: string;
  by: string;
  agree: boolean;
  note: string;
  needsConsent: boolean;
  nowMs: number;
}

/** An admin answers a wish, or who is invited an invitation. Whoever answers second is told that it was answered. */
export const handleApplication: Decision<HandleBody, { group: GroupInfo }> = {
  locks({ actor, groupID, userID, by }) {
    const users = [actor.userID, userID, by].map((id) => userScope(actor.app, id));
    return mergeLocks([groupLog(actor.app, groupID), ...users]);
  },

  decide(tx, body) {
    const { actor, groupID, userID, by, agree, note, nowMs } = body;
    requireSession(tx, actor);
    const { app } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const application = decode.application(tx.get(keys.application(log, userID)));
    if (application === undefined || application.by !== by) throw new ImError('applicationHandled');
    requireAnswerer(tx, log, actor.userID, { userID, application });
    tx.delete(keys.application(log, userID));
    tx.delete(keys.groupInvitation(app, userID, groupID));

    // Who agrees to come was brought by the inviter.
    const operator = application.kind === 'consent' ? by : actor.userID;
    const change: GroupChange = { tx, app, log, group, head: load.head(tx, log), by: operator, nowMs };
    const done = agree ? letIn(change, body, application) : change;
    const told = agree ? ACCEPTED[application.kind] : REJECTED[application.kind];
    const isOpen = tx.get(keys.application(log, userID)) !== undefined;
    if (!isOpen) notify({ ...done, by: actor.userID }, by, told, { handleMessage: note });
    return { group: groupView(done.group, done.head, load.member(tx, log, actor.userID)) };
  },
};

const ACCEPTED = { apply: NOTICE.accepted, invite: NOTICE.inviteAccepted, consent: NOTICE.inviteAccepted };
const REJECTED = { apply: NOTICE.rejected, invite: NOTICE.inviteRejected, consent: NOTICE.inviteRejected };

function requireAnswerer(
  tx: Transaction,
  log: string,
  answerer: string,
  { userID, application }: { userID: string; application: Application },
): void {
  if (application.kind !== 'consent') requireAtLeast(requireMember(tx, log, answerer), 'admins');
  else if (answerer !== userID)
    throw new ImError('noPermission', 'an invitation is for the invited to answer');
}

/** Makes the user a member, or asks them first, where an invitation was only approved yet. */
function letIn(
  change: GroupChange,
  { userID, needsConsent }: HandleBody,
  { kind, by }: Application,
): GroupChange {
  const { tx, app, log, group } = change;
  if (load.member(tx, log, userID) !== undefined) return change;
  if (group.memberCount >= group.maxMemberCount) throw new ImError('groupFull');
  if (groupsOf(tx, app, userID) >= LIMITS.groupsJoined) throw new ImError('groupQuota', userID);
  if (kind === 'invite' && needsConsent && KINDS[group.type].invitationsMayNeedConsent) {
    askInvited(change, userID, by);
    return change;
  }
  const joined = admit(change, [userID]);
  if (kind === 'invite') notify(joined, userID, NOTICE.invited);
  if (!showsMembership(group)) return joined;
  return appendTip(joined, TIP.join, [userID], { groupJoinType: kind === 'apply' ? 1 : 2 });
}
