import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** Whether `peer` has blocked `userID`. The peer's scope must be locked: then a block is wholly before the command or wholly after. */
export function isBlockedBy(tx: Transaction, app: number, peer: string, userID: string): boolean {
  return tx.get(keys.blocked(app, peer, userID)) !== undefined;
}

/** Whatever `userID` does to a conversation that they share would reach `peer`. */
export function requireNotBlocked(tx: Transaction, app: number, peer: string, userID: string): void {
  if (isBlockedBy(tx, app, peer, userID)) throw new ImError('blacklisted');
}
