import { LIMITS, type ReplyOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { CoreDeps, ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, unpart } from '../keys.ts';
import { conversationEventOf, decode, type Invitation } from '../records.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { conversationOf, isOpen } from './invitation.ts';

type Shown = ReplyOf<'invitation.get'>['invitation'];

/** What a device cannot know from the messages that it has seen. */
export const signalingUseCases: UseCases<Extract<SessionCommand, `invitation.${string}`>> = {
  'invitation.get': async (deps, actor, { inviteID }) => {
    const [record] = await deps.store.get([keys.invitation(actor.app, inviteID)]);
    const invitation = decode.invitation(record);
    if (invitation === undefined || !concerns(invitation, actor.userID))
      throw new ImError('invitationNotFound', inviteID);
    return { invitation: shown(invitation, actor.userID, await versionOf(deps, invitation)) };
  },
  'invitation.list': listInvitations,
};

function concerns({ inviter, invitees, isHidden }: Invitation, userID: string): boolean {
  return inviter === userID || (!isHidden && invitees.some((it) => it.userID === userID));
}

/** Of very many the last to end: those are the last to have come, or the patient. */
async function listInvitations(
  deps: Pick<CoreDeps, 'store' | 'clock'>,
  { app, userID }: Actor,
): Promise<ReplyOf<'invitation.list'>> {
  const prefix = keys.invitationsTo(app, userID);
  const found = await deps.store.scan({ prefix, limit: LIMITS.invitationsListed, reverse: true });
  const inviteIDs = found.map(([key]) => unpart(key.slice(key.indexOf(':') + 1)));
  const records = await deps.store.get(inviteIDs.map((inviteID) => keys.invitation(app, inviteID)));
  const nowMs = deps.clock.nowMs();
  const waiting = records
    .map(decode.invitation)
    .filter((it) => it !== undefined)
    .filter((it) => waitsFor(it, userID, nowMs));
  const blocks = await deps.store.get(waiting.map(({ inviter }) => keys.blocked(app, userID, inviter)));
  const heard = waiting.filter(({ groupID }, index) => groupID !== '' || blocks[index] === undefined);
  // Told in this order, and the messages that bring them come in it too.
  const inOrder = heard.toSorted((a, b) => a.timeMs - b.timeMs || a.seq - b.seq);
  return { invitations: inOrder.map((it) => shown(it, userID, 0)) };
}

function waitsFor(invitation: Invitation, userID: string, nowMs: number): boolean {
  const mine = invitation.invitees.find((it) => it.userID === userID);
  return (
    !invitation.isRecalled && isOpen(invitation, nowMs) && mine !== undefined && mine.outcome === undefined
  );
}

async function versionOf({ store }: ReadDeps, { log, seq }: Invitation): Promise<number> {
  if (seq === 0) return 0;
  const [entry] = await store.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
  const event = entry && conversationEventOf(entry);
  return event?.t === 'message' ? (event.version ?? 0) : 0;
}

function shown(invitation: Invitation, reader: string, version: number): Shown {
  const { inviteID, seq, inviter, invitees, groupID, data, timeoutS: timeout, timeMs } = invitation;
  return {
    ...{ inviteID, seq, version, inviter, groupID, data, timeout, timeMs },
    conversationID: conversationOf(invitation, reader),
    inviteeList: invitees.map(({ userID }) => userID),
    outcomes: invitees.flatMap(({ userID, outcome }) =>
      outcome === undefined ? [] : [{ userID, actionType: outcome.actionType, data: outcome.data }],
    ),
  };
}
