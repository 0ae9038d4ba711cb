import { LIMITS } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { load } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** How many groups a user is in; live rooms are none of them. */
export function groupsOf(tx: Transaction, app: number, userID: string): number {
  return load.account(tx, app, userID)?.groups ?? 0;
}

export function requireQuota(tx: Transaction, app: number, userID: string): void {
  if (groupsOf(tx, app, userID) >= LIMITS.groupsJoined) throw new ImError('groupQuota');
}
