import { LIMITS, type RequestOf, utf8Bytes } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, groupLog, parseConversationID } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { decode, load, toJson } from '../records.ts';
import { audienceOf } from '../messages/audience.ts';
import { messageLocks, requireMessage } from '../messages/require-message.ts';
import { isSameJson } from '../same-json.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Locks, Transaction } from '../transaction/transaction.ts';
import { KINDS } from './kinds.ts';
import { memberOrVisitor, requireGroup, requireMember } from './require-member.ts';

const groupLocks = ({ actor, request }: { actor: Actor; request: { groupID: string } }): Locks =>
  mergeLocks([groupLog(actor.app, request.groupID)], [userScope(actor.app, actor.userID)]);

/** The group's log, if the actor is a member, or in the live room; `otherwise` is what anybody else is told. */
function requireIn(
  tx: Transaction,
  { actor, request, isHere = false }: AttributesBody | CountersBody,
  otherwise: 'attributesNotJoined' | 'noPermission',
): string {
  requireSession(tx, actor);
  const log = groupLog(actor.app, request.groupID);
  const { stored } = KINDS[requireGroup(tx, log).type];
  if (memberOrVisitor(tx, log, actor.userID, !stored && isHere) === undefined)
    throw new ImError(otherwise, 'not a member of the group');
  return log;
}

export interface AttributesBody {
  actor: Actor;
  request: RequestOf<'group.changeAttributes'>;
  /** The actor is in this live room. */
  isHere?: boolean;
}

/** Changes the group's attributes, which count as one value with one revision. */
export const changeAttributes: Decision<
  AttributesBody,
  { attributes: Record<string, string>; revision: number }
> = {
  locks: groupLocks,

  decide(tx, body) {
    const { actor, request } = body;
    const log = requireIn(tx, body, 'attributesNotJoined');
    const stored = decode.attributes(tx.get(keys.attributes(log)));
    const attributes = changedAttributes(stored.attributes, request);
    const { revision } = stored;
    if (request.revision !== undefined && request.revision !== revision) {
      // Asked again by whoever has not heard the answer: it is done.
      const isNext = request.revision === revision - 1 && stored.by === actor.userID;
      if (isNext && isSameJson(attributes, stored.attributes)) return { attributes, revision };
      throw new ImError('attributeConflict');
    }
    const bytes = Object.entries(attributes).reduce(
      (sum, [key, value]) => sum + utf8Bytes(key) + utf8Bytes(value),
      0,
    );
    if (Object.keys(attributes).length > LIMITS.attributes || bytes > LIMITS.attributesBytes) {
      throw new ImError('attributesOverLimit');
    }
    const next = { attributes, revision: revision + 1, by: actor.userID };
    tx.set(keys.attributes(log), toJson(next));
    appendEvent(tx, log, load.head(tx, log), { t: 'attributes', ...next });
    return { attributes, revision: next.revision };
  },
};

function changedAttributes(
  stored: Readonly<Record<string, string>>,
  request: AttributesBody['request'],
): Record<string, string> {
  const { action, attributes = {}, keys: named = [] } = request;
  if (action === 'init') return { ...attributes };
  if (action === 'set') return { ...stored, ...attributes };
  if (named.length === 0) return {};
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !named.includes(key)));
}

export interface CountersBody {
  actor: Actor;
  request: RequestOf<'group.changeCounters'>;
  isHere?: boolean;
}

/** Sets counters or adds to one; the sum is made here, so that additions of many never overwrite one another. */
export const changeCounters: Decision<CountersBody, { counters: Record<string, string> }> = {
  locks: groupLocks,

  decide(tx, body) {
    const { actor, request } = body;
    const log = requireIn(tx, body, 'noPermission');
    const stored = decode.counters(tx.get(keys.counters(log)));
    const counters: Record<string, string> = { ...request.set };
    if (request.add !== undefined) {
      const { key, value } = request.add;
      const before = Object.hasOwn(stored, key) ? stored[key] : undefined;
      counters[key] = String(BigInt(before ?? '0') + BigInt(value));
    }
    const all = { ...stored, ...counters };
    if (Object.keys(all).length > LIMITS.counters) throw new ImError('badParameter', 'too many counters');
    for (const value of Object.values(counters)) {
      if (BigInt.asIntN(64, BigInt(value)) !== BigInt(value))
        throw new ImError('badParameter', 'beyond 64 bits');
    }
    tx.set(keys.counters(log), toJson(all));
    appendEvent(tx, log, load.head(tx, log), { t: 'counters', by: actor.userID, counters });
    return { counters };
  },
};

export interface PinBody {
  actor: Actor;
  /** Or a topic's. */
  groupID: string;
  seq: number;
  isPinned: boolean;
}

/** Pins a message for all members. A pin that is there already stays where it is. */
export const pinMessage: Decision<PinBody, Record<string, never>> = {
  locks: ({ actor, groupID }) => messageLocks(actor, `GROUP${groupID}`),

  decide(tx, { actor, groupID, seq, isPinned }) {
    requireSession(tx, actor);
    const log = conversationLog(actor.app, actor.userID, parseConversationID(`GROUP${groupID}`));
    if (!KINDS[requireGroup(tx, log).type].stored)
      throw new ImError('noPermission', 'what is said in a live room is not kept');
    requireMember(tx, log, actor.userID);
    const { event } = requireMessage(tx, actor, `GROUP${groupID}`, seq);
    const pinned = decode.pinned(tx.get(keys.pinnedMessages(log)));
    if (pinned.includes(seq) === isPinned) {
      if (isPinned) return {};
      throw new ImError('notPinned');
    }
    if (isPinned && pinned.length >= LIMITS.pinnedMessages) throw new ImError('pinnedOverLimit');
    tx.set(keys.pinnedMessages(log), isPinned ? [...pinned, seq] : pinned.filter((other) => other !== seq));
    const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
    appendEvent(tx, log, load.head(tx, log), { t: 'pin', ...about, isPinned });
    return {};
  },
};
