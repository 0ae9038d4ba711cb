import { LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { ConversationRef } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { invitedScope, keys, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, type Invitation, load, type OutcomeType, toJson } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { isUserID } from '../user-id.ts';
import { isOpen } from './invitation.ts';
import { ACTION, requireBounds, type Signal } from './signal.ts';

/** A step, and the message that takes it. */
export interface Step {
  actor: Actor;
  request: RequestOf<'message.send'>;
  nowMs: number;
  signal: Signal;
  log: string;
  ref: ConversationRef;
  /** The message's number to be; 0 where it is not stored. */
  seq: number;
  isHidden?: true;
}

/** What a step locks beside its message. */
export function signalLocks(actor: Pick<Actor, 'app' | 'userID'>, signal: Signal, nowMs: number): string[] {
  requireBounds(signal);
  const { app } = actor;
  const { inviteID, actionType, groupID, timeout } = signal;
  const named = namedIn(actor, signal);
  const locks = [keys.invitation(app, inviteID), ...named.map((userID) => invitedScope(app, userID))];
  if (actionType === ACTION.invite) locks.push(keys.timer(dueAfter(timeout, nowMs), app, inviteID));
  if (actionType === ACTION.cancel && groupID !== '')
    locks.push(...named.map((userID) => userScope(app, userID)));
  return locks;
}

/** Whom a step concerns, as far as it may lock them: who is invited, from whom the invitation is taken back, or who answers. */
function namedIn({ userID }: Pick<Actor, 'userID'>, { actionType, inviteeList }: Signal): string[] {
  if (actionType !== ACTION.invite && actionType !== ACTION.cancel) return [userID];
  return inviteeList.filter(isUserID).slice(0, LIMITS.invitees);
}

/** Without a timeout devices are told of an invitation for so long. */
const dueAfter = (timeoutS: number, nowMs: number): number =>
  nowMs + (timeoutS || LIMITS.invitationTimeoutS) * 1000;

/** Takes the step in the invitation's record, or refuses: of steps that exclude one another, the first in the order is the one. */
export function recordSignal(tx: Transaction, step: Step): void {
  const { actor, request, signal, log } = step;
  // Not every engine asks what a command locks.
  requireBounds(signal);
  const key = keys.invitation(actor.app, signal.inviteID);
  const known = decode.invitation(tx.get(key));
  if (signal.actionType !== ACTION.invite) {
    if (known?.log !== log) throw new ImError('invitationNotFound', signal.inviteID);
    tx.set(key, toJson(answered(known, step)));
    forget(tx, step, known);
    if (signal.actionType === ACTION.cancel && known.groupID !== '') tellThoseWhoLeft(tx, step, known);
    return;
  }
  // A message that is not stored has no other record by which a repetition is known.
  if (known?.clientID === request.clientID && known.inviter === actor.userID) return;
  if (known !== undefined) throw new ImError('badParameter', 'there is an invitation of this inviteID');
  begin(tx, step, key);
}

function begin(tx: Transaction, step: Step, key: string): void {
  const { actor, request, signal, log, seq, nowMs, isHidden } = step;
  requireInvitees(tx, step);
  const { inviteID, inviter, groupID, data, timeout: timeoutS } = signal;
  const dueMs = dueAfter(timeoutS, nowMs);
  const invitation: Invitation = {
    ...{ inviteID, log, inviter, groupID, data, timeoutS, timeMs: nowMs, dueMs, seq },
    clientID: request.clientID,
    invitees: signal.inviteeList.map((userID) => ({ userID })),
    ...(request.onlineUserOnly && { isOnlineOnly: true }),
    ...(isHidden && { isHidden }),
    ...(request.excludedFromUnreadCount && { uncounted: true }),
    ...(request.excludedFromLastMessage && { notLast: true }),
  };
  const { app } = actor;
  tx.set(key, toJson(invitation));
  tx.set(keys.timer(dueMs, app, inviteID), toJson({ app, inviteID }));
  if (isHidden) return;
  for (const { userID } of invitation.invitees)
    tx.set(keys.invitationTo(app, userID, { dueMs, inviteID }), toJson({}));
}

/** Devices that begin are not told of it any more: so many are, and what is over would take the place of what waits. */
function forget(tx: Transaction, { actor, signal }: Step, { inviteID, dueMs }: Invitation): void {
  for (const userID of namedIn(actor, signal))
    tx.delete(keys.invitationTo(actor.app, userID, { dueMs, inviteID }));
}

/** The group tells its members. Whoever was invited and is none any more is told to look. */
function tellThoseWhoLeft(tx: Transaction, { actor, signal, log }: Step, known: Invitation): void {
  const { app } = actor;
  const named = new Set(namedIn(actor, signal));
  for (const { userID, outcome } of known.invitees) {
    if (outcome === undefined && named.has(userID) && load.member(tx, log, userID) === undefined)
      appendInbox(tx, app, userID, { t: 'invitations' });
  }
}

/** One-to-one the peer, and nobody else; in a group members, others than the inviter, each once. */
function requireInvitees(tx: Transaction, { actor, signal, ref, log }: Step): void {
  const { inviter, inviteeList, groupID } = signal;
  if (inviter !== actor.userID) throw new ImError('invitationForbidden', 'the inviter is who sends it');
  if (groupID !== (ref.kind === 'group' ? ref.groupID : ''))
    throw new ImError('badParameter', 'the groupID is not that of the conversation');
  if (ref.kind === 'c2c' && inviteeList.join('\n') !== ref.peer)
    throw new ImError('badParameter', 'one-to-one the peer is invited');
  if (new Set([inviter, ...inviteeList]).size !== inviteeList.length + 1)
    throw new ImError('badParameter', 'somebody is invited twice, or by themselves');
  if (ref.kind !== 'group') return;
  const stranger = inviteeList.find((userID) => load.member(tx, log, userID) === undefined);
  if (stranger !== undefined) throw new ImError('notGroupMember', stranger);
}

/** The invitation after an answer, or after what the inviter takes back: those who have answered are not asked to forget it. */
function answered(known: Invitation, { actor: { userID }, request, signal, nowMs }: Step): Invitation {
  const { actionType, data, inviter, groupID } = signal;
  const { clientID } = request;
  const isCancel = actionType === ACTION.cancel;
  const isMine = isCancel ? known.inviter === userID : known.invitees.some((it) => it.userID === userID);
  if (!isMine || !isOutcome(actionType)) throw new ImError('invitationForbidden', known.inviteID);
  if (inviter !== known.inviter || groupID !== known.groupID)
    throw new ImError('badParameter', 'the invitation is of somebody else');
  const concerned = known.invitees.filter((it) => isCancel || it.userID === userID);
  if (concerned.some(({ outcome }) => outcome?.clientID === clientID)) return known;
  if (!isOpen(known, nowMs) || concerned.every(({ outcome }) => outcome))
    throw new ImError('invitationClosed', known.inviteID);
  const outcome = { actionType, data, clientID };
  const invitees = known.invitees.map((it) =>
    it.outcome || !concerned.includes(it) ? it : { ...it, outcome },
  );
  return { ...known, invitees };
}

/** That the time is over is the server's to say. */
const isOutcome = (actionType: number): actionType is Exclude<OutcomeType, 5> =>
  actionType === ACTION.cancel || actionType === ACTION.accept || actionType === ACTION.reject;
