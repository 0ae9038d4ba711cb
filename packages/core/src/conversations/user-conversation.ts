import type { Head, UserConversation } from '../records.ts';

/** A conversation that its user has not touched yet. */
export const NEW_USER_CONVERSATION: UserConversation = { readSeq: 0, readCountable: 0, own: 0, ownAtRead: 0 };

/**
 * Unread by the formula: countable messages after the read mark, less my own among them, less those `gone`:
 * messages of others after the mark that were recalled, or deleted by me.
 */
export function unreadOf(mine: UserConversation, head: Pick<Head, 'countable'>, gone: number): number {
  return head.countable - mine.readCountable - (mine.own - mine.ownAtRead) - gone;
}

/** How far the peer may be told that this user has read. */
export function seenSeqOf({ seenSeq, readSeq }: UserConversation): number {
  return seenSeq ?? readSeq;
}

/** A user who joins now has read all that is before: nothing of it is theirs to count. */
export function joinedAt(
  mine: UserConversation | undefined,
  head: Pick<Head, 'seq' | 'countable'>,
): UserConversation {
  const own = mine?.own ?? 0;
  const seen = mine && { seenSeq: seenSeqOf(mine) };
  return { ...mine, ...seen, readSeq: head.seq, readCountable: head.countable, own, ownAtRead: own };
}
