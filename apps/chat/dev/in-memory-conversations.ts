import { conversationIDOf, SILENT } from '../src/chat-client/published-values.ts';
import type { Tim } from '../src/chat-client/tim.ts';
import { ok } from './in-memory-replies.ts';
import type { InMemoryWorld } from './in-memory-world.ts';

type SettingMethod = 'pinConversation' | 'setMessageRemindType' | 'markConversation';

/** What is kept about conversations. */
export function conversationMethods(world: InMemoryWorld): Pick<Tim, SettingMethod> {
  const put = (set: Set<string>, conversationID: string, isIn: boolean): void => {
    if (isIn) set.add(conversationID);
    else set.delete(conversationID);
    world.listChanged();
  };
  return {
    pinConversation: async ({ conversationID, isPinned }) => {
      put(world.onTop, conversationID, isPinned);
      return ok({});
    },
    setMessageRemindType: async (options) => {
      const conversationIDs =
        'groupID' in options
          ? [conversationIDOf('group', options.groupID)]
          : options.userIDList.map((userID) => conversationIDOf('c2c', userID));
      for (const id of conversationIDs) put(world.muted, id, options.messageRemindType === SILENT);
      return ok({});
    },
    markConversation: async ({ conversationIDList, enableMark }) => {
      for (const id of conversationIDList) put(world.marked, id, enableMark);
      return ok({ failureConversationIDList: [] });
    },
  };
}
