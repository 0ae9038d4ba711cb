import type { StoredElement } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import { decode, toJson } from '../records.ts';
import { isSameJson } from '../same-json.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { isOpen } from './invitation.ts';
import { ACTION, requireBounds, requireWellFormed, type Signal, signalOf } from './signal.ts';

/** What a change of an invitation locks beside its message. */
export function invitationScope({ app }: Actor, signal: Signal): string {
  requireBounds(signal);
  return keys.invitation(app, signal.inviteID);
}

/** Of a step that was taken nothing changes but an invitation's data, by the inviter, while somebody is waited for. */
export function keepInvitation(
  tx: Transaction,
  change: {
    actor: Actor;
    before: readonly StoredElement[];
    after: readonly StoredElement[];
    nowMs: number;
  },
): void {
  const { actor, nowMs } = change;
  requireWellFormed(change.after);
  const before = signalOf(change.before);
  const after = signalOf(change.after);
  if (before === undefined && after === undefined) return;
  if (before?.actionType !== ACTION.invite || !isSameJson({ ...before, data: '' }, { ...after, data: '' }))
    throw new ImError('modifyUnsupported', 'of signaling only the data of an invitation changes');
  const key = keys.invitation(actor.app, before.inviteID);
  const known = decode.invitation(tx.get(key));
  if (known === undefined) throw new ImError('invitationNotFound', before.inviteID);
  if (known.inviter !== actor.userID) throw new ImError('invitationForbidden', before.inviteID);
  if (!isOpen(known, nowMs) || known.invitees.every(({ outcome }) => outcome))
    throw new ImError('invitationClosed', before.inviteID);
  tx.set(key, toJson({ ...known, data: after?.data ?? '' }));
}
