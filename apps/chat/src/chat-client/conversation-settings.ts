import type { Context } from './context.ts';
import { NOTIFY, SILENT, targetOf, UNREAD_MARK } from './published-values.ts';

/** What I keep about a conversation, on all my devices. */
export interface ConversationSettingsActions {
  pinConversation(conversationID: string, isPinned: boolean): Promise<void>;
  /** Muted, it counts what is new without asking for attention. */
  muteConversation(conversationID: string, isMuted: boolean): Promise<void>;
  /** A reminder to come back, without a count. */
  markUnread(conversationID: string, isUnread: boolean): Promise<void>;
}

export function createConversationSettingsActions(context: Context): ConversationSettingsActions {
  return {
    pinConversation: async (conversationID, isPinned) => {
      await context.tim().pinConversation({ conversationID, isPinned });
    },
    muteConversation: async (conversationID, isMuted) => {
      const messageRemindType = isMuted ? SILENT : NOTIFY;
      const { kind, id } = targetOf(conversationID);
      const { data } = await context
        .tim()
        .setMessageRemindType(
          kind === 'group' ? { groupID: id, messageRemindType } : { userIDList: [id], messageRemindType },
        );
      throwFirst(data.failureUserIDList);
    },
    markUnread: async (conversationID, isUnread) => {
      const { data } = await context.tim().markConversation({
        conversationIDList: [conversationID],
        markType: UNREAD_MARK,
        enableMark: isUnread,
      });
      throwFirst(data.failureConversationIDList);
    },
  };
}

/** A call about a list resolves though it failed for some. */
function throwFirst(failures: readonly { code: number; message: string }[] | undefined): void {
  for (const { code, message } of failures ?? []) throw Object.assign(new Error(message), { code });
}
