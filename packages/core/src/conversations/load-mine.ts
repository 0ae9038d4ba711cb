import { isTopic, keys } from '../keys.ts';
import { decode, load, type UserConversation } from '../records.ts';
import { peekPlaceAfter, sinceJoining } from '../topics/places.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { conversationLog, parseConversationID } from './conversation-id.ts';

/** The user's side of a conversation; nothing where it is not theirs. A topic is its members' without a record of it. */
export function loadMine(
  tx: Transaction,
  { app, userID }: { app: number; userID: string },
  conversationID: string,
): UserConversation | undefined {
  const mine = load.userConversation(tx, app, userID, conversationID);
  if (!isTopic(conversationID)) return mine;
  const log = conversationLog(app, userID, parseConversationID(conversationID));
  // Nobody comes or goes without the user's own scope, which the command holds.
  const member = decode.member(tx.peek(keys.member(log, userID)));
  if (member === undefined) return mine;
  const head = tx.peek(keys.head(log));
  if (head === undefined) return undefined;
  return sinceJoining(mine, peekPlaceAfter(tx, log, decode.head(head), member.joinPos));
}
