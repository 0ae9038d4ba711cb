import type { ReplyOf } from '@sterna/protocol';
import { createEmitter, type Emitter } from '../../emitter.ts';
import type { SignalingEventMap } from '../../types/signaling.ts';
import type { EngineContext } from '../engine-module.ts';
import { ACCEPT, CANCEL, INVITE, REJECT, TIMEOUT } from './signal.ts';

/** An invitation as this side of the wire needs it; `seq` is 0 for one that is not stored. */
export type Invitation = Pick<
  ReplyOf<'invitation.get'>['invitation'],
  'inviteID' | 'conversationID' | 'seq' | 'inviter' | 'inviteeList' | 'groupID' | 'data' | 'timeout'
>;
type Shown = Omit<Invitation, 'seq' | 'conversationID' | 'timeout'>;

/** What is remembered of invitations that wait, and of those that are over: so many of each. */
const HELD = 200;

/** What this device knows of invitations, and tells its application: each thing once. */
export interface Invitations {
  readonly listeners: Emitter<SignalingEventMap>;
  find(inviteID: string): Invitation | undefined;
  /** Somebody is waited for. */
  hold(invitation: Invitation): void;
  /** One is heard of, and rings if it is for this user. */
  begin(invitation: Invitation): void;
  /** These, or all, are not waited for any more. */
  settle(inviteID: string, userIDs?: readonly string[]): void;
  /** Without an action: its data is another. */
  tell(invitation: Shown, actionType?: number, invitee?: string): void;
  /** Reads what was missed: by a device that begins, or that was away when something was told to those online only. */
  refresh(): Promise<void>;
  clear(): void;
}

export function createInvitations({ logger, request, session }: EngineContext): Invitations {
  const listeners = createEmitter<SignalingEventMap>((name, error) =>
    logger.error(`A handler of ${name} threw`, { cause: String(error) }),
  );
  /** Whom each waits for, as far as it was told here. */
  const open = new Map<string, { invitation: Invitation; waiting: Set<string> }>();
  /** What is over for this user: a list that was read before is behind. */
  const over = new Set<string>();
  const tell = teller(listeners, () => session().userID);

  function hold(invitation: Invitation): void {
    open.set(invitation.inviteID, { invitation, waiting: new Set(invitation.inviteeList) });
    bound(open, open.keys());
  }

  function begin(invitation: Invitation): void {
    const { inviteID, inviteeList } = invitation;
    if (open.has(inviteID) || over.has(inviteID)) return;
    hold(invitation);
    if (inviteeList.includes(session().userID)) tell(invitation, INVITE);
  }

  function settle(inviteID: string, userIDs?: readonly string[]): void {
    const waiting = open.get(inviteID)?.waiting;
    userIDs?.forEach((userID) => waiting?.delete(userID));
    if (!userIDs || !waiting?.size) open.delete(inviteID);
    if (open.get(inviteID)?.waiting.has(session().userID)) return;
    over.add(inviteID);
    bound(over, over);
  }

  async function refresh(): Promise<void> {
    const before = [...open.values()];
    const { invitations } = await request('invitation.list', {});
    invitations.forEach(begin);
    for (const { invitation: known, waiting } of before) {
      if (invitations.some(({ inviteID }) => inviteID === known.inviteID)) continue;
      const { invitation } = await request('invitation.get', { inviteID: known.inviteID });
      for (const { userID, actionType, data } of invitation.outcomes) {
        if (!waiting.has(userID)) continue;
        settle(known.inviteID, [userID]);
        tell({ ...invitation, inviteeList: [userID], data }, actionType, userID);
      }
    }
  }

  return {
    listeners,
    find: (inviteID) => open.get(inviteID)?.invitation,
    ...{ hold, begin, settle, tell, refresh },
    clear() {
      open.clear();
      over.clear();
    },
  };
}

/** The oldest makes room. */
function bound(held: Pick<Set<string>, 'size' | 'delete'>, [oldest]: Iterable<string>): void {
  if (oldest !== undefined && held.size > HELD) held.delete(oldest);
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
