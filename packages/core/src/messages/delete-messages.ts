import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { goneAfter } from '../conversations/gone-messages.ts';
import { loadMine } from '../conversations/load-mine.ts';
import { joinedAt, unreadOf } from '../conversations/user-conversation.ts';
import { ImError } from '../errors.ts';
import { isTopic, keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { isCounted } from './audience.ts';
import { requireStored } from './require-message.ts';

export interface DeleteMessagesBody {
  actor: Actor;
  conversationID: string;
  seqs: readonly number[];
}

/** Deletes messages for the actor alone. What is deleted unread is unread no more. */
export const deleteMessages: Decision<DeleteMessagesBody, { unread: number }> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, conversationID, seqs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const ref = parseConversationID(conversationID);
    if (ref.kind === 'system') throw new ImError('notDeletable', 'system notices expire by themselves');
    requireStored(tx, actor, conversationID, 'notDeletable');
    const mine = loadMine(tx, actor, conversationID);
    if (mine === undefined) throw new ImError('conversationNotFound', conversationID);
    const log = conversationLog(app, userID, ref);
    const deleted = [...new Set(seqs)].filter((seq) => {
      const [entry] = tx.peekMessages({ log, after: seq - 1, before: seq + 1, limit: 1 });
      if (entry?.event.t !== 'message') return false;
      const key = keys.deletion(app, userID, conversationID, seq);
      if (tx.get(key) !== undefined) return false;
      const counted = isCounted(entry.event) && entry.event.from !== userID;
      tx.set(key, toJson({ counted }));
      return true;
    });
    const next = { ...mine, hasDeletions: true as const };
    tx.set(keys.userConversation(app, userID, conversationID), toJson(next));
    const head = decode.head(tx.peek(keys.head(log)));
    const unread = unreadOf(next, head, goneAfter(tx, actor, { conversationID, log, head }, next));
    if (deleted.length > 0)
      appendInbox(tx, app, userID, { t: 'messagesDeleted', conversationID, seqs: deleted, unread });
    return { unread };
  },
};

export interface ClearHistoryBody {
  actor: Actor;
  conversationID: string;
}

/** Clears what is there for the actor alone; the conversation stays in the list, with nothing unread. */
export const clearHistory: Decision<ClearHistoryBody, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, conversationID }) {
    requireSession(tx, actor);
    if (isTopic(conversationID)) throw new ImError('conversationTypeInvalid', 'a topic keeps its history');
    const { app, userID } = actor;
    const mine = loadMine(tx, actor, conversationID);
    if (mine === undefined) throw new ImError('conversationNotFound', conversationID);
    const log = conversationLog(app, userID, parseConversationID(conversationID));
    const head = decode.head(tx.peek(keys.head(log)));
    tx.set(
      keys.userConversation(app, userID, conversationID),
      toJson({ ...joinedAt(mine, head), clearedSeq: head.seq }),
    );
    appendInbox(tx, app, userID, { t: 'historyCleared', conversationID, seq: head.seq });
    return {};
  },
};
