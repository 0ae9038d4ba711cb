import type { ReplyOf } from '@sterna/protocol';
import type { ConversationResult } from '../../types/result.ts';

/** What became of each conversation of a list, as applications read it. */
export async function conversationResult(
  reply: Promise<ReplyOf<'conversation.change'>>,
): Promise<ConversationResult> {
  const { done, failed } = await reply;
  return {
    successConversationIDList: done,
    failureConversationIDList: failed.map(({ conversationID, code, text: message }) => ({
      conversationID,
      code,
      message,
    })),
  };
}
