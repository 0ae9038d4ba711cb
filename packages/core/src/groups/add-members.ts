import { type GroupInfo, LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { mergeLocks, userScope } from '../keys.ts';
import { type Group, load, type Member } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { apply, askInvited, hasApplied, isOverInvited, roomForApplications } from './applications.ts';
import { groupsOf } from './quota.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import { admit, appendTip, type GroupChange, NOTICE, notify, showsMembership, TIP } from './membership.ts';
import { isAdmin, requireGroup, requireMember } from './require-member.ts';

export interface AddBody {
  actor: Actor;
  groupID: string;
  userIDs: readonly string[];
  /** Who decides, as read before the command, where ordinary members may only propose. */
  admins: readonly string[];
  /** See `AppSettings.invitationsNeedConsent`. */
  needsConsent: boolean;
  nowMs: number;
}

export interface AddReply {
  added: string[];
  existed: string[];
  failed: string[];
  overLimit: string[];
  waiting: string[];
  group: GroupInfo;
}

/** Adds users, or asks those who are to be asked: each ends in exactly one list of the reply. */
export const addMembers: Decision<AddBody, AddReply> = {
  locks({ actor, groupID, userIDs, admins }) {
    const users = [actor.userID, ...userIDs, ...admins].map((userID) => userScope(actor.app, userID));
    return mergeLocks([groupLog(actor.app, groupID), ...users]);
  },

  decide(tx, { actor, groupID, userIDs, admins, needsConsent, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    if (!KINDS[group.type].stored) throw new ImError('cannotAddToLiveRoom');
    const self = requireMember(tx, log, userID);
    const mayAdd = requireInviter(group, self) === 'add';
    const lists = sorted({ tx, app, log, group }, userIDs, {
      mayAdd,
      asksInvited: needsConsent && KINDS[group.type].invitationsMayNeedConsent,
    });
    let change: GroupChange = { tx, app, log, group, head: load.head(tx, log), by: userID, nowMs };
    const wish = { kind: 'invite' as const, by: userID, note: '', timeMs: nowMs };
    for (const id of lists.waiting) {
      if (mayAdd) askInvited(change, id, userID);
      else apply(change, id, wish, admins);
    }
    if (lists.added.length > 0) {
      change = admit(change, lists.added);
      for (const id of lists.added) notify(change, id, NOTICE.invited);
      if (showsMembership(group)) change = appendTip(change, TIP.join, lists.added, { groupJoinType: 2 });
    }
    return { ...lists, group: groupView(change.group, change.head, self) };
  },
};

/** What becomes of each user. */
function sorted(
  { tx, app, log, group }: Pick<GroupChange, 'tx' | 'app' | 'log' | 'group'>,
  userIDs: readonly string[],
  { mayAdd, asksInvited }: { mayAdd: boolean; asksInvited: boolean },
): Omit<AddReply, 'group'> {
  const lists: Omit<AddReply, 'group'> = { waiting: [], added: [], existed: [], failed: [], overLimit: [] };
  let room = mayAdd ? Infinity : roomForApplications(tx, log);
  for (const id of new Set(userIDs)) {
    if (load.account(tx, app, id) === undefined) lists.failed.push(id);
    else if (load.member(tx, log, id) !== undefined) lists.existed.push(id);
    else if (groupsOf(tx, app, id) >= LIMITS.groupsJoined) lists.overLimit.push(id);
    else if (group.memberCount + lists.added.length >= group.maxMemberCount) lists.overLimit.push(id);
    else if (mayAdd && asksInvited && isOverInvited(tx, app, id, group.groupID)) lists.overLimit.push(id);
    else if (!mayAdd && !hasApplied(tx, log, id) && room-- <= 0) lists.overLimit.push(id);
    else (mayAdd && !asksInvited ? lists.added : lists.waiting).push(id);
  }
  return lists;
}

/** Admins add at once; what ordinary members may do is the group's own choice, within its kind. */
function requireInviter(group: Group, self: Member): 'add' | 'propose' {
  const byKind = KINDS[group.type].inviteOption;
  const option = byKind === undefined ? 'DisableInvite' : (group.inviteOption ?? byKind);
  if (byKind !== undefined && isAdmin(self.role)) return 'add';
  if (option === 'FreeAccess') return 'add';
  if (option === 'NeedPermission') return 'propose';
  throw new ImError('noPermission', 'members of this group may not add others');
}
