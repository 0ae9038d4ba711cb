import { type GroupInfo, LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { differing, given } from '../given.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { type Group, load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import { appendTip, type GroupChange, saved, TIP } from './membership.ts';
import { requireAtLeast, requireGroup, requireMember } from './require-member.ts';

export interface UpdateBody {
  actor: Actor;
  groupID: string;
  changes: RequestOf<'group.update'>['changes'];
  nowMs: number;
}

/** Changes the group's own fields and shows the members what changed: what is so already is no change. */
export const updateGroup: Decision<UpdateBody, { group: GroupInfo }> = {
  locks: ({ actor, groupID }) =>
    mergeLocks([groupLog(actor.app, groupID)], [userScope(actor.app, actor.userID)]),

  decide(tx, { actor, groupID, changes: wished, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    const self = requireMember(tx, log, userID);
    const kind = KINDS[group.type];
    const { muteAll, ...fields } = wished;
    if (muteAll !== undefined) requireAtLeast(self, kind.muters);
    if (muteAll === undefined || Object.values(given(fields)).length > 0) requireAtLeast(self, kind.editors);
    requireAllowed(group, wished);
    const changes = changesTo(group, wished);
    const before = load.head(tx, log);
    if (Object.keys(changes).length === 0) return { group: groupView(group, before, self) };

    const next = applied(group, changes, nowMs);
    const event = {
      t: 'group' as const,
      by: userID,
      timeMs: nowMs,
      changes: { ...changes, infoSequence: next.infoSequence },
    };
    const head = appendEvent(tx, log, before, event);
    const change: GroupChange = { tx, app, log, group: next, head, by: userID, nowMs };
    const shown = appendTip(saved(change), TIP.groupChanged, [], {
      newGroupProfile: newGroupProfile(changes),
    });
    return { group: groupView(shown.group, shown.head, self) };
  },
};

function requireAllowed(
  group: Group,
  { name, joinOption, inviteOption, maxMemberCount, custom }: UpdateBody['changes'],
): void {
  const kind = KINDS[group.type];
  if (name === '') throw new ImError('groupNameInvalid');
  if (joinOption !== undefined && !kind.joinOptions.includes(joinOption)) {
    throw new ImError('badParameter', `joinOption ${joinOption}`);
  }
  if (inviteOption !== undefined && kind.inviteOption === undefined)
    throw new ImError('badParameter', 'inviteOption');
  if (maxMemberCount !== undefined && maxMemberCount > kind.mostMembers) throw new ImError('memberQuota');
  const fields = Object.keys({ ...group.custom, ...custom }).length;
  if (fields > LIMITS.groupCustomFields) throw new ImError('badParameter', `${fields} custom fields`);
}

const UNSET = { avatar: '', introduction: '', notification: '', muteAll: false };

/** What of the wishes is not so yet. */
function changesTo(group: Group, { custom, ...fields }: UpdateBody['changes']): UpdateBody['changes'] {
  const changed = Object.entries(custom ?? {}).filter(([key, value]) => group.custom?.[key] !== value);
  return {
    ...differing(fields, { ...UNSET, ...group }),
    ...(changed.length > 0 && { custom: Object.fromEntries(changed) }),
  };
}

function applied(group: Group, changes: UpdateBody['changes'], nowMs: number): Group {
  const { muteAll, custom, name = group.name, ...fields } = changes;
  const { muteAll: mutedBefore, ...rest } = group;
  return {
    ...rest,
    ...given(fields),
    name,
    ...((muteAll ?? mutedBefore) && { muteAll: true as const }),
    ...((custom ?? group.custom) && { custom: { ...group.custom, ...custom } }),
    infoSequence: group.infoSequence + 1,
    lastInfoTimeMs: nowMs,
  };
}

/** The tip's own names for what changed: `sdk-api` 4.3. */
function newGroupProfile({ name, muteAll, custom, ...same }: UpdateBody['changes']): Record<string, unknown> {
  return {
    ...same,
    ...(name !== undefined && { groupName: name }),
    ...(same.avatar !== undefined && { faceUrl: same.avatar }),
    ...(muteAll !== undefined && { muteAllMembers: muteAll }),
    ...(custom && { groupCustomField: Object.entries(custom).map(([key, value]) => ({ key, value })) }),
  };
}

export interface OwnerBody {
  actor: Actor;
  groupID: string;
  newOwnerID: string;
  nowMs: number;
}

/** Hands the group over to another member. */
export const changeOwner: Decision<OwnerBody, { group: GroupInfo }> = {
  locks: ({ actor, groupID }) =>
    mergeLocks([groupLog(actor.app, groupID)], [userScope(actor.app, actor.userID)]),

  decide(tx, { actor, groupID, newOwnerID, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    if (!KINDS[group.type].transferable) throw new ImError('cannotTransferLiveRoom');
    const self = requireMember(tx, log, userID);
    if (self.role !== 'Owner') throw new ImError('noPermission', 'only the owner hands a group over');
    if (newOwnerID === userID) throw new ImError('cannotTransferToSelf');
    const heir = load.member(tx, log, newOwnerID);
    if (heir === undefined) throw new ImError('userNotFound', 'the new owner must be a member');

    const former = { ...self, role: 'Member' as const };
    tx.set(keys.member(log, userID), toJson(former));
    tx.delete(keys.admin(log, userID));
    tx.set(keys.member(log, newOwnerID), toJson({ ...heir, role: 'Owner' }));
    tx.set(keys.admin(log, newOwnerID), true);

    let head = load.head(tx, log);
    const roles = { [userID]: 'Member', [newOwnerID]: 'Owner' };
    for (const [member, role] of Object.entries(roles)) {
      head = appendEvent(tx, log, head, {
        t: 'member',
        userID: member,
        by: userID,
        timeMs: nowMs,
        changes: { role },
      });
    }
    const next: Group = {
      ...group,
      ownerID: newOwnerID,
      infoSequence: group.infoSequence + 1,
      lastInfoTimeMs: nowMs,
    };
    head = appendEvent(tx, log, head, {
      t: 'group',
      by: userID,
      timeMs: nowMs,
      changes: { ownerID: newOwnerID },
    });
    const change = saved({ tx, app, log, group: next, head, by: userID, nowMs });
    const shown = appendTip(change, TIP.groupChanged, [], { newGroupProfile: { ownerID: newOwnerID } });
    return { group: groupView(shown.group, shown.head, former) };
  },
};
