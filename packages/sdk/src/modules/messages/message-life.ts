import type { MessageEvent } from '@sterna/protocol';
import { HISTORY_PAGE } from '../../limits.ts';
import type { Message } from '../../types/message.ts';
import type { Held } from '../conversations/conversation-store.ts';
import { noMessage } from '../conversations/last-message.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { markRecalled, messageFrom } from './message-from.ts';
import { placeOf, placesOf } from './message-place.ts';
import { dropThrough } from './window.ts';

/** What a newer version may change. */
interface News {
  version?: number | undefined;
  elements?: MessageEvent['elements'] | undefined;
  cloudCustomData?: string | undefined;
}

/** What becomes of a message after it was sent: recall, change, deletion; and reading from any place in a history. */
export function messageLife(context: EngineContext): EngineModule {
  const { conversations, outlet, request, session, sync } = context;

  const heldAt = (conversationID: string, seq: number): Message | undefined =>
    conversations.find(conversationID)?.window.bySeq.get(seq);

  function refreshLast(held: Held, seq: number, message: Message): void {
    if (held.view.lastMessage.lastSequence === seq) conversations.show(held, message);
    outlet.conversationsChanged();
  }

  /** Brings a message to a version; older news changes nothing. */
  function change(message: Message, news: News): boolean {
    const version = news.version ?? 0;
    if (version <= (message.version ?? 0)) return false;
    message.version = version;
    const [element] = news.elements ?? [];
    if (element) Object.assign(message, { payload: { ...element.payload } });
    if (news.cloudCustomData !== undefined) message.cloudCustomData = news.cloudCustomData;
    message.isModified = true;
    return true;
  }

  /** The last message of the list is gone for me: which one is last now, the server knows. */
  function forget(conversationID: string, seqs: readonly number[], unread: number | undefined): void {
    const held = conversations.find(conversationID);
    if (!held) return;
    for (const seq of seqs) {
      const message = held.window.bySeq.get(seq);
      if (message) message.isDeleted = true;
      held.window.bySeq.delete(seq);
    }
    if (unread !== undefined) held.view.unreadCount = unread;
    if (seqs.includes(held.view.lastMessage.lastSequence)) {
      held.view.lastMessage.lastSequence = 0;
      context.wantConversation(conversationID);
    }
    outlet.conversationsChanged();
  }

  return {
    onEvent: {
      edit(conversationID, event) {
        const held = conversations.find(conversationID);
        const message = held?.window.bySeq.get(event.seq);
        if (!held || !message || !change(message, event)) return;
        refreshLast(held, event.seq, message);
        outlet.add('onMessageModified', message);
      },
    },

    onInbox: {
      messagesDeleted: ({ conversationID, seqs, unread }) => forget(conversationID, seqs, unread),
      historyCleared({ conversationID, seq }) {
        const held = conversations.hold(conversationID);
        dropThrough(held.window, seq);
        held.readSeq = held.toldSeq = Math.max(held.readSeq, seq);
        if (held.seq <= seq) held.view.unreadCount = 0;
        if (held.view.lastMessage.lastSequence <= seq) held.view.lastMessage = noMessage();
        outlet.conversationsChanged();
      },
    },

    methods: {
      async revokeMessage(message) {
        const { conversationID, seq } = placeOf(message);
        const shown = heldAt(conversationID, seq);
        // Marked before the event comes back: who recalls is not told of it by an event too.
        const marked = [message, ...(shown && shown !== message ? [shown] : [])];
        for (const one of marked) one.isRevoked = true;
        try {
          await request('message.recall', { conversationID, seq });
        } catch (error) {
          for (const one of marked) one.isRevoked = false;
          throw error;
        }
        for (const one of marked) markRecalled(one, session().userID);
        const held = conversations.find(conversationID);
        if (held) refreshLast(held, seq, shown ?? message);
        return { code: 0, data: { message } };
      },

      async modifyMessage(message) {
        const { conversationID, seq } = placeOf(message);
        const { type, payload, cloudCustomData } = message;
        const shown = heldAt(conversationID, seq) ?? message;
        try {
          const { message: newest } = await request('message.modify', {
            conversationID,
            seq,
            version: message.version ?? 0,
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- type and payload are one message's; the server checks them
            elements: [{ type, payload }] as unknown as NonNullable<MessageEvent['elements']> as never,
            cloudCustomData,
          });
          change(shown, newest);
          change(message, newest);
          return { code: 0, data: { message } };
        } catch (error) {
          throw withNewest(error, conversationID, session().userID);
        }
      },

      async deleteMessage(messageList) {
        const { conversationID, seqs } = placesOf(messageList);
        const { unread } = await request('message.delete', { conversationID, seqs });
        forget(conversationID, seqs, unread);
        for (const message of messageList) message.isDeleted = true;
        return { code: 0, data: { messageList } };
      },

      async clearHistoryMessage(conversationID) {
        await request('message.clear', { conversationID });
        await sync.refresh();
        return { code: 0, data: { conversationID } };
      },

      async getMessageListHopping({ conversationID, sequence, time, direction = 0, count = HISTORY_PAGE }) {
        const isGroup = conversationID.startsWith('GROUP');
        const limit = Math.min(Math.max(1, Math.floor(count)), HISTORY_PAGE);
        const seq = sequence ?? (time === undefined ? undefined : await seqAt(conversationID, time));
        const { messages, complete, next } = await request('message.history', {
          conversationID,
          limit,
          ...(direction === 1
            ? { after: Math.max(0, (seq ?? 1) - 1) }
            : seq !== undefined && { before: seq + 1 }),
        });
        const messageList = messages.map(
          (event) =>
            heldAt(conversationID, event.seq) ?? messageFrom(conversationID, event, session().userID),
        );
        const edge = messageList[direction === 1 ? messageList.length - 1 : 0];
        const nextMessageSeq = direction === 1 ? next + 1 : next - 1;
        return {
          code: 0,
          data: {
            messageList,
            isCompleted: complete,
            ...(isGroup ? { nextMessageSeq } : { nextMessageTime: edge?.time ?? 0 }),
          },
        };
      },
    },
  };

  /** The newest message of a time or before, found by halving: numbers are dense and their times never step back. */
  async function seqAt(conversationID: string, timeS: number): Promise<number> {
    await sync.settled(conversationID);
    let low = 0;
    let high = conversations.find(conversationID)?.seq ?? 0;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const { messages } = await request('message.history', { conversationID, limit: 1, before: middle + 1 });
      const [found] = messages;
      if (!found) return high;
      if (Math.floor(found.timeMs / 1000) <= timeS) low = middle;
      else high = Math.min(middle, found.seq) - 1;
    }
    return low;
  }
}

/** A conflict brings the newest copy along. */
function withNewest(error: unknown, conversationID: string, me: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 2480 || !('data' in error))
    return error;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: this refusal's data is the message's event
  const { message } = error.data as { message: MessageEvent };
  return Object.assign(error, { data: { message: messageFrom(conversationID, message, me) } });
}
