import type { ReplyOf } from '@sterna/protocol';
import { seconds } from '../../seconds.ts';
import type { Message, ReadReceiptInfo } from '../../types/message.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { pageSize } from '../page-size.ts';
import { targetOf, typeOf } from './message-from.ts';
import { placeOf, placesOf } from './message-place.ts';

type Receipt = ReplyOf<'receipt.get'>['receipts'][number];

/** Members on a page of who has read. */
const PAGE = 100;

/** Who has read a message that asked to be told. */
export function receipts({ conversations, emit, request }: EngineContext): EngineModule {
  /** Answers and events may overtake one another: of what is known of a message the most is what is so. */
  function note(
    conversationID: string,
    { seq, readCount, unreadCount, timeMs }: Receipt,
    given: readonly Message[] = [],
  ): ReadReceiptInfo {
    const isPeerRead = typeOf(conversationID) === 'C2C' && readCount > 0;
    let info: ReadReceiptInfo = { readCount, unreadCount, isPeerRead, timestamp: seconds(timeMs) };
    for (const { sequence, readReceiptInfo } of given.concat(
      conversations.message(conversationID, seq) || [],
    )) {
      if (sequence !== seq) continue;
      if ((readReceiptInfo.readCount || 0) > readCount) info = readReceiptInfo;
      else Object.assign(readReceiptInfo, info);
    }
    return info;
  }

  return {
    onInbox: {
      receipts({ conversationID, receipts: list }) {
        const name = typeOf(conversationID) === 'C2C' ? 'userID' : 'groupID';
        emit(
          'onMessageReadReceiptReceived',
          list.map((receipt) => ({
            [name]: targetOf(conversationID),
            messageID: receipt.id,
            ...note(conversationID, receipt),
          })),
        );
      },
    },

    methods: {
      sendMessageReadReceipt: (messageList) =>
        request('receipt.send', placesOf(messageList.filter(({ needReadReceipt }) => needReadReceipt))),

      async getMessageReadReceiptList(messageList) {
        const places = placesOf(messageList);
        const answer = await request('receipt.get', places);
        for (const receipt of answer.receipts) note(places.conversationID, receipt, messageList);
        return { messageList };
      },

      async getGroupMessageReadMemberList({ message, filter, cursor: after, count }) {
        // Another filter is for the server to refuse.
        const read = filter !== 1 && (filter || true);
        const limit = pageSize(count, PAGE);
        const body = { ...placeOf(message), read, limit, after: after || undefined };
        const { userIDs, next: cursor = '' } = await request('receipt.members', body);
        const list = read ? { readUserIDList: userIDs } : { unreadUserIDList: userIDs };
        return { cursor, isCompleted: !cursor, messageID: message.ID, ...list };
      },
    },
  };
}
