import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { MessageItem } from './message-item.ts';
import { MESSAGE_TYPE } from './published-values.ts';
import type { ChatState, Person, Reaction } from './state.ts';
import type { TimMessage, TimReaction, TimReactions, TimReceipt, TimUser } from './tim.ts';

/** What hangs on messages: reactions, and who has read them. */
export interface MessageExtras {
  /** Asks for what hangs on messages that were just read. */
  look(messages: readonly TimMessage[]): void;
  takeReactions(changes: readonly TimReactions[]): void;
  takeReceipts(receipts: readonly TimReceipt[]): void;
  /** Adds my reaction of that kind, or takes it back. */
  toggleReaction(item: MessageItem, reactionID: string): Promise<void>;
  reactionUsers(item: MessageItem, reactionID: string): Promise<readonly Person[]>;
  /** Who has read a message of mine in a group, or who has not. */
  readers(item: MessageItem, whoRead: boolean): Promise<readonly string[]>;
  /** Tells the senders, where they want to know, that I have read what is on the page. */
  confirmReading(conversationID: string): Promise<void>;
  forgetReceipts(): void;
}

export function createMessageExtras(context: Context): MessageExtras {
  const { store } = context;
  /** What I have confirmed already: the messages themselves do not say so before they are read anew. */
  const confirmed = new Set<string>();

  const readReactions = async (messages: readonly TimMessage[]): Promise<void> => {
    const update = context.updater();
    const { data } = await context.tim().getMessageReactions({ messageList: [...messages] });
    update((state) =>
      data.reduce((next, { messageID, reactionList }) => {
        return withReactions(next, messageID, reactionList.map(toReaction));
      }, state),
    );
  };

  const readReceipts = async (messages: readonly TimMessage[]): Promise<void> => {
    const update = context.updater();
    const { data } = await context.tim().getMessageReadReceiptList([...messages]);
    const receipts = data.messageList.map(({ ID, readReceiptInfo }) => ({
      messageID: ID,
      ...readReceiptInfo,
    }));
    update((state) => withReceipts(state, receipts));
  };

  return {
    look: (messages) => {
      const said = messages.filter(isSaid);
      const mine = said.filter(({ flow, needReadReceipt }) => flow === 'out' && needReadReceipt);
      const requests = [
        ...batches(said, LIMITS.reactionsPerRequest).map(readReactions),
        ...batches(mine, LIMITS.receiptsPerRequest).map(readReceipts),
      ];
      // Without them the messages are still whole; the next page, or the next change, brings them.
      void Promise.allSettled(requests);
    },
    takeReactions: (changes) => {
      store.update((state) => changes.reduce(withChangedReactions, state));
    },
    takeReceipts: (receipts) => store.update((state) => withReceipts(state, receipts)),
    toggleReaction: async ({ id, source }, reactionID) => {
      const before = store
        .get()
        .reactions.get(id)
        ?.find((reaction) => reaction.reactionID === reactionID);
      if (before?.mine === true) await context.tim().removeMessageReaction(source, reactionID);
      else await context.tim().addMessageReaction(source, reactionID);
    },
    reactionUsers: async ({ source }, reactionID) => {
      const people: TimUser[] = [];
      let nextSeq = 0;
      for (let page = 0; page < LIMITS.peoplePages; page += 1) {
        const { data } = await context
          .tim()
          .getAllUserListOfMessageReaction({ message: source, reactionID, nextSeq });
        people.push(...data.userList);
        if (data.isCompleted) break;
        nextSeq = data.nextSeq;
      }
      return people.map(({ userID, nick, avatar }) => ({ userID, nick, avatar, signature: '' }));
    },
    readers: async ({ source }, whoRead) => {
      const userIDs: string[] = [];
      let cursor = '';
      for (let page = 0; page < LIMITS.peoplePages; page += 1) {
        const { data } = await context
          .tim()
          .getGroupMessageReadMemberList({ message: source, filter: whoRead ? 0 : 1, cursor });
        userIDs.push(...(data.readUserIDList ?? data.unreadUserIDList ?? []));
        if (data.isCompleted) break;
        ({ cursor } = data);
      }
      return userIDs;
    },
    confirmReading: async (conversationID) => {
      const items = store.get().timelines[conversationID]?.items ?? [];
      const due = items.filter(({ id, awaitsReceipt }) => awaitsReceipt && !confirmed.has(id));
      for (const batch of batches(due, LIMITS.receiptsPerRequest)) {
        for (const { id } of batch) confirmed.add(id);
        try {
          await context.tim().sendMessageReadReceipt(batch.map(({ source }) => source));
        } catch {
          // They are confirmed with what is read next.
          for (const { id } of batch) confirmed.delete(id);
        }
      }
    },
    forgetReceipts: () => confirmed.clear(),
  };
}

/** Something that a person said and the server has: notices and tips carry nothing. */
function isSaid({ sequence, type, isRevoked }: TimMessage): boolean {
  return sequence > 0 && !isRevoked && type !== MESSAGE_TYPE.tip && type !== MESSAGE_TYPE.notice;
}

function toReaction(reaction: TimReaction): Reaction {
  return {
    reactionID: reaction.reactionID,
    count: reaction.totalUserCount,
    mine: reaction.reactedByMyself === true,
    names: reaction.partialUserList.map(({ userID, nick }) => nick || userID),
  };
}

function withReactions(state: ChatState, messageID: string, list: readonly Reaction[]): ChatState {
  const before = state.reactions.get(messageID);
  const reactions = list.filter(({ count }) => count > 0);
  if (reactions.length === 0 && before === undefined) return state;
  return { ...state, reactions: bounded(state.reactions, messageID, reactions) };
}

/** An event tells only of the kinds that changed, and of many people only the first few. */
function withChangedReactions(state: ChatState, { messageID, reactionList }: TimReactions): ChatState {
  const list = [...(state.reactions.get(messageID) ?? [])];
  for (const change of reactionList) {
    const index = list.findIndex(({ reactionID }) => reactionID === change.reactionID);
    const isPartial = change.partialUserList.length < change.totalUserCount;
    const reaction = toReaction(change);
    const mine = reaction.mine || (isPartial && list[index]?.mine === true);
    if (index === -1) list.push({ ...reaction, mine });
    else list[index] = { ...reaction, mine };
  }
  return withReactions(state, messageID, list);
}

function withReceipts(state: ChatState, receipts: readonly TimReceipt[]): ChatState {
  const next = receipts.reduce(
    (map, { messageID, readCount: read = 0, unreadCount: unread = 0 }) =>
      bounded(map, messageID, { read, unread }),
    state.receipts,
  );
  return next === state.receipts ? state : { ...state, receipts: next };
}

/** The longest known goes when there are too many. */
function bounded<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
): ReadonlyMap<string, Value> {
  const next = new Map(map);
  next.delete(key);
  next.set(key, value);
  const [oldest] = next.keys();
  if (next.size > LIMITS.messagesWithExtras && oldest !== undefined) next.delete(oldest);
  return next;
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
