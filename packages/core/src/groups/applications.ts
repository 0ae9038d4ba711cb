import { type GroupInfo, LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { type Application, decode, load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { groupsOf } from './quota.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import { admit, appendTip, type GroupChange, NOTICE, notify, showsMembership, TIP } from './membership.ts';
import { isAdmin, requireAtLeast, requireGroup, requireMember } from './require-member.ts';

/** How many more wishes may wait for a group's admins. */
export function roomForApplications(tx: Transaction, log: string): number {
  const range = { prefix: keys.applications(log), limit: LIMITS.groupApplications };
  return LIMITS.groupApplications - tx.scan(range).length;
}

/** Whether a wish for the user waits already: one more renews it. */
export const hasApplied = (tx: Transaction, log: string, userID: string): boolean =>
  tx.get(keys.application(log, userID)) !== undefined;

/**
 * Leaves a wish with those who decide, who are told of each once. Asking again changes its words; and a user who asks
 * takes the place of those who proposed them, but nobody that of the user.
 */
export function apply(
  change: GroupChange,
  userID: string,
  application: Application,
  admins: readonly string[],
): void {
  const { tx, log } = change;
  const key = keys.application(log, userID);
  const waiting = decode.application(tx.get(key));
  const isSame = waiting?.by === application.by;
  if (waiting !== undefined && !isSame && application.kind === 'invite') return;
  tx.set(key, toJson(application));
  if (isSame) return;
  const operationType = application.kind === 'invite' ? NOTICE.inviteNeedsApproval : NOTICE.apply;
  for (const id of admins) {
    if (isAdmin(load.member(tx, log, id)?.role ?? 'Member'))
      notify(change, id, operationType, detailsOf(userID, application));
  }
}

/** Leaves an invitation with who is invited. One that waits already, whoever sent it, is enough. */
export function askInvited(change: GroupChange, userID: string, by: string): void {
  const { tx, app, group, nowMs } = change;
  const key = keys.groupInvitation(app, userID, group.groupID);
  if (tx.get(key) !== undefined) return;
  const application: Application = { kind: 'consent', by, note: '', timeMs: nowMs };
  tx.set(key, toJson(application));
  notify({ ...change, by }, userID, NOTICE.inviteNeedsConsent, detailsOf(userID, application));
}

/** Whether so many invitations wait for a user already that one into one more group would only be noise. */
export function isOverInvited(tx: Transaction, app: number, userID: string, groupID: string): boolean {
  if (tx.get(keys.groupInvitation(app, userID, groupID)) !== undefined) return false;
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
 * `by` is who applied or invited, if anybody did, as read before the command: that one is told, so that user's scope is locked.
 * `needsConsent`: whom the admins let in on an invitation is asked too.
 */
export interface HandleBody {
  actor: Actor;
  groupID: string;
  userID: string;
  by?: string;
  agree: boolean;
  note: string;
  needsConsent: boolean;
  nowMs: number;
}

/** An admin answers a wish, or who is invited an invitation. Whoever answers second is told that it was answered. */
export const handleApplication: Decision<HandleBody, { group: GroupInfo }> = {
  locks({ actor, groupID, userID, by = userID }) {
    const users = [actor.userID, userID, by].map((id) => userScope(actor.app, id));
    return mergeLocks([groupLog(actor.app, groupID), ...users]);
  },

  decide(tx, body) {
    const { actor, groupID, agree, note, nowMs } = body;
    requireSession(tx, actor);
    const { app } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const application = requireWaiting(tx, log, body);
    const { by } = application;
    tx.delete(keyOf(body));

    // Who agrees to come was brought by the inviter.
    const operator = application.kind === 'consent' ? by : actor.userID;
    const change: GroupChange = { tx, app, log, group, head: load.head(tx, log), by: operator, nowMs };
    const { isAsked, ...done } = agree ? letIn(change, body, application) : { ...change, isAsked: false };
    const told = agree ? ACCEPTED[application.kind] : REJECTED[application.kind];
    if (!isAsked) notify({ ...done, by: actor.userID }, by, told, { handleMessage: note });
    return { group: groupView(done.group, done.head, load.member(tx, log, actor.userID)) };
  },
};

/** What may wait to be answered for a user: the one by the user named, the other by the admins. */
export const waitingKeys = (app: number, groupID: string, userID: string) => ({
  invitation: keys.groupInvitation(app, userID, groupID),
  application: keys.application(groupLog(app, groupID), userID),
});

const keyOf = ({ actor, groupID, userID }: HandleBody): string =>
  waitingKeys(actor.app, groupID, userID)[actor.userID === userID ? 'invitation' : 'application'];

function requireWaiting(tx: Transaction, log: string, body: HandleBody): Application {
  const { actor, groupID, userID, by } = body;
  if (actor.userID !== userID) requireAtLeast(requireMember(tx, log, actor.userID), 'admins');
  const read = (key: string): Application | undefined => {
    const waiting = decode.application(tx.get(key));
    return waiting?.by === by ? waiting : undefined;
  };
  const waiting = read(keyOf(body));
  if (waiting !== undefined) return waiting;
  if (Object.values(waitingKeys(actor.app, groupID, userID)).some((key) => read(key) !== undefined))
    throw new ImError('noPermission', 'this is for others to answer');
  throw new ImError('applicationHandled');
}

const ACCEPTED = { apply: NOTICE.accepted, invite: NOTICE.inviteAccepted, consent: NOTICE.inviteAccepted };
const REJECTED = { apply: NOTICE.rejected, invite: NOTICE.inviteRejected, consent: NOTICE.inviteRejected };

/** Makes the user a member, or asks them first, where an invitation was only approved yet. */
function letIn(
  change: GroupChange,
  { userID, needsConsent }: HandleBody,
  { kind, by }: Application,
): GroupChange & { isAsked: boolean } {
  const { tx, app, log, group } = change;
  const isAsked = false;
  if (load.member(tx, log, userID) !== undefined) return { ...change, isAsked };
  if (group.memberCount >= group.maxMemberCount) throw new ImError('groupFull');
  if (groupsOf(tx, app, userID) >= LIMITS.groupsJoined) throw new ImError('groupQuota', userID);
  if (kind === 'invite' && needsConsent && KINDS[group.type].invitationsMayNeedConsent) {
    if (isOverInvited(tx, app, userID, group.groupID)) throw new ImError('tooManyApplications', userID);
    askInvited(change, userID, by);
    return { ...change, isAsked: true };
  }
  const joined = admit(change, [userID]);
  if (kind === 'invite') notify(joined, userID, NOTICE.invited);
  if (!showsMembership(group)) return { ...joined, isAsked };
  const groupJoinType = kind === 'apply' ? 1 : 2;
  return { ...appendTip(joined, TIP.join, [userID], { groupJoinType }), isAsked };
}
