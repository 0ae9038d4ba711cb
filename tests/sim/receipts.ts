import { parseLog } from '@sterna/core';
import type { SeededRandom } from '@sterna/core/testing';
import type { Message } from '@sterna/sdk';
import type { CountedLine, SeenReceipt } from '../history/reading.ts';
import type { Device } from './device.ts';
import { conversationName } from './recorder.ts';
import type { SimStore } from './sim-store.ts';

/** Messages that one call names at most. */
const NAMED = 4;

/** What people do about who has read what. */
export class Receipts {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  readonly calls = {
    sendReceipts: async (device: Device): Promise<void> => {
      const list = this.#some(device, 'in');
      const [first] = list;
      if (first === undefined) return;
      await device.call('sendReceipts', aboutThese(device, list), () =>
        device.tim.sendMessageReadReceipt(list),
      );
    },
    receipts: async (device: Device): Promise<void> => {
      const list = this.#some(device, 'out');
      if (list.length > 0) await askReceipts(device, list);
    },
    readers: async (device: Device): Promise<void> => {
      const [message] = this.#some(device, 'out');
      if (message === undefined) return;
      const { conv, ids } = aboutThese(device, [message]);
      const isRead = this.#random.chance(0.5);
      await device.call(
        isRead ? 'readers' : 'nonReaders',
        { conv, id: ids[0] ?? '' },
        () => device.tim.getGroupMessageReadMemberList({ message, filter: isRead ? 0 : 1 }),
        ({ readUserIDList = [], unreadUserIDList = [] }) => ({
          users: isRead ? readUserIDList : unreadUserIDList,
        }),
      );
    },
  };

  /** A few of one conversation that are shown here, and ask for receipts, around one of the newest. */
  #some({ shown }: Device, flow: Message['flow']): Message[] {
    const wanted = shown.filter((each) => each.needReadReceipt && each.flow === flow && !each.isDeleted);
    const last = wanted.at(-1 - this.#random.below(NAMED));
    const beside = wanted.filter(({ conversationID }) => conversationID === last?.conversationID);
    return beside.slice(-1 - this.#random.below(NAMED));
  }
}

function aboutThese(device: Device, list: readonly Message[]): { conv: string; ids: string[] } {
  const conv = conversationName(device.plan.user, list[0]?.conversationID ?? '');
  return { conv, ids: list.map(({ ID }) => ID) };
}

/** Asks who has read messages of one's own in one conversation. */
export async function askReceipts(device: Device, list: readonly Message[]): Promise<SeenReceipt[]> {
  const receipts = (messages: readonly Message[]): SeenReceipt[] =>
    messages.map(({ ID: id, readReceiptInfo: { readCount = 0, unreadCount = 0 } }) => ({
      conv: aboutThese(device, list).conv,
      id,
      read: readCount,
      unread: unreadCount,
    }));
  const data = await device.call(
    'receipts',
    aboutThese(device, list),
    () => device.tim.getMessageReadReceiptList([...list]),
    ({ messageList }) => ({ receipts: receipts(messageList) }),
  );
  return data === undefined ? [] : receipts(data.messageList);
}

/** What the inboxes say of receipts, in the order of the commits. */
export function countedLines({ commits }: SimStore): CountedLine[] {
  return commits.flatMap(({ command, appended, number: commit, t: at }) =>
    appended.flatMap(({ log, pos, event }): CountedLine[] => {
      const ref = parseLog(log);
      if (command.type !== 'receipt.send' || ref.kind !== 'inbox' || event.t !== 'receipts') return [];
      const { userID: user } = command.body.actor;
      const { userID: to } = ref;
      const conv = conversationName(to, event.conversationID);
      return event.receipts.map(({ seq, readCount: read, unreadCount: unread }) => ({
        op: 'counted',
        ...{ user, to, conv, seq, read, unread, pos, commit, at },
      }));
    }),
  );
}
