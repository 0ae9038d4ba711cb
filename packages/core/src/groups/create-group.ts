import { type GroupInfo, type GroupType, LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, TOPIC_INFIX, userScope } from '../keys.ts';
import { EMPTY_HEAD, type Group, load, type Member, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { askInvited, isOverInvited } from './applications.ts';
import { groupView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import {
  admit,
  appendTip,
  type GroupChange,
  NOTICE,
  notify,
  saved,
  showsMembership,
  TIP,
} from './membership.ts';
import { groupsOf, requireQuota } from './quota.ts';

/** `groupID` is the caller's wish or a fresh one; `wished` tells which, as only fresh ones may begin with `@TGS#`. */
export interface CreateBody {
  actor: Actor;
  groupID: string;
  wished: boolean;
  request: Omit<RequestOf<'group.create'>, 'groupID' | 'type'> & { type: GroupType };
  /** See `AppSettings.invitationsNeedConsent`. */
  needsConsent: boolean;
  nowMs: number;
}

/** Creates a group: the caller is its owner, the named users are members at once, or are asked. Unknown users are left out. */
export const createGroup: Decision<CreateBody, { group: GroupInfo; overLimitUserIDs: string[] }> = {
  locks({ actor, groupID, request }) {
    const users = [actor.userID, ...(request.members ?? []).map((member) => member.userID)];
    return mergeLocks([groupLog(actor.app, groupID), ...users.map((userID) => userScope(actor.app, userID))]);
  },

  decide(tx, { actor, groupID, wished, request, needsConsent, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const kind = KINDS[request.type];
    if (wished) requireID(groupID, request);
    requireFreeID(tx, log, groupID, userID);
    if (request.isSupportTopic && !kind.hasTopics)
      throw new ImError('badParameter', 'groups of this type have no topics');
    if (!kind.membersAtCreation && request.members !== undefined) {
      throw new ImError('badParameter', 'members cannot be given for a group of this type');
    }
    if (!kind.stored) return foundRoom(tx, { actor, groupID, request, nowMs });
    requireQuota(tx, app, userID);

    const group = newGroup(groupID, userID, request, nowMs);
    const named = new Map((request.members ?? []).map((member) => [member.userID, member]));
    named.delete(userID);
    const known = [...named.keys()].filter((id) => load.account(tx, app, id) !== undefined);
    if (known.length + 1 > group.maxMemberCount) throw new ImError('memberQuota');
    const asksInvited = needsConsent && kind.invitationsMayNeedConsent;
    const over = known.filter((id) => {
      const isFull = groupsOf(tx, app, id) >= LIMITS.groupsJoined;
      return isFull || (asksInvited && isOverInvited(tx, app, id, groupID));
    });
    const invited = known.filter((id) => !over.includes(id));
    const members = asksInvited ? [] : invited;

    let change: GroupChange = { tx, app, log, group, head: EMPTY_HEAD, by: userID, nowMs };
    change = admit(change, [userID, ...members], (id) => {
      const { role, custom } = named.get(id) ?? {};
      return {
        role: id === userID ? 'Owner' : role === 'Admin' ? 'Admin' : 'Member',
        ...(custom && { custom }),
      };
    });
    notify(change, userID, NOTICE.created);
    for (const id of members) notify(change, id, NOTICE.invited);
    if (asksInvited) for (const id of invited) askInvited(change, id, userID);
    if (members.length > 0 && showsMembership(group))
      change = appendTip(change, TIP.join, members, { groupJoinType: 2 });
    const self = load.member(tx, log, userID);
    return { group: groupView(change.group, change.head, self), overLimitUserIDs: over };
  },
};

/** A live room has an owner, who like everybody has to come in to listen. */
function foundRoom(
  tx: Transaction,
  { actor, groupID, request, nowMs }: Omit<CreateBody, 'wished' | 'needsConsent'>,
): { group: GroupInfo; overLimitUserIDs: string[] } {
  const { app, userID } = actor;
  const log = groupLog(app, groupID);
  const account = load.account(tx, app, userID);
  const rooms = account?.rooms ?? 0;
  if (account === undefined || rooms >= LIMITS.roomsOwned) throw new ImError('roomQuota');
  tx.set(keys.account(app, userID), toJson({ ...account, rooms: rooms + 1 }));
  const owner: Member = { role: 'Owner', joinTimeMs: nowMs, joinPos: 0, joinSeq: 0 };
  tx.set(keys.member(log, userID), toJson(owner));
  tx.set(keys.admin(log, userID), true);
  const group = newGroup(groupID, userID, request, nowMs);
  const change = saved({ tx, app, log, group, head: EMPTY_HEAD, by: userID, nowMs });
  notify(change, userID, NOTICE.created);
  return { group: groupView(group, EMPTY_HEAD, owner), overLimitUserIDs: [] };
}

/** IDs that begin with `@TGS#` are the server's to make; but a community may be named as communities are, and one with topics must. */
function requireID(groupID: string, { type, isSupportTopic }: CreateBody['request']): void {
  const { idPrefix, hasTopics } = KINDS[type];
  const isOfKind = hasTopics && groupID.startsWith(idPrefix) && !groupID.includes(TOPIC_INFIX);
  if (isOfKind && groupID !== idPrefix) return;
  if (isSupportTopic) throw new ImError('groupIDInvalid', `a community with topics begins with ${idPrefix}`);
  if (groupID.startsWith('@TGS#')) throw new ImError('groupIDInvalid', 'it must not begin with @TGS#');
}

function requireFreeID(tx: Transaction, log: string, groupID: string, userID: string): void {
  const existing = load.group(tx, log);
  // Its log goes on being that of its members.
  if (existing?.dismissedPos !== undefined)
    throw new ImError('groupIDTaken', `${groupID} was that of a group that has been dismissed`);
  if (existing !== undefined)
    throw new ImError(existing.ownerID === userID ? 'groupIDMine' : 'groupIDTaken', groupID);
}

function newGroup(groupID: string, ownerID: string, request: CreateBody['request'], nowMs: number): Group {
  const kind = KINDS[request.type];
  const { joinOption = kind.joinOptions[0] ?? 'DisableApply' } = request;
  if (!kind.joinOptions.includes(joinOption)) throw new ImError('badParameter', `joinOption ${joinOption}`);
  if (request.name.length === 0) throw new ImError('groupNameInvalid');
  return {
    groupID,
    type: request.type,
    name: request.name,
    ...(request.avatar && { avatar: request.avatar }),
    ...(request.introduction && { introduction: request.introduction }),
    ...(request.notification && { notification: request.notification }),
    ownerID,
    createTimeMs: nowMs,
    infoSequence: 1,
    lastInfoTimeMs: nowMs,
    memberCount: 0,
    maxMemberCount: Math.min(request.maxMemberCount ?? kind.defaultMaxMembers, kind.mostMembers),
    joinOption,
    ...((request.inviteOption ?? kind.inviteOption) && {
      inviteOption: request.inviteOption ?? kind.inviteOption,
    }),
    ...(request.isSupportTopic && { isSupportTopic: true as const }),
    ...(request.custom && { custom: request.custom }),
  };
}
