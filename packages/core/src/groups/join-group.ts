import type { GroupInfo } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import type { Visitor } from '../ports/rooms.ts';
import { decode, load, type Member } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { apply, hasApplied, roomForApplications } from './applications.ts';
import { requireNotBanned } from './bans.ts';
import { requireQuota } from './quota.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import { admit, appendTip, type GroupChange, showsMembership, TIP } from './membership.ts';
import { requireGroup, visitor } from './require-member.ts';

/**
 * `admins` is who, as read before the command, decides on applications: their scopes are locked to tell them.
 * One who lost the role since is passed over.
 */
export interface JoinBody {
  actor: Actor;
  groupID: string;
  applyMessage: string;
  admins: readonly string[];
  nowMs: number;
}

export interface JoinReply {
  status: 'JoinedSuccess' | 'WaitAdminApproval' | 'AlreadyInGroup';
  group?: GroupInfo;
  /** The group is a live room that the user may come into: as whom. */
  visitor?: Visitor;
}

/** Joins a group that is open, or applies to one that wants to be asked. */
export const joinGroup: Decision<JoinBody, JoinReply> = {
  locks({ actor, groupID, admins }) {
    const users = [actor.userID, ...admins].map((userID) => userScope(actor.app, userID));
    return mergeLocks([groupLog(actor.app, groupID), ...users]);
  },

  decide(tx, { actor, groupID, applyMessage, admins, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const head = load.head(tx, log);
    const member = load.member(tx, log, userID);
    if (!KINDS[group.type].stored) return comeIn(tx, { app, userID, log, nowMs }, member);
    if (member !== undefined) return { status: 'AlreadyInGroup', group: groupView(group, head, member) };
    if (!KINDS[group.type].joinable) throw new ImError('cannotApplyToWork');
    if (group.joinOption === 'DisableApply')
      throw new ImError('noPermission', 'the group takes no applications');
    requireQuota(tx, app, userID);
    if (group.memberCount >= group.maxMemberCount) throw new ImError('groupFull');

    const change: GroupChange = { tx, app, log, group, head, by: userID, nowMs };
    if (group.joinOption === 'NeedPermission') {
      if (!hasApplied(tx, log, userID) && roomForApplications(tx, log) === 0)
        throw new ImError('tooManyApplications', groupID);
      apply(change, userID, { kind: 'apply', by: userID, note: applyMessage, timeMs: nowMs }, admins);
      return { status: 'WaitAdminApproval' };
    }
    const joined = admit(change, [userID]);
    const done = showsMembership(group)
      ? appendTip(joined, TIP.join, [userID], { groupJoinType: 1 })
      : joined;
    return { status: 'JoinedSuccess', group: groupView(done.group, done.head, load.member(tx, log, userID)) };
  },
};

/** A live room is everybody's to come into, but for those who were banned. */
function comeIn(
  tx: Transaction,
  { app, userID, log, nowMs }: { app: number; userID: string; log: string; nowMs: number },
  member: Member | undefined,
): JoinReply {
  const group = requireGroup(tx, log);
  requireNotBanned(decode.ban(tx.get(keys.ban(log, userID))), nowMs);
  const self = { ...(member ?? visitor(tx, log, userID)), joinTimeMs: nowMs };
  const { nick, avatar } = load.profile(tx, app, userID);
  return {
    status: 'JoinedSuccess',
    group: groupView(group, load.head(tx, log), self),
    visitor: {
      userID,
      role: self.role,
      joinTimeMs: nowMs,
      ...(nick && { nick }),
      ...(avatar && { avatar }),
    },
  };
}
