import type { MessageEvent, StoredElement } from '@sterna/protocol';
import { keys } from '../keys.ts';
import { decode, type Invitation, toJson } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { ACTION, type Signal, signalOf } from './signal.ts';

/** The invitation that a message is a step of; a step's never changes. */
export const inviteIDOf = (elements: readonly StoredElement[]): string | undefined =>
  signalOf(elements)?.inviteID;

/** A step's message is recalled: what it said is taken out of the invitation, which devices ask for and are told of. */
export function forgetStep(tx: Transaction, app: number, event: MessageEvent): void {
  const signal = signalOf(event.elements);
  if (signal === undefined) return;
  const key = keys.invitation(app, signal.inviteID);
  const known = decode.invitation(tx.get(key));
  if (known !== undefined) tx.set(key, toJson(without(known, event, signal)));
}

function without(known: Invitation, { from, clientID }: MessageEvent, { actionType }: Signal): Invitation {
  const isInvite = actionType === ACTION.invite;
  if (isInvite && (known.clientID !== clientID || known.inviter !== from)) return known;
  const invitees = known.invitees.map((it) => {
    const { userID, outcome } = it;
    if (outcome === undefined) return it;
    // That the time is over is said with the words of the invitation.
    const saysIt = isInvite
      ? outcome.actionType === ACTION.timeout
      : outcome.clientID === clientID && (userID === from || known.inviter === from);
    return saysIt ? { ...it, outcome: { ...outcome, data: '' } } : it;
  });
  return { ...known, invitees, ...(isInvite && { data: '', isRecalled: true as const }) };
}
