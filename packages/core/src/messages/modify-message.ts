import type { MessageEvent, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { isAdmin } from '../groups/require-member.ts';
import { appendEvent } from '../logs/append.ts';
import { load } from '../records.ts';
import type { Decision } from '../transaction/transaction.ts';
import { requireSize } from './message-size.ts';
import { type FoundMessage, messageLocks, requireMessage } from './require-message.ts';

export interface ModifyBody {
  actor: Actor;
  request: RequestOf<'message.modify'>;
  nowMs: number;
}

/** Makes the next version of a message, if the caller knew the newest. */
export const modifyMessage: Decision<ModifyBody, { message: MessageEvent }> = {
  locks: ({ actor, request }) => messageLocks(actor, request.conversationID),

  decide(tx, { actor, request, nowMs }) {
    const { conversationID, seq, elements, cloudCustomData } = request;
    const found = requireMessage(tx, actor, conversationID, seq);
    requireEditor(found, actor.userID);
    const { log, pos, event } = found;
    if ((event.version ?? 0) !== request.version) {
      throw new ImError('modifyConflict', undefined, { data: { message: event } });
    }
    if (elements !== undefined) {
      requireSize(elements);
      requireSameKinds(event, elements);
    }
    const changes = {
      ...(elements && { elements }),
      ...(cloudCustomData !== undefined && { cloudCustomData }),
    };
    const version = request.version + 1;
    const message: MessageEvent = { ...event, ...changes, version };
    tx.amend(log, pos, message);
    const edit = {
      t: 'edit' as const,
      seq,
      id: event.id,
      version,
      by: actor.userID,
      timeMs: nowMs,
      ...changes,
    };
    appendEvent(tx, log, load.head(tx, log), edit);
    return { message };
  },
};

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
