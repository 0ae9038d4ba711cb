import type { InboxEvent, MessageEvent, RequestOf } from '@sterna/protocol';
import { ImError } from '../../errors.ts';
import { HISTORY_PAGE } from '../../limits.ts';
import { CODE } from '../../transport/codes.ts';
import type { Message } from '../../types/message.ts';
import { noMessage } from '../conversations/last-message.ts';
import { recount } from '../conversations/recount.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { pageSize } from '../page-size.ts';
import { messageAt } from './incoming.ts';
import { markRecalled, messageFrom, renew } from './message-from.ts';
import { placeOf, placesOf } from './message-place.ts';
import { drop, noteNews, settleLocal } from './window.ts';

type Deletion = Omit<Extract<InboxEvent, { t: 'messagesDeleted' }>, 't'>;

/** What becomes of a message after it was sent: recall, change, deletion; and reading from any place in a history. */
export function messageLife(context: EngineContext): EngineModule {
  const { change: alter, conversations, outlet, request, session } = context;

  function refreshLast(conversationID: string, seq: number, message: Message): void {
    const held = conversations.hold(conversationID);
    if (held.view.lastMessage.lastSequence === seq) conversations.show(held, message);
    outlet.conversationsChanged();
  }

  /** The last message of the list is gone for me: which one is last now, the server knows. */
  function forget({ conversationID, seqs, unread }: Deletion): void {
    const held = conversations.hold(conversationID);
    for (const seq of seqs) drop(held.window, seq);
    recount(held, unread);
    if (seqs.includes(held.view.lastMessage.lastSequence)) {
      // Gone at once; the conversation keeps its place until it is known what comes instead.
      held.view.lastMessage = { ...noMessage(), lastTime: held.view.lastMessage.lastTime };
    }
    // An answer of before, which is still on its way, counts what is gone; and one whose messages are gone before this device
    // heard of them is in the list all the same.
    context.wantConversation(conversationID);
    outlet.conversationsChanged();
  }

  return {
    onEvent: {
      edit(conversationID, event) {
        const { window } = conversations.hold(conversationID);
        const message = window.bySeq.get(event.seq);
        // Without content it is not the newest any more.
        if (!event.elements) return;
        if (!message) return noteNews(window, event.seq, event);
        // Whatever brought it before has told.
        if (!renew(message, event)) return;
        refreshLast(conversationID, event.seq, message);
        outlet.add('onMessageModified', message);
      },
    },

    onInbox: {
      messagesDeleted: forget,
    },

    methods: {
      async revokeMessage(message) {
        const { conversationID, seq } = placeOf(message);
        // The message of the list may be another object than the application's copy.
        const marked = new Set([message, conversations.message(conversationID, seq) || message]);
        // Marked before the event comes back: who recalls is not told of it by an event too.
        marked.forEach((one) => (one.isRevoked = true));
        try {
          await request('message.recall', { conversationID, seq });
          marked.forEach((one) => markRecalled(one, session().userID));
        } catch (error) {
          // The log may know better: another call has done it, or this one was done and its answer lost.
          marked.forEach((one) => (one.isRevoked = !!one.revoker));
          throw error;
        } finally {
          marked.forEach((one) => refreshLast(conversationID, seq, one));
        }
        return { message };
      },

      async modifyMessage(message) {
        const { conversationID, seq } = placeOf(message);
        const { type, payload, cloudCustomData, version = 0 } = message;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- type and payload are one message's; the server checks them
        const elements = [{ type, payload }] as RequestOf<'message.modify'>['elements'];
        const body = { conversationID, seq, version, elements, cloudCustomData };
        try {
          const { message: newest } = await request('message.modify', body);
          for (const one of [message, conversations.message(conversationID, seq) || message]) {
            renew(one, newest);
            refreshLast(conversationID, seq, one);
          }
          return { message };
        } catch (error) {
          if (error instanceof ImError && error.code === CODE.modifyConflict) {
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: this refusal brings the newest copy along
            const { message: newest } = error.data as { message: MessageEvent };
            Object.assign(error, {
              data: { message: messageFrom(conversationID, newest, session().userID) },
            });
          }
          throw error;
        }
      },

      async deleteMessage(messageList) {
        // What was not sent is here alone.
        const stored = messageList.filter(({ status }) => status !== 'fail');
        if (stored[0] || !messageList[0]) {
          const places = placesOf(stored);
          forget({ ...places, ...(await request('message.delete', places)) });
        }
        messageList.forEach((message) => {
          message.isDeleted = true;
          settleLocal(conversations.hold(message.conversationID).window, message);
        });
        return { messageList };
      },

      async clearHistoryMessage(conversationID) {
        await alter('message.clear', { conversationID });
        return { conversationID };
      },

      async getMessageListHopping({ conversationID, sequence, time, direction = 0, count }) {
        const isForward = direction === 1;
        const place = sequence && (isForward ? { after: sequence - 1 } : { before: sequence + 1 });
        const page = await request('message.history', {
          conversationID,
          limit: pageSize(count, HISTORY_PAGE),
          ...(place || { timeS: time || 0 }),
          // Another direction is for the server to refuse.
          onward: isForward || direction || undefined,
        });
        return {
          messageList: page.messages.map((event) => messageAt(context, conversationID, event)),
          isCompleted: page.complete,
          nextMessageSeq: page.next + (isForward ? 1 : -1),
          nextMessageTime: page.nextS,
        };
      },
    },
  };
}
