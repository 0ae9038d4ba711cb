import type { Context } from './context.ts';
import type { MessageExtras } from './message-extras.ts';
import { kindOf, textOf, tipOf } from './message-item.ts';
import { CONVERSATION_TYPE, NOTIFY, targetOf, UNREAD_MARK } from './published-values.ts';
import type { ChatState, ConversationItem, Preview } from './state.ts';
import type { TimConversation, TimLastMessage } from './tim.ts';
import { LIMITS } from './limits.ts';
import { failedIn, type Unsent } from './unsent.ts';

export interface ConversationActions {
  markRead(conversationID: string): Promise<void>;
  deleteConversation(conversationID: string): Promise<void>;
  setDraft(conversationID: string, text: string): void;
  /** Says which conversation's newest message is being looked at: it shows no unread count. */
  attend(conversationID: string | undefined): void;
}

export function toConversationItem(conversation: TimConversation): ConversationItem {
  const target = targetOf(conversation.conversationID);
  return {
    id: conversation.conversationID,
    kind: target.kind,
    targetID: target.id,
    title: titleOf(conversation, target.id),
    avatar: conversation.userProfile?.avatar || conversation.groupProfile?.avatar || '',
    unread: conversation.unreadCount,
    muted: isMuted(conversation.messageRemindType),
    pinned: conversation.isPinned,
    markedUnread: conversation.markList.includes(UNREAD_MARK),
    lastTimeMs: conversation.lastMessage.lastTime * 1000,
    preview: previewOf(conversation.lastMessage),
    mention: mentionOf(conversation),
  };
}

/** An empty remind type is one that was never set. */
export const isMuted = (remindType = ''): boolean => remindType !== '' && remindType !== NOTIFY;

/** The published numbers: 1 me, 2 everybody, 3 both. */
export function mentionOf({
  groupAtInfoList,
  unreadCount,
}: Pick<TimConversation, 'groupAtInfoList' | 'unreadCount'>): ConversationItem['mention'] {
  const kinds = unreadCount > 0 ? groupAtInfoList.flatMap(({ atTypeArray }) => atTypeArray) : [];
  if (kinds.some((kind) => kind === 1 || kind === 3)) return 'me';
  return kinds.length > 0 ? 'everybody' : 'none';
}

/** What is known of a conversation, or of a topic. */
export function conversationIn(
  { conversations, topics }: Pick<ChatState, 'conversations' | 'topics'>,
  conversationID: string,
): ConversationItem | undefined {
  return topics.get(conversationID) ?? conversations.find(({ id }) => id === conversationID);
}

/** Keeps the objects that did not change, so that only the rows that did are drawn again. */
export function withConversations(
  known: readonly ConversationItem[],
  list: readonly TimConversation[],
): readonly ConversationItem[] {
  const byID = new Map(known.map((item) => [item.id, item]));
  return list.map((conversation) => {
    const item = toConversationItem(conversation);
    const before = byID.get(item.id);
    return before !== undefined && sameItem(before, item) ? before : item;
  });
}

/** The number on the badge of the page: notifications, what is muted and what is being read do not count. */
export function totalUnread(
  conversations: Iterable<ConversationItem>,
  attendedID: string | undefined,
): number {
  let total = 0;
  for (const item of conversations) {
    if (item.kind !== 'system' && !item.muted && item.id !== attendedID) total += item.unread;
  }
  return total;
}

export function createConversationActions(
  context: Context,
  extras: Pick<MessageExtras, 'confirmReading'>,
  unsent: Pick<Unsent, 'keepDrafts' | 'of' | 'drop'>,
): ConversationActions {
  const { store } = context;
  return {
    markRead: async (conversationID) => {
      try {
        await Promise.all([
          context.tim().setMessageRead({ conversationID }),
          extras.confirmReading(conversationID),
        ]);
      } catch {
        // The count stays, and the next look at the conversation reports again.
      }
    },
    deleteConversation: async (conversationID) => {
      const update = context.updater();
      await context.tim().deleteConversation(conversationID);
      update((state) => {
        const { [conversationID]: _timeline, ...timelines } = state.timelines;
        const { [conversationID]: _draft, ...drafts } = state.drafts;
        return { ...state, timelines, drafts };
      });
      unsent.drop(failedIn(unsent, conversationID));
      unsent.keepDrafts(store.get().drafts);
    },
    setDraft: (conversationID, text) => {
      // The page of whoever signed out is taken down after they are gone.
      if (store.get().session.name === 'signedOut') return;
      store.update((state) => {
        if ((state.drafts[conversationID] ?? '') === text) return state;
        const { [conversationID]: _old, ...others } = state.drafts;
        if (text === '') return { ...state, drafts: others };
        const kept = Object.fromEntries(Object.entries(others).slice(-(LIMITS.drafts - 1)));
        return { ...state, drafts: { ...kept, [conversationID]: text } };
      });
      unsent.keepDrafts(store.get().drafts);
    },
    attend: (conversationID) => {
      store.update((state) =>
        state.attendedID === conversationID ? state : { ...state, attendedID: conversationID },
      );
    },
  };
}

type Said = Pick<
  TimLastMessage,
  'lastTime' | 'isRevoked' | 'fromAccount' | 'type' | 'payload' | 'messageForShow'
>;

function titleOf(conversation: TimConversation, targetID: string): string {
  if (conversation.type === CONVERSATION_TYPE.group) return conversation.groupProfile?.name || targetID;
  return conversation.remark || conversation.userProfile?.nick || targetID;
}

/** What a list says of a message. */
export function previewOf(last: Said): Preview {
  if (last.lastTime === 0) return { kind: 'none' };
  if (last.isRevoked) return { kind: 'recalled', from: last.fromAccount };
  const tip = tipOf(last.type, last.payload);
  if (tip !== undefined) return { kind: 'tip', tip };
  const text = textOf(last.type, last.payload);
  if (text !== '') return { kind: 'text', text, from: last.fromAccount };
  const kind = kindOf(last.type);
  if (kind === 'text') return { kind: 'text', text: last.messageForShow, from: last.fromAccount };
  return { kind: 'label', label: kind, from: last.fromAccount };
}

export function sameItem(a: ConversationItem, b: ConversationItem): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
