import type { ReadReceiptInfo } from '../../types/message.ts';
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

/** Members on a page of who has read. */
const PAGE = 100;

/** Who has read a message that asked to be told. */
export function receipts({ conversations, emit, request }: EngineContext): EngineModule {
  return {
    onInbox: {
      receipts({ conversationID, receipts: list }) {
        const isGroup = typeOf(conversationID) === 'GROUP';
        const target = targetOf(conversationID);
        const told = list.map((receipt) => {
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
        const answer = await request('receipt.get', placesOf(messageList));
        for (const receipt of answer.receipts) {
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
    },
  };
}

function receiptInfo({ readCount, unreadCount, timeMs }: Receipt, isPeerRead: boolean): ReadReceiptInfo {
  return { readCount, unreadCount, isPeerRead, timestamp: seconds(timeMs) };
}
