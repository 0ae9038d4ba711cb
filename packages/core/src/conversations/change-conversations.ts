import { ERRORS, LIMITS, type InboxEvent, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { toJson, type UserConversation } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { loadMine } from './load-mine.ts';

export interface ChangeBody {
  actor: Actor;
  request: RequestOf<'conversation.change'>;
}

export interface ListResult {
  done: string[];
  failed: { conversationID: string; code: number; text: string }[];
}

type Changes = Extract<InboxEvent, { t: 'conversationChanged' }>['changes'];

/** Sets what the actor keeps about conversations, one by one: those that are not the actor's fail, the others do not. */
export const changeConversations: Decision<ChangeBody, ListResult> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, request }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const result: ListResult = { done: [], failed: [] };
    for (const conversationID of new Set(request.conversationIDs)) {
      const mine = loadMine(tx, actor, conversationID);
      if (mine === undefined) {
        result.failed.push({ conversationID, ...failure('conversationNotFound') });
        continue;
      }
      const { isPinned } = request.changes;
      if (isPinned !== undefined && isPinned !== (mine.isPinned ?? false) && !countPin(tx, actor, isPinned)) {
        result.failed.push({ conversationID, ...failure('tooManyPinned') });
        continue;
      }
      const changes = changesFor(mine, request);
      tx.set(keys.userConversation(app, userID, conversationID), toJson(changed(mine, changes)));
      appendInbox(tx, app, userID, { t: 'conversationChanged', conversationID, changes });
      result.done.push(conversationID);
    }
    return result;
  },
};

export const failure = (reason: 'conversationNotFound' | 'tooManyPinned') => ({
  code: ERRORS[reason].code,
  text: ERRORS[reason].text,
});

/** Counts a pin; false when there is no room for one more. */
function countPin(tx: Transaction, { app, userID }: Actor, isPinned: boolean): boolean {
  const key = keys.pinned(app, userID);
  const count = Number(tx.get(key) ?? 0);
  if (isPinned && count >= LIMITS.conversationsPinned) return false;
  tx.set(key, count + (isPinned ? 1 : -1));
  return true;
}

/** Marks are told as all that are set then, so that applying the event again changes nothing. */
function changesFor(mine: UserConversation, { changes, mark }: ChangeBody['request']): Changes {
  if (mark === undefined) return changes;
  const kept = (mine.marks ?? []).filter((one) => !mark.remove.includes(one));
  return {
    ...changes,
    marks: [...new Set([...kept, ...mark.add])].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
  };
}

function changed(
  mine: UserConversation,
  { isPinned, remindType, customData, marks }: Changes,
): UserConversation {
  const { isPinned: pinnedBefore, ...rest } = mine;
  return {
    ...rest,
    ...((isPinned ?? pinnedBefore) && { isPinned: true as const }),
    ...(remindType !== undefined && { remindType }),
    ...(customData !== undefined && { customData }),
    ...(marks !== undefined && { marks }),
  };
}
