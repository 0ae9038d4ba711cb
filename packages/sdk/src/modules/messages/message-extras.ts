import type { Message, MessageReactions } from '../../types/message.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { placeOf, placesOf } from './message-place.ts';

/** What hangs on a message: receipts, extensions, reactions. */
export function messageExtras(context: EngineContext): EngineModule {
  const { conversations, emit, request, session } = context;
  /** Revisions of extensions as they were last seen here, by message ID and key. */
  let revisions = new Map<string, number>();

  const heldAt = (conversationID: string, seq: number): Message | undefined =>
    conversations.find(conversationID)?.window.bySeq.get(seq);

  const reactionView = (reaction: {
    reactionID: string;
    total: number;
    users: string[];
    mine?: boolean;
  }) => ({
    reactionID: reaction.reactionID,
    totalUserCount: reaction.total,
    partialUserList: reaction.users.map((userID) => {
      const { nick, avatar } = context.profiles.of(userID);
      return { userID, nick, avatar };
    }),
    reactedByMyself: reaction.mine ?? reaction.users.includes(session().userID),
  });

  return {
    onEvent: {
      extensions(_conversationID, { id: messageID, set, deleted }) {
        if (set.length > 0) emit('onMessageExtensionsUpdated', { messageID, extensions: set });
        if (deleted.length > 0) emit('onMessageExtensionsDeleted', { messageID, keyList: deleted });
      },
      reaction(_conversationID, { id: messageID, reaction }) {
        emit('onMessageReactionsUpdated', [{ messageID, reactionList: [reactionView(reaction)] }]);
      },
    },

    onInbox: {
      receipts({ conversationID, receipts }) {
        const isGroup = conversationID.startsWith('GROUP');
        const target = conversationID.slice(isGroup ? 5 : 3);
        const told = receipts.map(({ seq, id, readCount, unreadCount, timeMs = 0 }) => {
          const timestamp = Math.floor(timeMs / 1000);
          const info = { readCount, unreadCount, isPeerRead: !isGroup, timestamp };
          const message = heldAt(conversationID, seq);
          if (message) Object.assign(message.readReceiptInfo, info);
          return { ...(isGroup ? { groupID: target } : { userID: target }), messageID: id, ...info };
        });
        emit('onMessageReadReceiptReceived', told);
      },
    },

    methods: {
      async sendMessageReadReceipt(messageList) {
        const { conversationID, seqs } = placesOf(
          messageList.filter(({ needReadReceipt }) => needReadReceipt),
        );
        await request('receipt.send', { conversationID, seqs });
        return { code: 0, data: {} };
      },

      async getMessageReadReceiptList(messageList) {
        const { conversationID, seqs } = placesOf(messageList);
        const { receipts } = await request('receipt.get', { conversationID, seqs });
        for (const { seq, readCount, unreadCount, timeMs = 0 } of receipts) {
          const info = {
            readCount,
            unreadCount,
            isPeerRead: readCount > 0,
            timestamp: Math.floor(timeMs / 1000),
          };
          for (const message of messageList)
            if (message.sequence === seq) Object.assign(message.readReceiptInfo, info);
        }
        return { code: 0, data: { messageList } };
      },

      async getGroupMessageReadMemberList({ message, filter = 0, cursor = '', count = 100 }) {
        const { userIDs, next = '' } = await request('receipt.members', {
          ...placeOf(message),
          read: filter === 0,
          limit: Math.min(Math.max(1, count), 100),
          ...(cursor && { after: cursor }),
        });
        const list = filter === 0 ? { readUserIDList: userIDs } : { unreadUserIDList: userIDs };
        return { code: 0, data: { cursor: next, isCompleted: next === '', messageID: message.ID, ...list } };
      },

      async setMessageExtensions(message, extensions) {
        const { results } = await request('message.setExtensions', {
          ...placeOf(message),
          extensions: extensions.map(({ key, value }) => ({
            key,
            value,
            revision: revisions.get(`${message.ID} ${key}`) ?? 0,
          })),
        });
        for (const { key, revision } of results) revisions.set(`${message.ID} ${key}`, revision);
        return {
          code: 0,
          data: { extensions: results.map(({ key, value, code }) => ({ key, value, code })) },
        };
      },

      async getMessageExtensions(message, keyList) {
        const { extensions } = await request('message.getExtensions', placeOf(message));
        for (const { key, revision } of extensions) revisions.set(`${message.ID} ${key}`, revision);
        const named = extensions.filter(
          ({ key }) => !keyList || keyList.length === 0 || keyList.includes(key),
        );
        return { code: 0, data: { extensions: named.map(({ key, value }) => ({ key, value })) } };
      },

      async deleteMessageExtensions(message, keyList) {
        const { results } = await request('message.deleteExtensions', {
          ...placeOf(message),
          ...(keyList && keyList.length > 0 && { keys: keyList }),
        });
        return { code: 0, data: { extensions: results.map(({ key, code }) => ({ key, value: '', code })) } };
      },

      async addMessageReaction(message, reactionID) {
        await request('message.addReaction', { ...placeOf(message), reactionID });
        return { code: 0, data: {} };
      },

      async removeMessageReaction(message, reactionID) {
        await request('message.removeReaction', { ...placeOf(message), reactionID });
        return { code: 0, data: {} };
      },

      async getMessageReactions({ messageList, maxUserCountPerReaction: users = 10 }) {
        const { messages } = await request('message.getReactions', { ...placesOf(messageList), users });
        const data: MessageReactions[] = [];
        for (const { seq, reactions } of messages) {
          const message = messageList.find(({ sequence }) => sequence === seq);
          if (message) data.push({ messageID: message.ID, reactionList: reactions.map(reactionView) });
        }
        return { code: 0, data };
      },

      async getAllUserListOfMessageReaction({ message, reactionID, nextSeq = 0, count = 100 }) {
        const { users, next, complete } = await request('message.getReactionUsers', {
          ...placeOf(message),
          reactionID,
          after: nextSeq,
          limit: Math.min(Math.max(1, count), 100),
        });
        const userList = users.map(({ userID, nick = '', avatar = '' }) => ({ userID, nick, avatar }));
        return { code: 0, data: { userList, nextSeq: complete ? 0 : next, isCompleted: complete } };
      },
    },

    onLogout() {
      revisions = new Map();
    },
  };
}
