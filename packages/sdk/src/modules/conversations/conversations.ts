import { sdkError } from '../../errors.ts';
import { CONVERSATIONS_DELETED } from '../../limits.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Conversation } from '../../types/conversation.ts';
import type { ConversationFilter } from '../../types/conversation-methods.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { dropThrough } from '../messages/window.ts';
import type { Held } from './conversation-store.ts';
import { noMessage } from './last-message.ts';
import { readByPeer } from './peer-read.ts';
import { recount } from './recount.ts';

type DeleteOptions = { conversationIDList: string[]; clearHistoryMessage?: boolean | undefined };
type DeleteAnswer = { conversationID: string } | { conversationIDList: string[] };

/** The list of conversations, and what I have read of them. */
export function conversations(context: EngineContext): EngineModule {
  const { change, conversations: store, outlet, request, session } = context;

  /** Read marks on their way. */
  const telling = new Map<string, { seq: number; answer: Promise<void> }>();

  /** Moves my read mark. What lies after it is counted here if all of it is here, else the server is asked. */
  function readThrough(held: Held, seq: number, unread: number): void {
    if (seq <= held.readSeq) return;
    const { view, window } = held;
    held.readSeq = seq;
    for (const [number, message] of window.bySeq)
      if (number <= seq && message.flow === 'in') message.isRead = true;
    view.groupAtInfoList = view.groupAtInfoList.filter(({ messageSequence }) => messageSequence > seq);
    if (!recount(held, unread)) context.wantConversation(view.conversationID);
    outlet.conversationsChanged();
  }

  /** Messages are gone for me, and what was unread up to a number is done with. */
  function throwAway(held: Held, readSeq: number, clearedSeq: number): void {
    held.toldSeq = Math.max(held.toldSeq, readSeq);
    readThrough(held, readSeq, 0);
    dropThrough(held.window, clearedSeq);
    if (held.view.lastMessage.lastSequence <= clearedSeq) held.view.lastMessage = noMessage();
    // Its messages are gone before this device heard of them, and it may be in the list all the same.
    if (held.isHidden) context.wantConversation(held.view.conversationID);
    outlet.conversationsChanged();
  }

  /** Tells the server how far I have read; once at a time. */
  function tell(held: Held): Promise<void> {
    const { conversationID } = held.view;
    const seq = held.readSeq;
    const underWay = telling.get(conversationID);
    if (underWay && underWay.seq === seq) return underWay.answer;
    if (seq <= held.toldSeq) return Promise.resolve();
    const answer = say(held, conversationID, seq).finally(() => {
      const last = telling.get(conversationID);
      if (last && last.answer === answer) telling.delete(conversationID);
    });
    telling.set(conversationID, { seq, answer });
    return answer;
  }

  async function say(held: Held, conversationID: string, seq: number): Promise<void> {
    await request('conversation.read', { conversationID, seq });
    held.toldSeq = Math.max(held.toldSeq, seq);
  }

  async function remove(given: string | DeleteOptions): Promise<DeleteAnswer> {
    const isOne = typeof given === 'string';
    const { conversationIDList, clearHistoryMessage: clearHistory = true } = isOne
      ? { conversationIDList: [given] }
      : given;
    if (conversationIDList.length === 0 || conversationIDList.length > CONVERSATIONS_DELETED)
      throw sdkError(SDK_ERRORS.parameterInvalid, `name 1 to ${CONVERSATIONS_DELETED} conversations`);
    const other = conversationIDList.find((id) => !CONVERSATION_ID.test(id));
    if (other !== undefined) throw sdkError(SDK_ERRORS.parameterInvalid, `${other} is no conversationID`);
    // Exactly what is gone is in the inbox, for this device as for the others.
    await change('conversation.delete', { conversationIDs: conversationIDList, clearHistory });
    return isOne ? { conversationID: given } : { conversationIDList };
  }

  return {
    onInbox: {
      read({ conversationID, seq, unread }) {
        const held = store.hold(conversationID);
        held.toldSeq = Math.max(held.toldSeq, seq);
        readThrough(held, seq, unread);
      },
      peerRead: ({ conversationID, seq }) => readByPeer(context, store.hold(conversationID), seq),
      historyCleared: ({ conversationID, seq }) => throwAway(store.hold(conversationID), seq, seq),
      conversationDeleted({ conversationID, hiddenSeq, clearedSeq }) {
        const held = store.find(conversationID);
        if (!held) return;
        held.hiddenSeq = Math.max(held.hiddenSeq, hiddenSeq);
        throwAway(held, hiddenSeq, clearedSeq);
        if (held.seq <= hiddenSeq) held.isHidden = true;
      },
    },

    onLogout: () => telling.clear(),

    methods: {
      getConversationList: (options) => ({
        conversationList: store.list().filter(selector(options)),
        isSyncCompleted: session().isReady,
      }),
      async getConversationProfile(conversationID) {
        if (!conversationID) throw sdkError(SDK_ERRORS.parameterInvalid, 'conversationID');
        await context.refreshConversation(conversationID);
        return { conversation: store.hold(conversationID).view };
      },
      deleteConversation: remove,
      async setMessageRead({ conversationID }) {
        const held = store.find(conversationID);
        if (!held) throw sdkError(SDK_ERRORS.conversationNotFound, conversationID);
        readThrough(held, held.seq, 0);
        // What a user has read must not turn up as unread again, whenever the server can be told.
        context.insist(`read ${conversationID}`, () => tell(held));
        await tell(held);
      },
    },
  };
}

const CONVERSATION_ID = /^(C2C|GROUP|@TIM#SYSTEM)/;

/** All, those named, or those that a filter describes. */
function selector(
  options: string[] | ConversationFilter | undefined,
): (conversation: Conversation) => boolean {
  if (!options) return () => true;
  if (Array.isArray(options)) return ({ conversationID }) => options.includes(conversationID);
  const { type, groupName, markType, hasUnreadCount, hasGroupAtInfo } = options;
  return (it) =>
    (!type || it.type === type) &&
    (!groupName || it.conversationGroupList.includes(groupName)) &&
    (!markType || it.markList.includes(markType)) &&
    (hasUnreadCount === undefined || it.unreadCount > 0 === hasUnreadCount) &&
    (hasGroupAtInfo === undefined || it.groupAtInfoList.length > 0 === hasGroupAtInfo);
}
