import type { MemberRole } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { type Group, load, type Member, type Topic } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { type Kind, KINDS } from './kinds.ts';

const RANK: Record<MemberRole, number> = { Owner: 3, Admin: 2, Custom: 1, Member: 1 };

/** Whether `one` may act upon `other`: only upon somebody of a lower role. */
export function outranks(one: MemberRole, other: MemberRole): boolean {
  return RANK[one] > RANK[other];
}

export const isAdmin = (role: MemberRole): boolean => RANK[role] >= RANK.Admin;

/** Refuses a member whose role does not reach what a kind asks for. */
export function requireAtLeast(member: Member, least: 'members' | 'admins' | 'owner' | 'nobody'): void {
  const rank = RANK[member.role];
  const enough = { members: 1, admins: RANK.Admin, owner: RANK.Owner, nobody: Infinity }[least];
  if (rank < enough) throw new ImError('noPermission', `this is for ${least}`);
}

/** The group, if it exists and has not been dismissed. */
export function requireGroup(tx: Transaction, log: string): Group {
  const group = load.group(tx, log);
  if (group === undefined || group.dismissedPos !== undefined) throw new ImError('groupNotFound');
  return group;
}

/** The topic of a community, if it is still there. */
export function requireTopic(tx: Transaction, log: string, topicID: string): Topic {
  const topic = load.topic(tx, log, topicID);
  if (topic === undefined) throw new ImError('groupNotFound', `no topic ${topicID}`);
  return topic;
}

/** `isHere`: the user is in a live room, which keeps no record of that. */
export function requireMember(tx: Transaction, log: string, userID: string, isHere = false): Member {
  const member = memberOrVisitor(tx, log, userID, isHere);
  if (member === undefined) throw new ImError('noPermission', 'not a member of the group');
  return member;
}

/** The member, or, where `isHere`, who is in a live room without a record; nothing for anybody else. */
export function memberOrVisitor(
  tx: Transaction,
  log: string,
  userID: string,
  isHere: boolean,
): Member | undefined {
  return load.member(tx, log, userID) ?? (isHere ? visitor(tx, log, userID) : undefined);
}

/** Somebody in a live room who is neither owner nor admin. */
export function visitor(tx: Transaction, log: string, userID: string): Member {
  const { muteUntilMs } = load.standing(tx, log, userID);
  return {
    role: 'Member',
    joinTimeMs: 0,
    joinPos: 0,
    joinSeq: 0,
    ...(muteUntilMs !== undefined && { muteUntilMs }),
  };
}

/**
 * A member who may speak now in a group, or in a topic of it: neither muted, nor silenced with all the ordinary members. Who is in a live room, its nodes know:
 * of that they are asked afterwards.
 */
export function requireSpeaker(
  tx: Transaction,
  log: string,
  { userID, topicID }: { userID: string; topicID?: string | undefined },
  nowMs: number,
): Speaker {
  const group = requireGroup(tx, log);
  const kind = KINDS[group.type];
  const member = requireMember(tx, log, userID, !kind.stored);
  const topic = topicID === undefined ? undefined : requireTopic(tx, log, topicID);
  if ((member.muteUntilMs ?? 0) > nowMs) throw new ImError('muted');
  if ((group.muteAll || topic?.muteAll) && !isAdmin(member.role))
    throw new ImError('muted', 'all members are muted');
  return { member, kind, others: group.memberCount - 1 };
}

/** `others`: how many members there are beside the speaker. */
export interface Speaker {
  member: Member;
  kind: Kind;
  others: number;
}
