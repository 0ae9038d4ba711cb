import { type ConversationEvent, LIMITS } from '@sterna/protocol';
import { joinedAt } from '../conversations/user-conversation.ts';
import { keys } from '../keys.ts';
import { appendEvent, appendInbox, appendMessage } from '../logs/append.ts';
import { appendNotice } from '../logs/notices.ts';
import { decode, type Group, type Head, load, type Member, toJson } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { KINDS } from './kinds.ts';
import { isAdmin } from './require-member.ts';

/** `operationType` of tips (`GRP_TIP_*`). */
export const TIP = {
  join: 1,
  quit: 2,
  kicked: 3,
  madeAdmin: 4,
  unmadeAdmin: 5,
  groupChanged: 6,
  memberChanged: 7,
  banned: 10,
  unbanned: 11,
} as const;
/** `operationType` of system notices: the numbers mean other things than in tips. */
export const NOTICE = {
  apply: 1,
  accepted: 2,
  rejected: 3,
  kicked: 4,
  dismissed: 5,
  created: 6,
  invited: 7,
  quit: 8,
  madeAdmin: 9,
  unmadeAdmin: 10,
  inviteNeedsConsent: 12,
  inviteAccepted: 13,
  inviteRejected: 14,
  inviteNeedsApproval: 23,
} as const;

/** One change of a group in the making: every step appends to the same log, on the head the step before left. */
export interface GroupChange {
  tx: Transaction;
  app: number;
  log: string;
  group: Group;
  head: Head;
  by: string;
  nowMs: number;
}

type LeaveReason = 'quit' | 'kicked' | 'dismissed';

export const publicProfile = ({ groupID, name, type }: Pick<Group, 'groupID' | 'name' | 'type'>) => ({
  groupID,
  groupName: name,
  type,
});

/** Shows in the group what happened, as a message that counts for nobody. */
export function appendTip(
  change: GroupChange,
  operationType: number,
  userIDList: readonly string[],
  details: Record<string, unknown> = {},
): GroupChange {
  const { tx, app, log, group, head, by } = change;
  const memberList = userIDList.map((userID) => {
    const { nick, avatar } = load.profile(tx, app, userID);
    return { userID, ...(nick && { nick }), ...(avatar && { avatar }) };
  });
  const operator = load.profile(tx, app, by);
  const payload = {
    operatorID: by,
    operatorInfo: {
      userID: by,
      nick: operator.nick ?? '',
      avatar: operator.avatar ?? '',
      nameCard: load.member(tx, log, by)?.nameCard ?? '',
    },
    operationType,
    userIDList: [...userIDList],
    memberList,
    groupProfile: publicProfile(group),
    memberCount: group.memberCount,
    memberNum: group.memberCount,
    ...details,
  };
  const id = `tip-${group.groupID}-${head.pos + 1}`;
  const element = { type: 'TIMGroupTipElem' as const, payload };
  const draft = { id, from: by, elements: [element], uncounted: true as const };
  return { ...change, head: appendMessage(tx, log, head, { draft, nowMs: change.nowMs }).head };
}

/** Tells one user, in the system conversation. */
export function notify(
  change: GroupChange,
  userID: string,
  operationType: number,
  details: Record<string, unknown> = {},
): void {
  const { tx, app, group, by, nowMs } = change;
  appendNotice(tx, app, userID, {
    nowMs,
    payload: { operatorID: by, operationType, groupProfile: publicProfile(group), ...details },
  });
}

/**
 * Makes users members: one event in the order, their records, and each one's inbox. The newcomers' history begins at this event
 * (their own arrival is theirs to see). Users' scopes must be locked.
 */
export function admit(
  change: GroupChange,
  userIDs: readonly string[],
  as: (userID: string) => Pick<Member, 'role' | 'custom'> = () => ({ role: 'Member' }),
): GroupChange {
  const { tx, app, log, by, nowMs } = change;
  const before = change.head;
  const event: ConversationEvent = { t: 'joined', userIDs: [...userIDs], by, timeMs: nowMs };
  const head = appendEvent(tx, log, before, event);
  const group = { ...change.group, memberCount: change.group.memberCount + userIDs.length };
  const conversationID = `GROUP${group.groupID}`;

  for (const userID of userIDs) {
    const muteUntilMs = load.former(tx, log, userID)?.muteUntilMs;
    const member: Member = {
      ...as(userID),
      joinTimeMs: nowMs,
      joinPos: before.pos,
      joinSeq: before.seq,
      ...(muteUntilMs !== undefined && muteUntilMs > nowMs && { muteUntilMs }),
    };
    tx.set(keys.member(log, userID), toJson(member));
    if (isAdmin(member.role)) tx.set(keys.admin(log, userID), true);
    // Whatever waited to be answered has been, in this way or another.
    tx.delete(keys.application(log, userID));
    tx.delete(keys.groupInvitation(app, userID, group.groupID));
    const mine = load.userConversation(tx, app, userID, conversationID);
    tx.set(keys.userConversation(app, userID, conversationID), toJson(joinedAt(mine, before)));
    addToGroupCount(tx, app, userID, 1);
    appendInbox(tx, app, userID, {
      t: 'groupJoined',
      groupID: group.groupID,
      pos: before.pos,
      by,
      timeMs: nowMs,
    });
  }
  return saved({ ...change, group, head });
}

/** Ends memberships at one event in the order, which is the last that those who leave may know of. */
export function release(
  change: GroupChange,
  userIDs: readonly string[],
  reason: 'quit' | 'kicked',
): GroupChange {
  const { tx, log, by, nowMs } = change;
  const head = appendEvent(tx, log, change.head, {
    t: 'left',
    userIDs: [...userIDs],
    by,
    reason,
    timeMs: nowMs,
  });
  return endMemberships({ ...change, head }, userIDs, reason);
}

/** The records of those who left at the head of the change: each one's interval, counts and inbox. */
export function endMemberships(
  change: GroupChange,
  userIDs: readonly string[],
  reason: LeaveReason,
): GroupChange {
  const { tx, app, log, head, by, nowMs, group } = change;
  let left = 0;
  for (const userID of userIDs) {
    const member = load.member(tx, log, userID);
    if (member === undefined) continue;
    left += 1;
    closeMembership(change, userID, member);
    addToGroupCount(tx, app, userID, -1);
    appendInbox(tx, app, userID, {
      t: 'groupLeft',
      groupID: group.groupID,
      pos: head.pos,
      by,
      reason,
      timeMs: nowMs,
    });
  }
  return saved({ ...change, group: { ...group, memberCount: group.memberCount - left } });
}

/** Turns a membership into a readable past one. What was unread stays as it is, and grows no more. */
function closeMembership({ tx, app, log, group, head }: GroupChange, userID: string, member: Member): void {
  const former = load.former(tx, log, userID);
  const interval = { afterSeq: member.joinSeq, toSeq: head.seq, afterPos: member.joinPos, toPos: head.pos };
  const muteUntilMs = member.muteUntilMs ?? former?.muteUntilMs;
  const intervals = [...(former?.intervals ?? []), interval].slice(-LIMITS.pastMemberships);
  tx.set(keys.former(log, userID), toJson({ intervals, ...(muteUntilMs !== undefined && { muteUntilMs }) }));
  tx.delete(keys.member(log, userID));
  tx.delete(keys.admin(log, userID));
  const key = keys.userConversation(app, userID, `GROUP${group.groupID}`);
  const mine = decode.userConversation(tx.get(key));
  // Nothing that comes later may count: the mark stands at the end of the membership.
  if (mine !== undefined) tx.set(key, toJson(joinedAt(mine, head)));
}

/** Keeps the group's record in step and gives the change on. */
export function saved(change: GroupChange): GroupChange {
  change.tx.set(keys.group(change.log), toJson(change.group));
  return change;
}

function addToGroupCount(tx: Transaction, app: number, userID: string, by: number): void {
  const account = load.account(tx, app, userID);
  if (account !== undefined)
    tx.set(keys.account(app, userID), toJson({ ...account, groups: account.groups + by }));
}

/** Whether the kind shows coming and going in the group itself. */
export const showsMembership = (group: Group): boolean => KINDS[group.type].membershipTips;
