import type { InboxEvent, MessageEvent } from '@sterna/protocol';
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

/**
 * `seqs` are messages that the actor received, and `senders` who sent them, as read before: neither ever changes, so they are the
 * right ones to lock.
 */
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
    const isDone = (seq: number): boolean => tx.get(keys.receipt(log, seq, userID)) !== undefined;
    // The same request again, whose answer was lost: what the actor may do has perhaps changed since, what they did has not.
    if (seqs.length > 0 && seqs.every(isDone)) return {};
    if (ref.kind === 'group') {
      requireGroup(tx, log);
      requireMember(tx, log, userID);
    }
    const told = new Map<string, Receipt[]>();
    for (const seq of new Set(seqs)) {
      const [entry] = tx.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
      if (entry?.event.t !== 'message') continue;
      const { id, from, needReadReceipt } = entry.event;
      if (!needReadReceipt || from === userID || !senders.includes(from)) continue;
      if (isDone(seq)) continue;
      const read = decode.receiptCount(tx.get(keys.receiptCount(log, seq))).read + 1;
      tx.set(keys.receipt(log, seq, userID), nowMs);
      tx.set(keys.receiptCount(log, seq), toJson({ read, timeMs: nowMs }));
      const receipt = { seq, id, ...countsOf(entry.event, read), timeMs: nowMs };
      told.set(from, [...(told.get(from) ?? []), receipt]);
    }
    for (const [sender, receipts] of told) {
      const theirs = ref.kind === 'c2c' ? `C2C${userID}` : conversationID;
      appendInbox(tx, app, sender, { t: 'receipts', conversationID: theirs, receipts });
    }
    return {};
  },
};

/** Who came after a message is nobody it waits for, and who has left is still one whom it was sent to: so the two always sum up to the same. */
export function countsOf(
  { readers = 1 }: Pick<MessageEvent, 'readers'>,
  read: number,
): Pick<Receipt, 'readCount' | 'unreadCount'> {
  return { readCount: read, unreadCount: Math.max(0, readers - read) };
}
