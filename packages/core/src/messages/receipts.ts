import type { InboxEvent } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { isBlockedBy } from '../blacklist/blocked.ts';
import { conversationLog, parseConversationID, writeLocks } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { requireGroup, requireMember } from '../groups/require-member.ts';
import { keys, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';

/** `senders` are the messages' senders, as read before: a message's sender never changes, so they are the right ones to lock. */
export interface SendReceiptsBody {
  actor: Actor;
  conversationID: string;
  seqs: readonly number[];
  senders: readonly string[];
  nowMs: number;
}

type Receipt = Extract<InboxEvent, { t: 'receipts' }>['receipts'][number];

/** Notes that the actor has read messages that asked for it, and tells their senders. Repeating it changes nothing. */
export const sendReceipts: Decision<SendReceiptsBody, Record<string, never>> = {
  locks({ actor, conversationID, senders }) {
    const ref = parseConversationID(conversationID);
    const told = [actor.userID, ...(ref.kind === 'c2c' ? [ref.peer] : senders)];
    const exclusive = told.map((userID) => userScope(actor.app, userID));
    return writeLocks(actor.app, actor.userID, ref, { exclusive });
  },

  decide(tx, { actor, conversationID, seqs, senders, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const ref = parseConversationID(conversationID);
    if (ref.kind === 'system') throw new ImError('conversationTypeInvalid', 'notices have no receipts');
    // The peer has blocked the reader, and is told nothing of them.
    if (ref.kind === 'c2c' && isBlockedBy(tx, app, ref.peer, userID)) return {};
    const log = conversationLog(app, userID, ref);
    let readers = 1;
    if (ref.kind === 'group') {
      requireMember(tx, log, userID);
      readers = requireGroup(tx, log).memberCount - 1;
    }
    const told = new Map<string, Receipt[]>();
    for (const seq of new Set(seqs)) {
      const [entry] = tx.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
      if (entry?.event.t !== 'message') continue;
      const { id, from, needReadReceipt, receivers } = entry.event;
      if (!needReadReceipt || from === userID || !senders.includes(from)) continue;
      if (receivers !== undefined && !receivers.includes(userID)) continue;
      const key = keys.receipt(log, seq, userID);
      if (tx.get(key) !== undefined) continue;
      const read = decode.receiptCount(tx.get(keys.receiptCount(log, seq))).read + 1;
      tx.set(key, nowMs);
      tx.set(keys.receiptCount(log, seq), toJson({ read, timeMs: nowMs }));
      const all = receivers?.length ?? readers;
      const receipt = { seq, id, readCount: read, unreadCount: Math.max(0, all - read), timeMs: nowMs };
      told.set(from, [...(told.get(from) ?? []), receipt]);
    }
    for (const [sender, receipts] of told) {
      const theirs = ref.kind === 'c2c' ? `C2C${userID}` : conversationID;
      appendInbox(tx, app, sender, { t: 'receipts', conversationID: theirs, receipts });
    }
    return {};
  },
};
