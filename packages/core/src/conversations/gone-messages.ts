import type { Actor } from '../actor.ts';
import type { Json, ScanRange } from '../ports/store.ts';
import { keys } from '../keys.ts';
import { decode, type UserConversation } from '../records.ts';
import { STORE_BOUNDS } from '../ports/store-bounds.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** Records that say which messages after the read mark do not count any more. */
export function goneRanges(
  { app, userID }: { app: number; userID: string },
  { conversationID, log }: { conversationID: string; log: string },
  mine: UserConversation,
): { recalls: ScanRange; deletions: ScanRange | undefined } {
  const limit = STORE_BOUNDS.page;
  const deletions = {
    prefix: keys.deletions(app, userID, conversationID),
    after: keys.deletion(app, userID, conversationID, mine.readSeq),
    limit,
  };
  return {
    recalls: { prefix: keys.recalls(log), after: keys.recalled(log, mine.readSeq), limit },
    deletions: mine.hasDeletions ? deletions : undefined,
  };
}

/** How many of others' countable messages are recalled or deleted; one that is both is one. */
export function countGone(
  userID: string,
  recalls: readonly [string, Json][],
  deletions: readonly [string, Json][],
): number {
  const seqOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
  const gone = new Set<string>();
  for (const [key, value] of recalls) if (decode.recalled(value).from !== userID) gone.add(seqOf(key));
  for (const [key, value] of deletions) if (decode.deletion(value).counted) gone.add(seqOf(key));
  return gone.size;
}

/** The same inside a decision that holds the user's scope. */
export function goneAfter(
  tx: Transaction,
  actor: Actor,
  conversation: { conversationID: string; log: string },
  mine: UserConversation,
): number {
  const { recalls, deletions } = goneRanges(actor, conversation, mine);
  return countGone(actor.userID, tx.peekScan(recalls), deletions === undefined ? [] : tx.scan(deletions));
}
