import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { mergeLocks, userScope } from '../keys.ts';
import { load } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { KINDS } from './kinds.ts';
import { appendTip, NOTICE, notify, release, saved, showsMembership, TIP } from './membership.ts';
import { requireGroup } from './require-member.ts';

export interface QuitBody {
  actor: Actor;
  groupID: string;
  nowMs: number;
}

/** Leaves a group. Where the owner may leave, the group goes on without one. */
export const quitGroup: Decision<QuitBody, { isLive?: true }> = {
  locks: ({ actor, groupID }) =>
    mergeLocks([groupLog(actor.app, groupID), userScope(actor.app, actor.userID)]),

  decide(tx, { actor, groupID, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const member = load.member(tx, log, userID);
    const { stored, ownerMayQuit } = KINDS[group.type];
    // A live room's nodes let the user go, if the user is there.
    if (!stored && member?.role !== 'Owner') return { isLive: true };
    if (member === undefined) throw new ImError('notGroupMember');
    const isOwner = member.role === 'Owner';
    if (isOwner && !ownerMayQuit) throw new ImError('ownerCannotQuit');

    let change = release(
      { tx, app, log, group, head: load.head(tx, log), by: userID, nowMs },
      [userID],
      'quit',
    );
    if (isOwner) {
      const { ownerID: _gone, ...ownerless } = change.group;
      change = saved({ ...change, group: ownerless });
    }
    notify(change, userID, NOTICE.quit);
    if (showsMembership(group)) appendTip(change, TIP.quit, [userID]);
    return {};
  },
};
