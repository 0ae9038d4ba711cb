import type { Actor } from '../actor.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { conversationLog, parseConversationID } from './conversation-id.ts';
import { joinedAt } from './user-conversation.ts';
import { loadMine } from './load-mine.ts';

export interface DeleteBody {
  actor: Actor;
  conversationIDs: readonly string[];
  clearHistory: boolean;
}

/** Hides conversations until something new arrives; with `clearHistory` nothing of before is shown to me again. */
export const deleteConversations: Decision<DeleteBody, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, conversationIDs, clearHistory }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    for (const conversationID of new Set(conversationIDs)) {
      const mine = loadMine(tx, actor, conversationID);
      if (mine === undefined) continue;
      const head = decode.head(
        tx.peek(keys.head(conversationLog(app, userID, parseConversationID(conversationID)))),
      );
      const clearedSeq = clearHistory ? head.seq : (mine.clearedSeq ?? 0);
      // Whoever throws a conversation away has done with what was unread in it.
      const next = { ...joinedAt(mine, head), hiddenSeq: head.seq, clearedSeq };
      tx.set(keys.userConversation(app, userID, conversationID), toJson(next));
      appendInbox(tx, app, userID, {
        t: 'conversationDeleted',
        conversationID,
        hiddenSeq: head.seq,
        clearedSeq,
      });
    }
    return {};
  },
};
