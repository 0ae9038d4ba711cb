import type { Tim, TimMessage, TimReaction } from '../src/chat-client/tim.ts';
import { ok } from './in-memory-replies.ts';
import { type InMemoryWorld, profileOf } from './in-memory-world.ts';

type LifeMethod =
  | 'revokeMessage'
  | 'modifyMessage'
  | 'deleteMessage'
  | 'clearHistoryMessage'
  | 'getMessageListHopping'
  | 'addMessageReaction'
  | 'removeMessageReaction'
  | 'getMessageReactions'
  | 'getAllUserListOfMessageReaction'
  | 'sendMessageReadReceipt'
  | 'getMessageReadReceiptList'
  | 'getGroupMessageReadMemberList';

const PAGE = 15;

/** What becomes of messages after they were sent. */
export function messageLifeMethods(world: InMemoryWorld): Pick<Tim, LifeMethod> {
  const keep = (conversationID: string, messages: readonly TimMessage[]): void => {
    world.messages.set(conversationID, [...messages]);
    world.listChanged();
  };
  const historyOf = (conversationID: string): readonly TimMessage[] =>
    world.messages.get(conversationID) ?? [];
  return {
    revokeMessage: async (message) => {
      world.calls.push(`recall ${message.ID}`);
      Object.assign(message, { isRevoked: true, revoker: world.me });
      world.listChanged();
      return ok({ message });
    },
    modifyMessage: async (message) => {
      world.calls.push(`modify ${message.ID}`);
      const changed = { ...message, isModified: true };
      const history = historyOf(message.conversationID);
      keep(
        message.conversationID,
        history.map((one) => (one.ID === message.ID ? changed : one)),
      );
      return ok({ message: changed });
    },
    deleteMessage: async (messageList) => {
      const ids = new Set(messageList.map(({ ID }) => ID));
      const conversationID = messageList[0]?.conversationID ?? '';
      world.calls.push(`delete ${[...ids].join(' ')}`);
      keep(
        conversationID,
        historyOf(conversationID).filter(({ ID }) => !ids.has(ID)),
      );
      return ok({ messageList });
    },
    clearHistoryMessage: async (conversationID) => {
      keep(conversationID, []);
      return ok({ conversationID });
    },
    getMessageListHopping: async ({ conversationID, sequence = 0, direction = 0 }) => {
      world.calls.push(`hop ${sequence} ${direction === 1 ? 'newer' : 'older'}`);
      const all = historyOf(conversationID);
      const side = all.filter((one) =>
        direction === 1 ? one.sequence >= sequence : one.sequence <= sequence,
      );
      const messageList = direction === 1 ? side.slice(0, PAGE) : side.slice(-PAGE);
      return ok({ messageList, isCompleted: side.length <= PAGE });
    },
    ...reactionMethods(world),
    sendMessageReadReceipt: async (messageList) => {
      world.calls.push(`receipts ${messageList.map(({ ID }) => ID).join(' ')}`);
      return ok({});
    },
    getMessageReadReceiptList: async (messageList) => ok({ messageList }),
    getGroupMessageReadMemberList: async ({ filter = 0 }) =>
      ok({
        cursor: '',
        isCompleted: true,
        ...(filter === 0 ? { readUserIDList: ['bob'] } : { unreadUserIDList: ['carol'] }),
      }),
  };
}

type ReactionMethod =
  | 'addMessageReaction'
  | 'removeMessageReaction'
  | 'getMessageReactions'
  | 'getAllUserListOfMessageReaction';

function reactionMethods(world: InMemoryWorld): Pick<Tim, ReactionMethod> {
  const viewOf = (messageID: string, reactionID: string): TimReaction => {
    const userIDs = world.reactions.get(messageID)?.get(reactionID) ?? [];
    return {
      reactionID,
      totalUserCount: userIDs.length,
      partialUserList: userIDs.slice(0, 10).map((userID) => profileOf(world, userID)),
      reactedByMyself: userIDs.includes(world.me),
    };
  };
  const change = (message: TimMessage, reactionID: string, isAdded: boolean) => {
    const kinds = world.reactions.get(message.ID) ?? new Map<string, string[]>();
    const others = (kinds.get(reactionID) ?? []).filter((userID) => userID !== world.me);
    kinds.set(reactionID, isAdded ? [...others, world.me] : others);
    world.reactions.set(message.ID, kinds);
    const reactionList = [viewOf(message.ID, reactionID)];
    world.emit('onMessageReactionsUpdated', [{ messageID: message.ID, reactionList }]);
    return ok({});
  };
  return {
    addMessageReaction: async (message, reactionID) => change(message, reactionID, true),
    removeMessageReaction: async (message, reactionID) => change(message, reactionID, false),
    getMessageReactions: async ({ messageList }) =>
      ok(
        messageList.map(({ ID: messageID }) => ({
          messageID,
          reactionList: [...(world.reactions.get(messageID)?.keys() ?? [])].map((reactionID) =>
            viewOf(messageID, reactionID),
          ),
        })),
      ),
    getAllUserListOfMessageReaction: async ({ message, reactionID }) => {
      const { partialUserList: userList } = viewOf(message.ID, reactionID);
      return ok({ userList, nextSeq: 0, isCompleted: true });
    },
  };
}
