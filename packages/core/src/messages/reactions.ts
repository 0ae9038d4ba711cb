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
    const userIDs = stored?.userIDs ?? [];
    if (userIDs.includes(actor.userID)) throw new ImError('reactionExists');
    if (userIDs.length >= LIMITS.reactionUsers) throw new ImError('tooManyReactionUsers');
    if (userIDs.length === 0) makeRoomForKind(tx, log, seq);
    tell(tx, log, { ...body, event, added: true, stored, userIDs: [...userIDs, actor.userID] });
    return {};
  },
};

/** The actor takes a reaction back. */
export const removeReaction: Decision<ReactionBody, Record<string, never>> = {
  locks: ({ actor, conversationID }) => messageLocks(actor, conversationID),

  decide(tx, body) {
    const { actor, conversationID, seq, reactionID } = body;
    const { log, event } = requireMessage(tx, actor, conversationID, seq);
    const stored = decode.reaction(tx.get(keys.reaction(log, seq, reactionID)));
    if (!stored?.userIDs.includes(actor.userID)) throw new ImError('reactionNotFound');
    const userIDs = stored.userIDs.filter((userID) => userID !== actor.userID);
    tell(tx, log, { ...body, event, added: false, stored, userIDs });
    return {};
  },
};

/** Those that nobody uses any more stay for the events that told of their end; the oldest give way to new ones. */
export const REACTION_ROWS = LIMITS.reactionKinds * 4;

function storedReactions(tx: Transaction, log: string, seq: number): Reaction[] {
  const rows = tx.scan({ prefix: keys.reactions(log, seq), limit: REACTION_ROWS });
  return rows.flatMap(([, value]) => decode.reaction(value) ?? []);
}

function makeRoomForKind(tx: Transaction, log: string, seq: number): void {
  const all = storedReactions(tx, log, seq);
  const unused = all.filter(({ userIDs }) => userIDs.length === 0);
  if (all.length - unused.length >= LIMITS.reactionKinds) throw new ImError('tooManyReactionKinds');
  const [oldest] = unused.sort((one, other) => (one.pos ?? 0) - (other.pos ?? 0));
  if (all.length >= REACTION_ROWS && oldest !== undefined) forget(tx, log, seq, oldest);
}

function forget(tx: Transaction, log: string, seq: number, reaction: Reaction): void {
  forgetTold(tx, log, reaction);
  tx.delete(keys.reaction(log, seq, reaction.reactionID));
}

/** Takes the reaction out of the event that told of it: only the newest of a kind is anywhere. */
function forgetTold(tx: Transaction, log: string, { pos }: Reaction): void {
  if (pos === undefined) return;
  const [entry] = tx.entries({ log, after: pos - 1, limit: 1 });
  if (entry?.event.t !== 'reaction') return;
  const { reaction: _told, ...bare } = entry.event;
  tx.amend(log, pos, bare);
}

/** Of the reactions to a recalled message nothing is kept. */
export function forgetReactions(tx: Transaction, log: string, seq: number): void {
  for (const reaction of storedReactions(tx, log, seq)) forget(tx, log, seq, reaction);
}

interface Change extends ReactionBody {
  event: MessageEvent;
  added: boolean;
  stored: Reaction | undefined;
  userIDs: string[];
}

function tell(tx: Transaction, log: string, change: Change): void {
  const { seq, event, added, actor, reactionID, stored, userIDs } = change;
  if (stored !== undefined) forgetTold(tx, log, stored);
  const reaction = { reactionID, total: userIDs.length, users: userIDs.slice(0, LIMITS.reactionUsersShown) };
  const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
  const { pos } = appendEvent(tx, log, load.head(tx, log), { t: 'reaction', ...about, added, reaction });
  const next: Reaction = { reactionID, userIDs, pos };
  tx.set(keys.reaction(log, seq, reactionID), toJson(next));
}
