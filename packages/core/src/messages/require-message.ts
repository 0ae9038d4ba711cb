import type { ErrorName, MessageEvent } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { requireNotBlocked } from '../blacklist/blocked.ts';
import {
  conversationLog,
  type ConversationRef,
  groupLog,
  parseConversationID,
  writeLocks,
} from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { groupStretches } from '../conversations/reader.ts';
import { KINDS } from '../groups/kinds.ts';
import { requireGroup, requireMember, requireTopic } from '../groups/require-member.ts';
import { keys } from '../keys.ts';
import type { LogEvent } from '../ports/store.ts';
import { decode, type Group, load, type Member } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Locks, Transaction } from '../transaction/transaction.ts';
import { isMeantFor, isSendersAlone } from './audience.ts';

/** A message that somebody wants to act upon, with what decides whether they may. */
export interface FoundMessage {
  ref: ConversationRef;
  log: string;
  pos: number;
  event: MessageEvent;
  group?: Group;
  member?: Member;
}

/** What a command upon one message locks: the conversation, the actor's session, and one-to-one what the peer says of the actor. */
export function messageLocks(actor: Actor, conversationID: string): Locks {
  return writeLocks(actor.app, actor.userID, parseConversationID(conversationID));
}

/** Refuses what cannot be done with a message that is not kept. What kind a group is never changes: no lock is needed. */
export function requireStored(
  tx: Transaction,
  { app }: Actor,
  conversationID: string,
  reason: ErrorName,
): void {
  const ref = parseConversationID(conversationID);
  if (ref.kind !== 'group') return;
  const group = decode.group(tx.peek(keys.group(groupLog(app, ref.groupID))));
  if (group !== undefined && !KINDS[group.type].stored) throw new ImError(reason);
}

/** What a live session has done may be asked for again, whatever the actor may do by now: the message as it stands, and its log. */
export function standing(
  tx: Transaction,
  actor: Actor,
  { conversationID, seq }: { conversationID: string; seq: number },
): { log: string; event: MessageEvent | undefined } {
  requireSession(tx, actor);
  const log = conversationLog(actor.app, actor.userID, parseConversationID(conversationID));
  const [entry] = tx.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
  return { log, event: entry?.event.t === 'message' ? entry.event : undefined };
}

/** The message, if the actor's session lives, the conversation is theirs, and the message is there for them and not recalled. */
export function requireMessage(
  tx: Transaction,
  actor: Actor,
  conversationID: string,
  seq: number,
): FoundMessage {
  requireSession(tx, actor);
  const ref = parseConversationID(conversationID);
  if (ref.kind === 'system') throw new ImError('conversationTypeInvalid', 'system notices stay as they are');
  const log = conversationLog(actor.app, actor.userID, ref);
  const [entry] = tx.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
  const missing = () =>
    new ImError(ref.kind === 'group' ? 'groupMessageNotFound' : 'messageNotFound', String(seq));
  const membership =
    ref.kind === 'group'
      ? { group: requireGroup(tx, log), member: requireMember(tx, log, actor.userID) }
      : {};
  if (ref.kind === 'group' && ref.topicID !== undefined) requireTopic(tx, log, ref.topicID);
  if (ref.kind === 'c2c' && !isActorsAlone(actor, entry?.event))
    requireNotBlocked(tx, actor.app, ref.peer, actor.userID);
  if (entry?.event.t !== 'message' || entry.event.recalled !== undefined) throw missing();
  const { event } = entry;
  if (!isMeantFor(event, actor.userID)) throw missing();
  if (ref.kind === 'group' && !wasThere(tx, log, actor.userID, { ...membership, seq })) throw missing();
  return { ref, log, pos: entry.pos, event, ...membership };
}

/** Whatever the actor does to it reaches nobody. */
const isActorsAlone = ({ userID }: Actor, event: LogEvent | undefined): boolean =>
  event?.t === 'message' && event.from === userID && isSendersAlone(event);

/** Of what was said before a member came, or while they were away, they know nothing. */
function wasThere(
  tx: Transaction,
  log: string,
  userID: string,
  { seq, group, member }: { seq: number; group?: Group; member?: Member },
): boolean {
  const stretches = groupStretches(load.head(tx, log), group, member, load.former(tx, log, userID));
  return stretches.some(({ afterSeq, toSeq }) => seq > afterSeq && seq <= toSeq);
}
