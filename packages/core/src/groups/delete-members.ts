import type { GroupInfo } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { mergeLocks, userScope } from '../keys.ts';
import { type Group, load, type Member } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { sendOut } from './bans.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import { appendTip, type GroupChange, NOTICE, notify, release, showsMembership, TIP } from './membership.ts';
import { isAdmin, outranks, requireGroup, requireMember } from './require-member.ts';

export interface DeleteMembersBody {
  actor: Actor;
  groupID: string;
  userIDs: readonly string[];
  reason: string;
  /** How long they may not come back, where the kind has that. */
  seconds?: number;
  nowMs: number;
}

/** Removes members of a lower role than the caller's. Who is not a member, or not of a lower role, is passed over; all of them: refused. */
export const deleteMembers: Decision<DeleteMembersBody, { deleted: string[]; group: GroupInfo }> = {
  locks({ actor, groupID, userIDs }) {
    const users = [actor.userID, ...userIDs].map((userID) => userScope(actor.app, userID));
    return mergeLocks([groupLog(actor.app, groupID), ...users]);
  },

  decide(tx, { actor, groupID, userIDs, reason, seconds = 0, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const self = requireMember(tx, log, userID);
    requireRemover(group, self);
    if (!KINDS[group.type].stored) {
      const room = { tx, app, log, group, head: load.head(tx, log), by: userID, nowMs };
      return sendOut(room, self, { userIDs, reason, seconds });
    }

    const named = [...new Set(userIDs)].flatMap((id) => {
      const member = load.member(tx, log, id);
      return member === undefined ? [] : [{ id, role: member.role }];
    });
    const deleted = named.filter(({ role }) => outranks(self.role, role)).map(({ id }) => id);
    if (deleted.length === 0 && named.length > 0)
      throw new ImError('noPermission', 'none is of a lower role');
    let change: GroupChange = { tx, app, log, group, head: load.head(tx, log), by: userID, nowMs };
    if (deleted.length > 0) {
      change = release(change, deleted, 'kicked');
      for (const id of deleted) notify(change, id, NOTICE.kicked, reason === '' ? {} : { reason });
      if (showsMembership(group))
        change = appendTip(change, TIP.kicked, deleted, reason === '' ? {} : { reason });
    }
    return { deleted, group: groupView(change.group, change.head, self) };
  },
};

function requireRemover(group: Group, self: Member): void {
  const { removers } = KINDS[group.type];
  if (removers !== 'nobody' && self.role === 'Owner') return;
  if (removers === 'admins' && isAdmin(self.role)) return;
  throw new ImError('noPermission', 'the caller may not remove members of this group');
}
