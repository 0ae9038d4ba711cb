import type { ReplyOf } from '@sterna/protocol';
import { createEmitter, type Emitter } from '../../emitter.ts';
import { ImError } from '../../errors.ts';
import type { SignalingEventMap } from '../../types/signaling.ts';
import type { EngineContext } from '../engine-module.ts';
import { keepNewest } from '../keep-newest.ts';
import { ACCEPT, CANCEL, INVITE, REJECT, TIMEOUT } from './signal.ts';

/** An invitation as this side of the wire needs it; `seq` is 0 for one that is not stored. */
export type Invitation = Pick<
  ReplyOf<'invitation.get'>['invitation'],
  'inviteID' | 'conversationID' | 'seq' | 'inviter' | 'inviteeList' | 'groupID' | 'data' | 'timeout'
>;
type Outcomes = ReplyOf<'invitation.get'>['invitation']['outcomes'];
type End = { actionType: number; userIDs: string[]; data: string };
type Shown = Omit<Invitation, 'seq' | 'conversationID' | 'timeout'>;

/** The code of an invitation that the server does not know; a test holds it equal to the protocol's. */
export const NOT_FOUND = 8010;

/** What is remembered of invitations that wait, and of outcomes: so many of each. */
const HELD = 1_000;

/** So long after its time the end of an invitation is asked for: who has left the group meanwhile is not told. */
const GRACE_MS = 3_000;
/** Timers of longer run at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** What this device knows of invitations, and tells its application: each thing once. */
export interface Invitations {
  readonly listeners: Emitter<SignalingEventMap>;
  find(inviteID: string): Invitation | undefined;
  /** Somebody is waited for. */
  hold(invitation: Invitation): void;
  /** One is heard of, and rings if it is for this user. */
  begin(invitation: Invitation): void;
  /** These are not waited for any more; false where it was known of all of them. */
  settle(inviteID: string, userIDs: readonly string[]): boolean;
  /** Without an action: its data is another. */
  tell(invitation: Shown, actionType?: number, invitee?: string): void;
  /** Reads what was missed: by a device that begins, or that was away when something was told to those online only. */
  refresh(): Promise<void>;
  clear(): void;
}

export function createInvitations(context: EngineContext): Invitations {
  const { insist, logger, request, session, timers } = context;
  const listeners = createEmitter<SignalingEventMap>((name, error) =>
    logger.error(`A handler of ${name} threw`, { cause: String(error) }),
  );
  /** Whom each waits for, as far as it was told here. */
  const open = new Map<string, { invitation: Invitation; waiting: Set<string>; stop?: () => void }>();
  /** Who has an outcome: the log, and what is read beside it, may say so one after the other. */
  const ended = new Set<string>();
  const endOf = (inviteID: string, userID: string): string => `${inviteID} ${userID}`;
  const tell = teller(listeners, () => session().userID);

  function hold(invitation: Invitation): void {
    const { inviteID, inviteeList } = invitation;
    drop(inviteID);
    open.set(inviteID, { invitation, waiting: new Set(inviteeList) });
    watch(inviteID);
    const [oldest = ''] = open.keys();
    if (open.size > HELD) drop(oldest);
  }

  /** Again and again, as the server's clock may be another. */
  function watch(inviteID: string): void {
    const held = open.get(inviteID);
    if (!held || !(held.invitation.timeout > 0)) return;
    held.stop = timers.setTimer(Math.min(held.invitation.timeout * 1000 + GRACE_MS, LONGEST_MS), () => {
      watch(inviteID);
      insist('invitations', refresh);
    });
  }

  function drop(inviteID: string): void {
    const held = open.get(inviteID);
    if (held && held.stop) held.stop();
    open.delete(inviteID);
  }

  function begin(invitation: Invitation): void {
    const { inviteID, inviter, inviteeList } = invitation;
    const { userID } = session();
    const isForMe = inviteeList.includes(userID);
    // Other members of a group hear it too: the server tells them no more of it.
    if ((!isForMe && inviter !== userID) || open.has(inviteID) || ended.has(endOf(inviteID, userID))) return;
    hold(invitation);
    if (isForMe) tell(invitation, INVITE);
  }

  function settle(inviteID: string, userIDs: readonly string[]): boolean {
    const waiting = open.get(inviteID)?.waiting;
    const before = ended.size;
    for (const userID of userIDs) {
      if (waiting) waiting.delete(userID);
      ended.add(endOf(inviteID, userID));
    }
    const isNew = ended.size > before;
    if (!waiting || !waiting.size) drop(inviteID);
    keepNewest(ended, HELD);
    return isNew;
  }

  /** What has become of those who are waited for here, as messages would have told it. */
  async function endsOf({ inviteID }: Invitation, waiting: ReadonlySet<string>): Promise<End[]> {
    let outcomes: Outcomes;
    try {
      ({ outcomes } = (await request('invitation.get', { inviteID })).invitation);
    } catch (error) {
      if (!(error instanceof ImError) || error.code !== NOT_FOUND) throw error;
      // The data is another than it was: nobody will ever answer.
      outcomes = [...waiting].map((userID) => ({ userID, actionType: CANCEL, data: '' }));
    }
    const ends: End[] = [];
    for (const { userID, actionType, data } of outcomes.filter((it) => waiting.has(it.userID))) {
      const isForAll = actionType === CANCEL || actionType === TIMEOUT;
      const end = isForAll ? ends.find((it) => it.actionType === actionType) : undefined;
      if (end) end.userIDs.push(userID);
      else ends.push({ actionType, userIDs: [userID], data });
    }
    return ends;
  }

  async function refresh(): Promise<void> {
    const before = [...open.values()];
    const { invitations } = await request('invitation.list', {});
    invitations.forEach(begin);
    for (const { invitation: known, waiting } of before) {
      if (invitations.some(({ inviteID }) => inviteID === known.inviteID)) continue;
      for (const { actionType, userIDs, data } of await endsOf(known, waiting)) {
        if (settle(known.inviteID, userIDs))
          tell({ ...known, inviteeList: userIDs, data }, actionType, userIDs[0]);
      }
    }
  }

  return {
    listeners,
    find: (inviteID) => open.get(inviteID)?.invitation,
    ...{ hold, begin, settle, tell, refresh },
    clear() {
      [...open.keys()].forEach(drop);
      ended.clear();
    },
  };
}

function teller({ emit }: Emitter<SignalingEventMap>, me: () => string): Invitations['tell'] {
  return ({ inviteID, inviter, inviteeList, groupID, data }, actionType, invitee = '') => {
    const whole = { inviteID, inviter, inviteeList, groupID, data };
    const answer = { inviteID, invitee, groupID, data };
    if (actionType === INVITE) emit('newInvitationReceived', whole);
    else if (actionType === CANCEL) emit('ts_invitation_cancelled', whole);
    else if (actionType === ACCEPT) emit('ts_invitee_accepted', answer);
    else if (actionType === REJECT) emit('ts_invitee_rejected', answer);
    else if (actionType === TIMEOUT)
      emit('ts_invitation_timeout', { ...whole, isSelfTimeout: inviteeList.includes(me()) });
    else emit('ts_invitation_modified', whole);
  };
}
