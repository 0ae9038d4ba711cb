import { type GroupInfo, type GroupMemberInfo, LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendEvent, appendInbox } from '../logs/append.ts';
import { type Group, load, type Member, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Locks, Transaction } from '../transaction/transaction.ts';
import { groupView, memberView } from './group-view.ts';
import { type Kind, KINDS } from './kinds.ts';
import { appendTip, type GroupChange, NOTICE, notify, TIP } from './membership.ts';
import { isAdmin, outranks, requireAtLeast, requireGroup, requireMember, visitor } from './require-member.ts';

export interface MemberReply {
  group: GroupInfo;
  member: GroupMemberInfo;
}

interface MemberChange extends GroupChange {
  self: Member;
  target: Member;
  userID: string;
}

const memberLocks = ({ actor, groupID, userID }: { actor: Actor; groupID: string; userID: string }): Locks =>
  mergeLocks(
    [groupLog(actor.app, groupID), userScope(actor.app, userID)],
    [userScope(actor.app, actor.userID)],
  );

/** Group, actor and member, all of them there. */
function begin(
  tx: Transaction,
  { actor, groupID, userID, nowMs }: { actor: Actor; groupID: string; userID: string; nowMs: number },
): MemberChange {
  requireSession(tx, actor);
  const { app } = actor;
  const log = groupLog(app, groupID);
  const group = requireGroup(tx, log);
  const self = requireMember(tx, log, actor.userID);
  const target = load.member(tx, log, userID) ?? visitorOf(tx, { app, log, group, userID });
  if (target === undefined) throw new ImError('userNotFound', 'not a member of the group');
  return { tx, app, log, group, head: load.head(tx, log), by: actor.userID, nowMs, self, target, userID };
}

/** Anybody can be acted upon in a live room, whether there or not. */
function visitorOf(
  tx: Transaction,
  { app, log, group, userID }: { app: number; log: string; group: Group; userID: string },
): Member | undefined {
  if (KINDS[group.type].stored || load.account(tx, app, userID) === undefined) return undefined;
  return visitor(tx, log, userID);
}

/** Of who is in a live room there is no record, but of its admins, and of what somebody is not allowed there. */
function keep({ tx, log, group, userID }: MemberChange, target: Member): void {
  const isKept = KINDS[group.type].stored || isAdmin(target.role);
  if (isKept) return tx.set(keys.member(log, userID), toJson(target));
  tx.delete(keys.member(log, userID));
  const { muteUntilMs } = target;
  const standing = load.standing(tx, log, userID);
  tx.set(
    keys.standing(log, userID),
    toJson({ ...standing, ...(muteUntilMs !== undefined && { muteUntilMs }) }),
  );
}

/** Keeps the member's new fields, and tells all members in the order of the log. */
function changed(change: MemberChange, target: Member, changes: Record<string, unknown>): MemberChange {
  const { tx, log, head, userID, by, nowMs } = change;
  keep(change, target);
  const next = appendEvent(tx, log, head, { t: 'member', userID, by, timeMs: nowMs, changes });
  return { ...change, target, head: next };
}

function replyOf(
  { tx, app, group, head, self, target, userID, by }: MemberChange,
  shown: GroupChange,
): MemberReply {
  const me = userID === by ? target : self;
  const member = memberView(userID, target, load.profile(tx, app, userID));
  return { group: groupView(group, shown.head ?? head, me), member };
}

export interface RoleBody {
  actor: Actor;
  groupID: string;
  userID: string;
  role: 'Admin' | 'Member' | 'Custom';
  nowMs: number;
}

/** The owner makes or unmakes admins. */
export const setMemberRole: Decision<RoleBody, MemberReply> = {
  locks: memberLocks,

  decide(tx, { actor, groupID, userID, role, nowMs }) {
    const change = begin(tx, { actor, groupID, userID, nowMs });
    const kind = KINDS[change.group.type];
    if (change.self.role !== 'Owner') throw new ImError('notOwner', 'only the owner sets roles');
    if (userID === actor.userID) throw new ImError('cannotChangeOwnRole');
    if (!kind.roles.includes(role))
      throw new ImError(kind.roles.includes('Admin') ? 'roleInvalid' : 'rolesUnsupported');
    const before = change.target.role;
    if (before === role) return replyOf(change, change);
    if (role === 'Admin') requireRoomForAdmin(change, kind);
    const next = changed(change, { ...change.target, role }, { role });
    if (role === 'Admin') tx.set(keys.admin(change.log, userID), true);
    else tx.delete(keys.admin(change.log, userID));
    if (role !== 'Admin' && before !== 'Admin') return replyOf(next, next);
    notify(next, userID, role === 'Admin' ? NOTICE.madeAdmin : NOTICE.unmadeAdmin);
    return replyOf(next, appendTip(next, role === 'Admin' ? TIP.madeAdmin : TIP.unmadeAdmin, [userID]));
  },
};

function requireRoomForAdmin({ tx, log }: MemberChange, { mostAdmins }: Kind): void {
  if (mostAdmins === undefined) return;
  // The owner stands among them.
  const admins = tx.scan({ prefix: keys.admins(log), limit: mostAdmins + 1 });
  if (admins.length > mostAdmins) throw new ImError('badParameter', `at most ${mostAdmins} admins`);
}

export interface MuteBody {
  actor: Actor;
  groupID: string;
  userID: string;
  seconds: number;
  nowMs: number;
}

/** Silences a member of a lower role for a time. */
export const muteMember: Decision<MuteBody, MemberReply> = {
  locks: memberLocks,

  decide(tx, { actor, groupID, userID, seconds, nowMs }) {
    const change = begin(tx, { actor, groupID, userID, nowMs });
    requireAtLeast(change.self, KINDS[change.group.type].muters);
    if (userID === actor.userID) throw new ImError('cannotMuteSelf');
    if (!outranks(change.self.role, change.target.role))
      throw new ImError('noPermission', 'not of a lower role');
    const muteUntilMs = seconds === 0 ? 0 : nowMs + seconds * 1000;
    const next = changed(change, { ...change.target, muteUntilMs }, { muteUntilMs });
    const memberList = [{ userID, muteTime: seconds }];
    return replyOf(next, appendTip(next, TIP.memberChanged, [userID], { memberList }));
  },
};

export interface UpdateMemberBody {
  actor: Actor;
  groupID: string;
  userID: string;
  changes: Pick<RequestOf<'group.updateMember'>, 'nameCard' | 'custom' | 'remindType'>;
  nowMs: number;
}

/** Changes the fields that a member carries in the group: the actor's own, or somebody's of a lower role. */
export const updateMember: Decision<UpdateMemberBody, MemberReply> = {
  locks: memberLocks,

  decide(tx, { actor, groupID, userID, changes, nowMs }) {
    const change = begin(tx, { actor, groupID, userID, nowMs });
    if (!KINDS[change.group.type].stored)
      throw new ImError('noPermission', 'members of a live room have no fields of their own');
    const isSelf = userID === actor.userID;
    if (!isSelf && !outranks(change.self.role, change.target.role))
      throw new ImError('noPermission', 'not of a lower role');
    if (!isSelf && changes.remindType !== undefined) throw new ImError('noPermission', 'only for oneself');
    const custom = { ...change.target.custom, ...changes.custom };
    if (Object.keys(custom).length > LIMITS.memberCustomFields)
      throw new ImError('badParameter', 'too many custom fields');
    const { nameCard, remindType } = changes;
    const target: Member = {
      ...change.target,
      ...(nameCard !== undefined && { nameCard }),
      ...(remindType !== undefined && { remindType }),
      ...(changes.custom && { custom }),
    };
    // How one wants to be reminded is nobody else's business: it goes to the own inbox, not to the group's log.
    const { remindType: _own, ...shared } = changes;
    const isPublic = Object.keys(shared).length > 0;
    if (!isPublic) tx.set(keys.member(change.log, userID), toJson(target));
    const next = isPublic ? changed(change, target, shared) : { ...change, target };
    if (remindType !== undefined) remember(next, remindType);
    return replyOf(next, next);
  },
};

function remember({ tx, app, group, userID }: MemberChange, remindType: string): void {
  const conversationID = `GROUP${group.groupID}`;
  const mine = load.userConversation(tx, app, userID, conversationID);
  if (mine === undefined) return;
  tx.set(keys.userConversation(app, userID, conversationID), toJson({ ...mine, remindType }));
  appendInbox(tx, app, userID, { t: 'conversationChanged', conversationID, changes: { remindType } });
}
