import type { MemberRole } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { type Group, load, type Member } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';

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

export function requireMember(tx: Transaction, log: string, userID: string): Member {
  const member = load.member(tx, log, userID);
  if (member === undefined) throw new ImError('noPermission', 'not a member of the group');
  return member;
}

/** A member who may speak now: neither muted, nor silenced with all the ordinary members. */
export function requireSpeaker(tx: Transaction, log: string, userID: string, nowMs: number): Member {
  const group = requireGroup(tx, log);
  const member = requireMember(tx, log, userID);
  if ((member.muteUntilMs ?? 0) > nowMs) throw new ImError('muted');
  if (group.muteAll && !isAdmin(member.role)) throw new ImError('muted', 'all members are muted');
  return member;
}
