import { LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { isBlockedBy } from '../blacklist/blocked.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { shownTo } from '../logs/shown-to.ts';
import { isCounted } from '../messages/audience.ts';
import { decode, toJson, type UserConversation } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { conversationLog, parseConversationID } from './conversation-id.ts';
import { goneAfter } from './gone-messages.ts';
import { unreadOf } from './user-conversation.ts';
import { loadMine } from './load-mine.ts';

export interface ReadBody {
  actor: Actor;
  conversationID: string;
  seq: number;
  nowMs: number;
}

/** Moves the read mark forward to `seq` at most, never back, and tells my devices and the peer of a one-to-one conversation. */
export const readConversation: Decision<ReadBody, { unread: number }> = {
  locks({ actor, conversationID }) {
    const ref = parseConversationID(conversationID);
    const scopes = [userScope(actor.app, actor.userID)];
    if (ref.kind === 'c2c') scopes.push(userScope(actor.app, ref.peer));
    return mergeLocks(scopes);
  },

  decide(tx, { actor, conversationID, seq, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const mine = loadMine(tx, actor, conversationID);
    if (mine === undefined) throw new ImError('conversationNotFound', conversationID);
    const ref = parseConversationID(conversationID);
    const log = conversationLog(app, userID, ref);
    // The log is not locked: what has been read of it stays true, and a message that arrives meanwhile is unread.
    const head = decode.head(tx.peek(keys.head(log)));
    const mark = Math.min(seq, shownTo(head, userID).seq);
    if (mark <= mine.readSeq)
      return { unread: unreadOf(mine, head, goneAfter(tx, actor, { conversationID, log, head }, mine)) };

    const read = markedRead(tx, log, mine, { mark, userID });
    tx.set(keys.userConversation(app, userID, conversationID), toJson(read));
    const unread = unreadOf(read, head, goneAfter(tx, actor, { conversationID, log, head }, read));
    appendInbox(tx, app, userID, { t: 'read', conversationID, seq: mark, unread });
    if (ref.kind === 'c2c' && !isBlockedBy(tx, app, ref.peer, userID)) {
      appendInbox(tx, app, ref.peer, {
        t: 'peerRead',
        conversationID: `C2C${userID}`,
        seq: mark,
        timeMs: nowMs,
      });
    }
    return { unread };
  },
};

/** The counts as of message `mark`: its own running count, and my messages up to it (all of mine, less those after it). */
function markedRead(
  tx: Transaction,
  log: string,
  mine: UserConversation,
  { mark, userID }: { mark: number; userID: string },
): UserConversation {
  let readCountable = mine.readCountable;
  let ownAfter = 0;
  let after = mark - 1;
  for (;;) {
    const page = tx.peekMessages({ log, after, limit: LIMITS.syncPage });
    for (const { seq, event } of page) {
      if (event.t !== 'message' || seq === undefined) continue;
      if (seq === mark) readCountable = event.countable;
      else if (event.from === userID && isCounted(event)) ownAfter += 1;
    }
    const last = page.at(-1)?.seq;
    if (last === undefined || page.length < LIMITS.syncPage) break;
    after = last;
  }
  const { seenSeq: _less, ...rest } = mine;
  return { ...rest, readSeq: mark, readCountable, ownAtRead: mine.own - ownAfter };
}
