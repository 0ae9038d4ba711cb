import type { Actor } from '../actor.ts';
import type { Json, ScanRange } from '../ports/store.ts';
import { keys } from '../keys.ts';
import { decode, type Head, type UserConversation } from '../records.ts';
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

/**
 * How many of others' countable messages are recalled, as of a position, or deleted; one that is both is one. A recall that came
 * after the position was read is not in its count: whoever is told that count will be told of the recall too.
 */
export function countGone(
  { userID, pos }: { userID: string; pos: number },
  recalls: readonly [string, Json][],
  deletions: readonly [string, Json][],
): number {
  const seqOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
  const gone = new Set<string>();
  for (const [key, value] of recalls) {
    const recalled = decode.recalled(value);
    if (recalled.from !== userID && (recalled.pos ?? 0) <= pos) gone.add(seqOf(key));
  }
  for (const [key, value] of deletions) if (decode.deletion(value).counted) gone.add(seqOf(key));
  return gone.size;
}

/** The same inside a decision that holds the user's scope. */
export function goneAfter(
  tx: Transaction,
  actor: Actor,
  conversation: { conversationID: string; log: string; head: Pick<Head, 'pos'> },
  mine: UserConversation,
): number {
  const { recalls, deletions } = goneRanges(actor, conversation, mine);
  return countGone(
    { userID: actor.userID, pos: conversation.head.pos },
    tx.peekScan(recalls),
    deletions === undefined ? [] : tx.scan(deletions),
  );
}
