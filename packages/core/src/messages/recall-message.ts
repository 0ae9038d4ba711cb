import type { MessageEvent } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { isAdmin, outranks } from '../groups/require-member.ts';
import { keys, mergeLocks } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { load, toJson } from '../records.ts';
import { audienceOf, isCounted } from './audience.ts';
import { forgetExtensions } from './extensions.ts';
import { releaseMergers, requireLocked, withMergers } from './merger-uses.ts';
import { forgetEdit } from './modify-message.ts';
import { forgetReactions } from './reactions.ts';
import { forgetStep } from '../signaling/forget-step.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import {
  type FoundMessage,
  messageLocks,
  requireMessage,
  requireStored,
  standing,
} from './require-message.ts';

export interface RecallBody {
  actor: Actor;
  conversationID: string;
  seq: number;
  reason: string;
  windowMs: number;
  /** The lists kept apart that can be opened from it. */
  mergers: readonly string[];
  /** The invitation that it is a step of. */
  inviteID?: string;
  nowMs: number;
}

/**
 * Takes a message back for everybody: the row loses its content, and an event in the order tells those who have it. Repeating it
 * changes nothing.
 */
export const recallMessage: Decision<RecallBody, Record<string, never>> = {
  locks({ actor, conversationID, mergers, inviteID }) {
    const locks = withMergers(actor.app, messageLocks(actor, conversationID), mergers);
    if (inviteID === undefined) return locks;
    return mergeLocks([...locks.exclusive, keys.invitation(actor.app, inviteID)], locks.shared);
  },

  decide(tx, { actor, conversationID, seq, reason, windowMs, nowMs, mergers, inviteID }) {
    requireStored(tx, actor, conversationID, 'recallUnsupported');
    // The same request again, whose answer was lost: what the actor may do has perhaps changed since, what they did has not.
    if (standing(tx, actor, { conversationID, seq }).event?.recalled?.by === actor.userID) return {};
    const found = requireMessage(tx, actor, conversationID, seq);
    requireRecallRight(tx, found, actor.userID, nowMs - windowMs);
    const { log, pos, event } = found;
    requireLocked(event.elements, mergers);
    const by = actor.userID;
    const recalled = { by, timeMs: nowMs, ...(reason !== '' && { reason }) };
    tx.amend(log, pos, tombstone(event, recalled));
    forgetEdit(tx, log, seq);
    const counted = isCounted(event);
    const head = load.head(tx, log);
    if (counted) tx.set(keys.recalled(log, seq), toJson({ from: event.from, pos: head.pos + 1 }));
    releaseMergers(tx, { app: actor.app, log, seq }, mergers);
    forgetExtensions(tx, log, seq);
    forgetReactions(tx, log, seq);
    if (inviteID !== undefined) forgetStep(tx, actor.app, event);
    appendEvent(tx, log, head, {
      t: 'recall',
      seq,
      id: event.id,
      from: event.from,
      by,
      timeMs: nowMs,
      counted,
      ...audienceOf(event),
      ...(reason !== '' && { reason }),
    });
    return {};
  },
};

/** What stays: who, when and where in the order; nothing of what was said. */
function tombstone(event: MessageEvent, recalled: NonNullable<MessageEvent['recalled']>): MessageEvent {
  const { cloudCustomData: _data, atUsers: _at, offlinePushInfo: _push, ...rest } = event;
  return { ...rest, elements: [], recalled };
}

/** The sender in time; in groups also owner and admins, upon those they outrank, at any time. Tips belong to nobody. */
function requireRecallRight(tx: Transaction, found: FoundMessage, userID: string, oldestMs: number): void {
  const { event, log, member, ref } = found;
  if (event.elements.some(({ type }) => type === 'TIMGroupTipElem')) throw new ImError('notRecallable');
  if (event.from === userID) {
    if (event.timeMs >= oldestMs) return;
    throw new ImError(ref.kind === 'group' ? 'groupRecallWindowPassed' : 'recallWindowPassed');
  }
  const sender = load.member(tx, log, event.from)?.role ?? 'Member';
  if (ref.kind === 'group' && member !== undefined && isAdmin(member.role) && outranks(member.role, sender))
    return;
  throw new ImError('noPermission', 'only the sender, or an admin of the group, may recall a message');
}
