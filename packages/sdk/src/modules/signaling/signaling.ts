import { ImError, sdkError } from '../../errors.ts';
import { createCreators } from '../../messages/creators.ts';
import { parsedJson, property } from '../../messages/values.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import { isLocal } from '../../transport/codes.ts';
import type { Message } from '../../types/message.ts';
import type { IMError } from '../../types/result.ts';
import type { SignalingFailure, SignalingSuccess } from '../../types/sdk.ts';
import type { SendMessageOptions } from '../../types/send.ts';
import type {
  InvitationOptions,
  InviteInGroupOptions,
  InviteOptions,
  Signaling,
} from '../../types/signaling.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { targetOf, type WireMessage } from '../messages/message-from.ts';
import { createInvitations, type Invitation } from './invitations.ts';
import { ACCEPT, CANCEL, INVITE, payloadOf, REJECT, signalIn, TIMEOUT } from './signal.ts';

type Taken = { inviteID: string; message: Message };
type Send = (
  invitation: Invitation,
  step: Pick<Signaling, 'actionType' | 'inviteeList' | 'data'>,
  options: SendMessageOptions,
) => Promise<Taken>;

/**
 * Invitations, and what becomes of them. Each step is a message, which the server takes only where the step may be taken: of
 * two that exclude each other one is refused. Their order is that of the conversation, on every device.
 */
export function signaling(context: EngineContext): EngineModule {
  const { conversations, insist, nowMs, request, session } = context;
  const invitations = createInvitations(context);
  const { listeners, tell, settle } = invitations;
  let sentHere = new WeakSet<Message>();
  const send = sending(context, (message) => sentHere.add(message));

  function heard(conversationID: string, { from, elements, timeMs, seq = 0 }: WireMessage): void {
    const signal = signalIn(elements[0]?.payload);
    const shown = conversations.message(conversationID, seq);
    if (!signal || (shown && sentHere.has(shown))) return;
    const { inviteID, actionType, inviteeList, timeout } = signal;
    if (actionType === INVITE) {
      // Read late: to ring for it now would be to ring in vain.
      if (!timeout || timeMs + timeout * 1000 > nowMs())
        invitations.begin({ ...signal, conversationID, seq });
      return;
    }
    const isForAll = actionType === CANCEL || actionType === TIMEOUT;
    if (settle(inviteID, isForAll ? inviteeList : [from])) tell(signal, actionType, from);
  }

  const step =
    (actionType: number) =>
    async ({ inviteID, data = '' }: InvitationOptions): Promise<Taken> => {
      const invitation =
        invitations.find(inviteID) || (await request('invitation.get', { inviteID })).invitation;
      const inviteeList = actionType === CANCEL ? invitation.inviteeList : [session().userID];
      const onlineUserOnly = invitation.seq === 0;
      const taken = await send(invitation, { actionType, inviteeList, data }, { onlineUserOnly });
      settle(inviteID, inviteeList);
      return taken;
    };

  const refresh = (): void => insist('invitations', invitations.refresh);

  return {
    onLogin: refresh,
    onInbox: { invitations: refresh },
    onEvent: {
      message: heard,
      edit(_, { by, elements }) {
        const signal = signalIn(elements?.[0]?.payload);
        if (signal && by !== session().userID) tell(signal);
      },
    },
    onPush: {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server pushes nothing else here
      transient: ({ conversationID, message }) => heard(conversationID, message as WireMessage),
    },
    onLogout() {
      invitations.clear();
      sentHere = new WeakSet();
    },
    methods: {
      addSignalingListener: listeners.on,
      removeSignalingListener: listeners.off,
      ...inviting(context, send, invitations.hold),
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

/** Puts a step into a message and sends that. */
function sending(context: EngineContext, remember: (message: Message) => void): Send {
  const { createCustomMessage } = createCreators(context);
  return async ({ inviteID, conversationID, groupID, inviter, timeout }, step, options) => {
    const message = createCustomMessage({
      to: targetOf(conversationID),
      conversationType: groupID ? 'GROUP' : 'C2C',
      payload: payloadOf({ inviteID, inviter, groupID, timeout, ...step }),
    });
    const isExcluded = asksToBeExcluded(step.data);
    if (!context.send) throw sdkError(SDK_ERRORS.notSupported);
    remember(message);
    try {
      await context.send(message, {
        ...options,
        messageControlInfo: { excludedFromUnreadCount: isExcluded, excludedFromLastMessage: isExcluded },
      });
    } catch (error) {
      // Refused, it is nothing to send again; nobody wrote it. Who knows what became of it where nobody answered.
      const { window } = context.conversations.hold(message.conversationID);
      if (error instanceof ImError && !isLocal(error.code))
        window.locals = window.locals.filter((local) => local.message.ID !== message.ID);
      throw error;
    }
    return { inviteID, message };
  };
}

/** The four ways to begin. */
function inviting({ session, nowMs, random32 }: EngineContext, send: Send, hold: (it: Invitation) => void) {
  async function begin(
    options: Partial<InviteInGroupOptions & InviteOptions>,
    inviteID = newID(),
  ): Promise<Taken> {
    const { groupID = '', userID = '', inviteeList = [userID], data = '', timeout = 0 } = options || {};
    const { onlineUserOnly = false, offlinePushInfo } = options || {};
    const inviter = session().userID;
    if (!inviter) throw sdkError(SDK_ERRORS.notLoggedIn);
    if (!userID && !groupID) throw sdkError(SDK_ERRORS.parameterInvalid, 'userID');
    const invitation = {
      ...{ inviteID, inviteeList, groupID, data, timeout },
      conversationID: groupID ? `GROUP${groupID}` : `C2C${userID}`,
      inviter,
      seq: 0,
    };
    const step = { actionType: INVITE, inviteeList, data };
    const taken = await send(invitation, step, { onlineUserOnly, offlinePushInfo });
    hold({ ...invitation, seq: taken.message.sequence });
    return taken;
  }
  const newID = (): string => `${session().tinyID}-${nowMs()}-${random32()}`;
  const invite = (options: InviteOptions | InviteInGroupOptions): Promise<Taken> => begin(options);
  function inviteSync(
    options: InviteOptions | InviteInGroupOptions,
    onSuccess?: SignalingSuccess,
    onError?: SignalingFailure,
  ): string {
    const inviteID = newID();
    // Without callbacks nobody wants to know: that is no error that nobody handled.
    void begin(options, inviteID).then(
      (data) => typeof onSuccess === 'function' && onSuccess({ code: 0, data }),
      (error: IMError) => typeof onError === 'function' && onError(error),
    );
    return inviteID;
  }
  return { invite, inviteInGroup: invite, inviteSync, inviteInGroupSync: inviteSync };
}

/** So said by the application in its own data: the step is for the machine, and no message for people. */
function asksToBeExcluded(data: string): boolean {
  return property(parsedJson(data), 'excludeFromHistoryMessage') === true;
}
