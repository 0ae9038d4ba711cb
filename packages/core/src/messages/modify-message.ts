import type { ConversationEvent, MessageEvent, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { isAdmin } from '../groups/require-member.ts';
import { keys, mergeLocks } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { decode, load } from '../records.ts';
import { isSameJson } from '../same-json.ts';
import { invitationScope, keepInvitation } from '../signaling/modify-invitation.ts';
import { signalOf } from '../signaling/signal.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { messageAsTold, audienceOf } from './audience.ts';
import {
  hasMerged,
  releaseMergers,
  requireLocked,
  requireMergers,
  useMergers,
  withMergers,
} from './merger-uses.ts';
import { requireSize } from './message-size.ts';
import {
  type FoundMessage,
  messageLocks,
  requireMessage,
  requireStored,
  standing,
} from './require-message.ts';

export interface ModifyBody {
  actor: Actor;
  request: RequestOf<'message.modify'>;
  nowMs: number;
  /** The lists kept apart that can be opened from the version before, and from this one. */
  mergers?: { before: readonly string[]; after: readonly string[] };
}

/** Makes the next version of a message, if the caller knew the newest. */
export const modifyMessage: Decision<ModifyBody, { message: MessageEvent }> = {
  locks({ actor, request, mergers = NO_MERGERS }) {
    const all = [...mergers.before, ...mergers.after];
    const locks = withMergers(actor.app, messageLocks(actor, request.conversationID), all);
    const signal = signalOf(request.elements ?? []);
    if (signal === undefined) return locks;
    return mergeLocks([...locks.exclusive, invitationScope(actor, signal)], locks.shared);
  },

  decide(tx, { actor, request, nowMs, mergers = NO_MERGERS }) {
    const { conversationID, seq, elements, cloudCustomData } = request;
    requireStored(tx, actor, conversationID, 'modifyUnsupported');
    if (seq === 0) throw new ImError('modifyUnsupported', 'it was for users online only');
    const done = doneBefore(tx, actor, request);
    if (done) return { message: messageAsTold(done) };
    const found = requireMessage(tx, actor, conversationID, seq);
    requireEditor(found, actor.userID);
    const { log, pos, event } = found;
    if ((event.version ?? 0) !== request.version) {
      throw new ImError('modifyConflict', undefined, { data: { message: messageAsTold(event) } });
    }
    if (elements !== undefined) {
      requireSize(elements);
      requireSameKinds(event, elements);
      if (hasMerged(elements))
        exchangeMergers(tx, { app: actor.app, log, seq }, { event, elements, mergers });
      keepInvitation(tx, { actor, before: event.elements, after: elements, nowMs });
    }
    const changes = {
      ...(elements && { elements }),
      ...(cloudCustomData !== undefined && { cloudCustomData }),
    };
    const version = request.version + 1;
    const { offlinePushInfo: _ofBefore, ...rest } = event;
    const message: MessageEvent = { ...rest, ...changes, version };
    tx.amend(log, pos, message);
    const edit = {
      t: 'edit' as const,
      seq,
      id: event.id,
      version,
      by: actor.userID,
      timeMs: nowMs,
      elements: message.elements,
      ...(message.cloudCustomData !== undefined && { cloudCustomData: message.cloudCustomData }),
      ...audienceOf(event),
    };
    forgetEdit(tx, log, seq);
    const head = appendEvent(tx, log, load.head(tx, log), edit);
    tx.set(keys.edit(log, seq), head.pos);
    return { message: messageAsTold(message) };
  },
};

/** The same request again, whose answer was lost, and nothing has come since: the version that it made. */
function doneBefore(
  tx: Transaction,
  actor: Actor,
  request: RequestOf<'message.modify'>,
): MessageEvent | undefined {
  const { log, event } = standing(tx, actor, request);
  if (event?.version !== request.version + 1 || newestEdit(tx, log, request.seq)?.event.by !== actor.userID)
    return undefined;
  const { elements = event.elements, cloudCustomData = event.cloudCustomData } = request;
  const isSame = cloudCustomData === event.cloudCustomData && isSameJson(elements, event.elements);
  return isSame ? event : undefined;
}

const NO_MERGERS: NonNullable<ModifyBody['mergers']> = { before: [], after: [] };

/** What only the version before could open goes with it. */
function exchangeMergers(
  tx: Transaction,
  user: { app: number; log: string; seq: number },
  change: Pick<MessageEvent, 'elements'> & { event: MessageEvent; mergers: typeof NO_MERGERS },
): void {
  const { before, after } = change.mergers;
  requireLocked(change.event.elements, before);
  requireMergers(tx, user.app, change.elements, after);
  useMergers(tx, user, after);
  releaseMergers(
    tx,
    user,
    before.filter((key) => !after.includes(key)),
  );
}

/** Takes the content out of the newest edit of a message: only the newest version is anywhere, and of a recalled one nothing is. */
export function forgetEdit(tx: Transaction, log: string, seq: number): void {
  const newest = newestEdit(tx, log, seq);
  if (newest === undefined) return;
  const { elements: _said, cloudCustomData: _data, ...bare } = newest.event;
  tx.amend(log, newest.pos, bare);
  tx.delete(keys.edit(log, seq));
}

/** The edit that made the newest version, of a message that is not recalled. */
function newestEdit(
  tx: Transaction,
  log: string,
  seq: number,
): { pos: number; event: Extract<ConversationEvent, { t: 'edit' }> } | undefined {
  const pos = decode.edit(tx.get(keys.edit(log, seq)));
  const [entry] = pos === undefined ? [] : tx.entries({ log, after: pos - 1, limit: 1 });
  return entry?.event.t === 'edit' ? { pos: entry.pos, event: entry.event } : undefined;
}

/** One-to-one both sides may edit, as upstream; in a group the sender and the admins. */
function requireEditor({ ref, event, member }: FoundMessage, userID: string): void {
  if (ref.kind === 'c2c' || event.from === userID || (member !== undefined && isAdmin(member.role))) return;
  throw new ImError('noPermission', 'only the sender, or an admin of the group, may change a message');
}

/** A text stays a text: readers have laid it out as what it is. */
function requireSameKinds(
  event: MessageEvent,
  elements: NonNullable<ModifyBody['request']['elements']>,
): void {
  const kinds = (list: readonly { type: string }[]) => list.map(({ type }) => type).join();
  if (kinds(event.elements) !== kinds(elements))
    throw new ImError('modifyUnsupported', 'the kind of a message is fixed');
}
