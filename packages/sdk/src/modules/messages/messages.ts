import { sdkError, type ImError } from '../../errors.ts';
import { checkLength, checkMessage } from '../../messages/check.ts';
import { clientIDOf, conversationIDOf, isMessage } from '../../messages/message.ts';
import { HISTORY_PAGE, LOCALS_HELD } from '../../limits.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import { property } from '../../messages/values.ts';
import { seconds } from '../../seconds.ts';
import type { Message } from '../../types/message.ts';
import type { SendMessageOptions } from '../../types/send.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { given } from '../given.ts';
import { pageSize } from '../page-size.ts';
import type { Held } from '../conversations/conversation-store.ts';
import { createHistory } from './history.ts';
import { createIncoming, known, noteKnown, type SentHere } from './incoming.ts';
import { describe, renew } from './message-from.ts';
import { createOutbox, type SendBody, type SendReply, type Sent } from './outbox.ts';
import { addLocal, boundFailed, isGone, settleLocal } from './window.ts';

/** What the server says of a message, in an answer or in the log. */
type Facts = Omit<SendReply, 'pos'>;

/** Sending, receiving and reading messages. */
export function messages(context: EngineContext): EngineModule {
  const { conversations, outlet, session, sync } = context;
  const outbox = createOutbox(context);
  let sentHere = new WeakSet<Message>();
  /** Failed here: one that was dropped from view since may have been stored after all. Their IDs say whose they are. */
  let failures: Message[] = [];
  /** Failed here, and stored after all. */
  const storedLate = new WeakSet<Message>();
  /** What a message was first sent with: sent again, it must be the same for the server. */
  let optionsOf = new WeakMap<Message, SendMessageOptions | undefined>();
  /** What left here, by message: the application's object may have been changed since. */
  let contentOf = new WeakMap<Message, object>();

  const own: SentHere = {
    has: (message) => sentHere.has(message),
    find(held, event) {
      const unsettled = [...held.window.locals.map(({ message }) => message), ...failures];
      const message = unsettled.find(({ ID }) => ID === event.id);
      if (!message) return undefined;
      // By an earlier life of this device, perhaps.
      sentHere.add(message);
      stored(held, message, event);
      return message;
    },
    confirm(held, event) {
      const message = own.find(held, event);
      // With or without a local: a page may have found it before its event came.
      if (event.clientID) outbox.confirm(held.view.conversationID, event.clientID);
      return message;
    },
  };
  const incoming = createIncoming(context, own);
  const history = createHistory(context, own);

  /** The server has it: the application's own object says so. */
  function stored(held: Held, message: Message, { elements: [said] = [], version, ...facts }: Facts): void {
    message.sequence = facts.seq;
    settleLocal(held.window, message);
    if (message.status === 'fail') {
      // The application was told so, and has no promise left to hear otherwise.
      storedLate.add(message);
      outlet.add('onMessageModified', message);
    }
    message.status = 'success';
    message.time = seconds(facts.timeMs);
    // As everybody else has it, unless a change of it was heard before.
    if (!message.isModified) Object.assign(message.payload, contentOf.get(message));
    if (said && !version && property(said.payload, 'text') !== property(message.payload, 'text')) {
      // A rule of the app struck something out.
      Object.assign(message.payload, said.payload);
      message.isModified = true;
      outlet.add('onMessageModified', message);
    }
    describe(message, facts);
  }

  function accepted(held: Held, message: Message, reply: SendReply, body: SendBody): void {
    const { conversationID } = body;
    stored(held, message, reply);
    // Stored by an earlier attempt, and changed since.
    if (renew(message, reply)) outlet.add('onMessageModified', message);
    if (!reply.seq) return;
    known(held, reply.seq);
    noteKnown(held, message);
    // Deleted by me, on another device perhaps, before the answer came.
    if (!reply.deleted && !isGone(held.window, reply.seq)) {
      held.window.bySeq.set(reply.seq, message);
      // Before the first there is none to be missing.
      if (reply.seq === 1) held.window.floorSeq = 1;
      if (!body.excludedFromLastMessage) conversations.show(held, message, reply.timeMs);
    }
    if (reply.seq > held.hiddenSeq) held.isHidden = false;
    if (reply.pos) sync.cover(conversationID, reply.pos);
    outlet.conversationsChanged();
    if (held.view.type === 'GROUP') outlet.groupsChanged();
  }

  function transmit<M extends Message>(
    message: M,
    options: SendMessageOptions | undefined,
  ): Promise<{ message: M }> {
    const { userID, tinyID } = session();
    // Made before the login, perhaps: only now it is known who says it.
    message.from = userID;
    message.ID = `${tinyID}-${clientIDOf(message)}`;
    message.conversationID = conversationIDOf(message.conversationType, message.to);
    message.status = 'unSend';
    const held = conversations.hold(message.conversationID);
    addLocal(held.window, message, held.seq);
    context.wantConnection();
    sentHere.add(message);
    // It has another chance; of those that had theirs, as many are kept as in view.
    failures = failures.filter(({ ID }) => ID !== message.ID).slice(-LOCALS_HELD);
    // A signal that was raised ended that attempt alone.
    optionsOf.set(message, { ...options, signal: undefined });

    return new Promise((resolve, reject) => {
      const failed = (error: ImError): void => {
        message.status = 'fail';
        failures.push(message);
        boundFailed(held.window);
        outlet.conversationsChanged();
        reject(failure(error, message));
      };
      const go = (): void => {
        const body = bodyOf(message, options || {});
        contentOf.set(message, body.elements[0]?.payload || {});
        outbox.send(body, (sent: Sent) => {
          if (!sent.isOk) return failed(sent.error);
          if (sent.reply) accepted(held, message, sent.reply, body);
          resolve({ message });
        });
      };
      const wrong =
        checkLength(message.payload) || (context.filterText && context.filterText(message, options));
      if (wrong) return failed(wrong);
      const ready = hasFile(message)
        ? context.upload && context.upload(message, options && options.signal)
        : context.storeApart && context.storeApart(message);
      if (ready) ready.then(go, failed);
      else go();
    });
  }

  context.send = transmit;
  /** By its ID: the object may be another proxy of the same message. */
  function isUnderWay(message: Message): boolean {
    const clientID = clientIDOf(message);
    const held = conversations.find(message.conversationID);
    return (
      !!held &&
      held.window.locals.some(
        ({ message: local }) => local.status === 'unSend' && clientIDOf(local) === clientID,
      )
    );
  }

  function check(message: Message): void {
    const error =
      checkMessage(message) ||
      (hasFile(message) && !context.upload ? sdkError(SDK_ERRORS.noUploader) : undefined);
    if (isMessage(message)) {
      // Whatever is wrong with it by now: it has not failed.
      if (isUnderWay(message) || message.status === 'success')
        throw failure(error || sdkError(SDK_ERRORS.messageStateInvalid), message);
      if (error) message.status = 'fail';
    }
    if (error) throw failure(error, message);
  }

  return {
    ...incoming,
    methods: {
      sendMessage(message, options) {
        check(message);
        return transmit(message, options);
      },
      async resendMessage(message, options) {
        if (storedLate.has(message)) return { message };
        check(message);
        message.isResend = true;
        return transmit(message, options || optionsOf.get(message));
      },
      getMessageList({ conversationID, nextReqMessageID, count }) {
        if (!conversationID) throw sdkError(SDK_ERRORS.parameterInvalid, 'conversationID');
        return history.page(conversationID, nextReqMessageID, pageSize(count, HISTORY_PAGE));
      },
      findMessage: (messageID) => conversations.seek(({ ID }) => ID === messageID) || null,
    },
    onLogout() {
      outbox.clear(sdkError(SDK_ERRORS.notLoggedIn, 'the session ended'));
      history.clear();
      sentHere = new WeakSet();
      optionsOf = new WeakMap();
      contentOf = new WeakMap();
    },
  };
}

/** A failed message comes back with its error, so that a view can mark it. */
function failure(error: ImError, message: Message): ImError {
  return Object.assign(error, { data: { message } });
}

/** It is chosen, and not on a server yet. */
function hasFile({ payload }: Message): boolean {
  return 'file' in payload && payload.file !== undefined;
}

function bodyOf(message: Message, options: SendMessageOptions): SendBody {
  const { messageControlInfo: control = {}, offlinePushInfo, onlineUserOnly } = options;
  const { type, payload, priority, cloudCustomData, atUserList, receiverList: receivers } = message;
  return {
    conversationID: message.conversationID,
    clientID: clientIDOf(message),
    // A copy: it may wait, and go out more than once. Checked before: no notice, and the payload is its type's.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what comes back is what went in
    elements: [JSON.parse(JSON.stringify({ type, payload })) as SendBody['elements'][number]],
    // Whatever it is, but for none: left out, it would say that the message is for all.
    receivers,
    ...given({
      priority: priority !== 'Normal' && priority,
      cloudCustomData,
      atUsers: atUserList.length > 0 && atUserList,
      onlineUserOnly,
      excludedFromUnreadCount: control.excludedFromUnreadCount,
      excludedFromLastMessage: control.excludedFromLastMessage,
      excludedFromContentModeration: control.excludedFromContentModeration,
      needReadReceipt: message.needReadReceipt,
      supportsExtensions: message.isSupportExtension,
      offlinePushInfo: offlinePushInfo && { ...offlinePushInfo },
    }),
  };
}
