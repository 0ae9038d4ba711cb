import { LIMITS, type MessageEvent } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { decode, load, type Reaction, toJson } from '../records.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { audienceOf } from './audience.ts';
import { messageLocks, requireMessage } from './require-message.ts';

export interface ReactionBody {
  actor: Actor;
  conversationID: string;
  seq: number;
  reactionID: string;
}

/** The actor reacts to a message, once in each way. */
export const addReaction: Decision<ReactionBody, Record<string, never>> = {
  locks: ({ actor, conversationID }) => messageLocks(actor, conversationID),

  decide(tx, body) {
    const { actor, conversationID, seq, reactionID } = body;
    const { log, event } = requireMessage(tx, actor, conversationID, seq);
    const stored = decode.reaction(tx.get(keys.reaction(log, seq, reactionID)));
    if (stored?.userIDs.includes(actor.userID)) throw new ImError('reactionExists');
    if (stored === undefined) requireRoomForKind(tx, log, seq);
    else if (stored.userIDs.length >= LIMITS.reactionUsers) throw new ImError('tooManyReactionUsers');
    const next: Reaction = { reactionID, userIDs: [...(stored?.userIDs ?? []), actor.userID] };
    tx.set(keys.reaction(log, seq, reactionID), toJson(next));
    tell(tx, log, { ...body, event, added: true, next });
    return {};
  },
};

/** The actor takes a reaction back. */
export const removeReaction: Decision<ReactionBody, Record<string, never>> = {
  locks: ({ actor, conversationID }) => messageLocks(actor, conversationID),

  decide(tx, body) {
    const { actor, conversationID, seq, reactionID } = body;
    const { log, event } = requireMessage(tx, actor, conversationID, seq);
    const key = keys.reaction(log, seq, reactionID);
    const stored = decode.reaction(tx.get(key));
    if (!stored?.userIDs.includes(actor.userID)) throw new ImError('reactionNotFound');
    const next: Reaction = {
      reactionID,
      userIDs: stored.userIDs.filter((userID) => userID !== actor.userID),
    };
    if (next.userIDs.length === 0) tx.delete(key);
    else tx.set(key, toJson(next));
    tell(tx, log, { ...body, event, added: false, next });
    return {};
  },
};

function requireRoomForKind(tx: Transaction, log: string, seq: number): void {
  const kinds = tx.scan({ prefix: keys.reactions(log, seq), limit: LIMITS.reactionKinds });
  if (kinds.length >= LIMITS.reactionKinds) throw new ImError('tooManyReactionKinds');
}

function tell(
  tx: Transaction,
  log: string,
  change: ReactionBody & { event: MessageEvent; added: boolean; next: Reaction },
): void {
  const { seq, event, added, next, actor } = change;
  const reaction = {
    reactionID: next.reactionID,
    total: next.userIDs.length,
    users: next.userIDs.slice(0, LIMITS.reactionUsersShown),
  };
  const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
  appendEvent(tx, log, load.head(tx, log), { t: 'reaction', ...about, added, reaction });
}
