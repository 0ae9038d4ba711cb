import { ImError } from '../errors.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { friendIn } from './friendship.ts';

/** Where only friends may write to each other. Both scopes must be locked. */
export function requireFriends(tx: Transaction, app: number, sender: string, receiver: string): void {
  const isMine = friendIn({ tx, app, owner: sender }, receiver) !== undefined;
  const isTheirs = friendIn({ tx, app, owner: receiver }, sender) !== undefined;
  if (isMine && isTheirs) return;
  if (isMine) throw new ImError('senderNoFriend');
  throw new ImError(isTheirs ? 'receiverNoFriend' : 'noFriends');
}
