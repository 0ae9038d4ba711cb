import type { Message, MessageReaction, MessageReactions, ReadReceiptInfo } from '../../types/message.ts';
import { seconds } from '../../seconds.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { pageSize } from '../page-size.ts';
import { targetOf, typeOf } from './message-from.ts';
import { placeOf, placesOf } from './message-place.ts';

interface Receipt {
  readCount: number;
  unreadCount: number;
  timeMs?: number | undefined;
}

interface Reaction {
  reactionID: string;
  total: number;
  users: string[];
  mine?: boolean;
}

/** Members, or users, on a page of who has read or reacted. */
const PAGE = 100;

/** What hangs on a message: receipts, extensions, reactions. */
export function messageExtras(context: EngineContext): EngineModule {
  const { conversations, emit, profiles, request, session } = context;
  /** Revisions of extensions as they were last seen here, by message ID and key. */
  let revisions = new Map<string, number>();

  function seen({ ID }: Message, extensions: readonly { key: string; revision: number }[]): void {
    for (const { key, revision } of extensions) revisions.set(`${ID} ${key}`, revision);
  }

  const reactionView = ({ reactionID, total, users, mine }: Reaction): MessageReaction => ({
    reactionID,
    totalUserCount: total,
    partialUserList: users.map(profiles.card),
    reactedByMyself: mine ?? users.includes(session().userID),
  });

  return {
    onEvent: {
      extensions(_conversationID, { id: messageID, set: extensions, deleted: keyList }) {
        if (extensions.length > 0) emit('onMessageExtensionsUpdated', { messageID, extensions });
        if (keyList.length > 0) emit('onMessageExtensionsDeleted', { messageID, keyList });
      },
      reaction(_conversationID, { id: messageID, reaction }) {
        emit('onMessageReactionsUpdated', [{ messageID, reactionList: [reactionView(reaction)] }]);
      },
    },

    onInbox: {
      receipts({ conversationID, receipts }) {
        const isGroup = typeOf(conversationID) === 'GROUP';
        const target = targetOf(conversationID);
        const told = receipts.map((receipt) => {
          const info = receiptInfo(receipt, !isGroup);
          const message = conversations.message(conversationID, receipt.seq);
          if (message) Object.assign(message.readReceiptInfo, info);
          return { ...(isGroup ? { groupID: target } : { userID: target }), messageID: receipt.id, ...info };
        });
        emit('onMessageReadReceiptReceived', told);
      },
    },

    methods: {
      sendMessageReadReceipt: async (messageList) =>
        request('receipt.send', placesOf(messageList.filter(({ needReadReceipt }) => needReadReceipt))),

      async getMessageReadReceiptList(messageList) {
        const { receipts } = await request('receipt.get', placesOf(messageList));
        for (const receipt of receipts) {
          const info = receiptInfo(receipt, receipt.readCount > 0);
          for (const message of messageList)
            if (message.sequence === receipt.seq) Object.assign(message.readReceiptInfo, info);
        }
        return { messageList };
      },

      async getGroupMessageReadMemberList({ message, filter = 0, cursor: after, count = PAGE }) {
        const read = filter === 0;
        const limit = pageSize(count, PAGE);
        const body = { ...placeOf(message), read, limit, after: after || undefined };
        const { userIDs, next: cursor = '' } = await request('receipt.members', body);
        const list = read ? { readUserIDList: userIDs } : { unreadUserIDList: userIDs };
        return { cursor, isCompleted: !cursor, messageID: message.ID, ...list };
      },

      async setMessageExtensions(message, given) {
        const extensions = given.map(({ key, value }) => ({
          key,
          value,
          revision: revisions.get(`${message.ID} ${key}`) || 0,
        }));
        const { results } = await request('message.setExtensions', { ...placeOf(message), extensions });
        seen(message, results);
        return { extensions: results.map(({ key, value, code }) => ({ key, value, code })) };
      },

      async getMessageExtensions(message, keyList = []) {
        const { extensions } = await request('message.getExtensions', placeOf(message));
        seen(message, extensions);
        const named = extensions.filter(({ key }) => keyList.length === 0 || keyList.includes(key));
        return { extensions: named.map(({ key, value }) => ({ key, value })) };
      },

      async deleteMessageExtensions(message, keyList = []) {
        const keys = keyList.length > 0 ? keyList : undefined;
        const { results } = await request('message.deleteExtensions', { ...placeOf(message), keys });
        return { extensions: results.map(({ key, code }) => ({ key, value: '', code })) };
      },

      addMessageReaction: (message, reactionID) =>
        request('message.addReaction', { ...placeOf(message), reactionID }),

      removeMessageReaction: (message, reactionID) =>
        request('message.removeReaction', { ...placeOf(message), reactionID }),

      async getMessageReactions({ messageList, maxUserCountPerReaction: users = 10 }) {
        const { messages } = await request('message.getReactions', { ...placesOf(messageList), users });
        const data: MessageReactions[] = [];
        for (const { seq, reactions } of messages) {
          const message = messageList.find(({ sequence }) => sequence === seq);
          if (message) data.push({ messageID: message.ID, reactionList: reactions.map(reactionView) });
        }
        return data;
      },

      async getAllUserListOfMessageReaction({ message, reactionID, nextSeq: after = 0, count = PAGE }) {
        const body = { ...placeOf(message), reactionID, after, limit: pageSize(count, PAGE) };
        const { users, next, complete } = await request('message.getReactionUsers', body);
        const userList = users.map(({ userID, nick = '', avatar = '' }) => ({ userID, nick, avatar }));
        return { userList, nextSeq: complete ? 0 : next, isCompleted: complete };
      },
    },

    onLogout() {
      revisions = new Map();
    },
  };
}

function receiptInfo({ readCount, unreadCount, timeMs }: Receipt, isPeerRead: boolean): ReadReceiptInfo {
  return { readCount, unreadCount, isPeerRead, timestamp: seconds(timeMs) };
}
