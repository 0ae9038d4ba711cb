import type { ReplyOf } from '@sterna/protocol';
import { createEmitter } from '../../emitter.ts';
import { createCreators } from '../../messages/creators.ts';
import { property } from '../../messages/values.ts';
import type { Message } from '../../types/message.ts';
import type { SignalingCallbacks } from '../../types/sdk.ts';
import type { SendMessageOptions } from '../../types/send.ts';
import type {
  InvitationOptions,
  InviteInGroupOptions,
  InviteOptions,
  Signaling,
  SignalingEventMap,
} from '../../types/signaling.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { targetOf, type WireMessage } from '../messages/message-from.ts';
import { ACCEPT, CANCEL, INVITE, payloadOf, REJECT, signalIn, TIMEOUT } from './signal.ts';

type Invitation = Pick<
  ReplyOf<'invitation.get'>['invitation'],
  'inviteID' | 'conversationID' | 'seq' | 'inviter' | 'inviteeList' | 'groupID' | 'data' | 'timeout'
>;
type Taken = { inviteID: string; message?: Message };
type AnyInvite = Partial<InviteInGroupOptions & InviteOptions>;

/** Invitations of which it is remembered here that they wait, or are over. */
const HELD = 200;

/**
 * Invitations, and what becomes of them. Each step is a message, which the server takes only where the step may be taken: of
 * two that exclude each other one is refused. Their order is that of the conversation, on every device.
 */
export function signaling(context: EngineContext): EngineModule {
  const { request, session, conversations, insist, logger, nowMs, random32 } = context;
  const creators = createCreators(context);
  const listeners = createEmitter<SignalingEventMap>((name, error) =>
    logger.error(`A handler of ${name} threw`, { cause: String(error) }),
  );
  /** Whom each invitation waits for, as far as it was told here. */
  const open = new Map<string, { invitation: Invitation; waiting: Set<string> }>();
  /** What is over for this user: a list that was read before is behind. */
  const over = new Set<string>();
  let sentHere = new WeakSet<Message>();

  /** The oldest makes room. */
  function bound(held: Pick<Set<string>, 'size' | 'delete'>, [oldest]: Iterable<string>): void {
    if (oldest !== undefined && held.size > HELD) held.delete(oldest);
  }

  function hold(invitation: Invitation): void {
    open.set(invitation.inviteID, { invitation, waiting: new Set(invitation.inviteeList) });
    bound(open, open.keys());
  }

  /** These are not waited for any more. */
  function settle(inviteID: string, userIDs: readonly string[]): void {
    const waiting = open.get(inviteID)?.waiting;
    userIDs.forEach((userID) => waiting?.delete(userID));
    if (!waiting?.size) open.delete(inviteID);
    if (!waiting?.size || !waiting.has(session().userID)) over.add(inviteID);
    bound(over, over);
  }

  function tell(
    invitation: Omit<Invitation, 'seq' | 'conversationID' | 'timeout'>,
    actionType: number,
    invitee = '',
  ): void {
    const { inviteID, inviter, inviteeList, groupID, data } = invitation;
    const whole = { inviteID, inviter, groupID, inviteeList, data };
    const answer = { inviteID, invitee, groupID, data };
    if (actionType === INVITE) listeners.emit('newInvitationReceived', whole);
    else if (actionType === CANCEL) listeners.emit('ts_invitation_cancelled', whole);
    else if (actionType === ACCEPT) listeners.emit('ts_invitee_accepted', answer);
    else if (actionType === REJECT) listeners.emit('ts_invitee_rejected', answer);
    else if (actionType === TIMEOUT) {
      const isSelfTimeout = inviteeList.includes(session().userID);
      listeners.emit('ts_invitation_timeout', { ...whole, isSelfTimeout });
    } else listeners.emit('ts_invitation_modified', whole);
  }

  function begin(invitation: Invitation): void {
    const { inviteID, inviteeList } = invitation;
    if (open.has(inviteID) || over.has(inviteID)) return;
    hold(invitation);
    if (inviteeList.includes(session().userID)) tell(invitation, INVITE);
  }

  function heard(conversationID: string, { from, elements, timeMs, seq = 0 }: WireMessage): void {
    const signal = signalIn(elements[0]?.payload);
    const shown = conversations.message(conversationID, seq);
    if (!signal || (shown && sentHere.has(shown))) return;
    const { inviteID, actionType, inviteeList, timeout } = signal;
    if (actionType === INVITE) {
      // Read late: to ring for it now would be a ring in vain.
      if (!timeout || timeMs + timeout * 1000 > nowMs()) begin({ ...signal, conversationID, seq });
      return;
    }
    const isAnswer = actionType === ACCEPT || actionType === REJECT;
    const whom = isAnswer
      ? [from]
      : actionType === TIMEOUT
        ? inviteeList
        : open.get(inviteID)?.invitation.inviteeList;
    settle(inviteID, whom || []);
    tell(signal, actionType, from);
  }

  /** What was missed: by a device that begins, or that was away when something was told to those online only. */
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

  async function send(
    invitation: Invitation,
    step: Pick<Signaling, 'actionType' | 'inviteeList' | 'data'>,
    options: SendMessageOptions,
  ): Promise<Taken> {
    const { inviteID, conversationID, groupID, inviter, timeout } = invitation;
    const message = creators.createCustomMessage({
      to: targetOf(conversationID),
      conversationType: groupID ? 'GROUP' : 'C2C',
      payload: payloadOf({ inviteID, inviter, groupID, timeout, ...step }),
    });
    const isQuiet = isExcluded(step.data);
    const messageControlInfo = isQuiet
      ? { excludedFromUnreadCount: true, excludedFromLastMessage: true }
      : {};
    sentHere.add(message);
    try {
      await context.send?.(message, { messageControlInfo, ...options });
    } catch (error) {
      // No message that somebody wrote: there is nothing to send again.
      const { window } = conversations.hold(message.conversationID);
      window.locals = window.locals.filter((local) => local.message.ID !== message.ID);
      throw error;
    }
    return { inviteID, message };
  }

  function begun(options: AnyInvite, inviteID: string): Promise<Taken> {
    const { groupID = '', userID = '', inviteeList = [userID], data = '', timeout = 0 } = options;
    const { onlineUserOnly = false, offlinePushInfo } = options;
    const conversationID = groupID ? `GROUP${groupID}` : `C2C${userID}`;
    const inviter = session().userID;
    const invitation = { inviteID, conversationID, seq: 0, inviter, inviteeList, groupID, data, timeout };
    const sent = send(
      invitation,
      { actionType: INVITE, inviteeList, data },
      { onlineUserOnly, offlinePushInfo },
    );
    return sent.then((taken) => {
      hold({ ...invitation, seq: taken.message?.sequence || 0 });
      return taken;
    });
  }

  const newID = (): string => `${session().tinyID}-${nowMs()}-${random32()}`;
  const invite = (options: AnyInvite): Promise<Taken> => begun(options, newID());
  function inviteSync(options: AnyInvite, ...[onSuccess, onError]: SignalingCallbacks): string {
    const inviteID = newID();
    void begun(options, inviteID).then((data) => onSuccess?.({ code: 0, data }), onError);
    return inviteID;
  }

  const find = async (inviteID: string): Promise<Invitation> =>
    open.get(inviteID)?.invitation || (await request('invitation.get', { inviteID })).invitation;

  const step =
    (actionType: number) =>
    async ({ inviteID, data = '' }: InvitationOptions): Promise<Taken> => {
      const invitation = await find(inviteID);
      const inviteeList = actionType === CANCEL ? invitation.inviteeList : [session().userID];
      const onlineUserOnly = invitation.seq === 0;
      const taken = await send(invitation, { actionType, inviteeList, data }, { onlineUserOnly });
      settle(inviteID, inviteeList);
      return taken;
    };

  return {
    onLogin: () => insist('invitations', refresh),
    onEvent: {
      message: heard,
      edit(_, { by, elements }) {
        const signal = signalIn(elements?.[0]?.payload);
        if (signal && by !== session().userID) tell(signal, 0);
      },
    },
    onPush: {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server pushes nothing else here
      transient: ({ conversationID, message }) => heard(conversationID, message as WireMessage),
    },
    onLogout() {
      open.clear();
      over.clear();
      sentHere = new WeakSet();
    },
    methods: {
      addSignalingListener: listeners.on,
      removeSignalingListener: listeners.off,
      invite,
      inviteInGroup: invite,
      inviteSync,
      inviteInGroupSync: inviteSync,
      cancel: step(CANCEL),
      accept: step(ACCEPT),
      reject: step(REJECT),
      async modifyInvitation({ inviteID, data }) {
        const { invitation } = await request('invitation.get', { inviteID });
        const { conversationID, seq, version, inviter, groupID, inviteeList, timeout } = invitation;
        const signal = { inviteID, inviter, groupID, inviteeList, data, timeout, actionType: INVITE };
        const elements = [{ type: 'TIMCustomElem' as const, payload: payloadOf(signal) }];
        await request('message.modify', { conversationID, seq, version, elements });
        return { inviteID };
      },
      getSignalingInfo: ({ payload }) => signalIn(payload) || null,
    },
  };
}

/** So asked by the application, in its own data: the step is for the machine, and no message for people. */
function isExcluded(data: string): boolean {
  try {
    return property(JSON.parse(data), 'excludeFromHistoryMessage') === true;
  } catch {
    return false;
  }
}
