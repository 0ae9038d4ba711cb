import type { Message, MessageReaction, MessageReactions } from '../../types/message.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { pageSize } from '../page-size.ts';
import { cardOf } from '../people/card.ts';
import { placeOf, placesOf } from './message-place.ts';

interface Reaction {
  reactionID: string;
  total: number;
  users: string[];
  mine?: boolean;
}

/** Users on a page of who has reacted. */
const PAGE = 100;

/** What hangs on a message: extensions and reactions. */
export function messageExtras(context: EngineContext): EngineModule {
  const { emit, profiles, request, session } = context;
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
        // What a later event says, or was recalled, is left out.
        if (reaction)
          emit('onMessageReactionsUpdated', [{ messageID, reactionList: [reactionView(reaction)] }]);
      },
    },

    methods: {
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

      async getAllUserListOfMessageReaction({ message, reactionID, nextSeq: after = 0, count }) {
        const body = { ...placeOf(message), reactionID, after, limit: pageSize(count, PAGE) };
        const { users, next, complete } = await request('message.getReactionUsers', body);
        return { userList: users.map(cardOf), nextSeq: complete ? 0 : next, isCompleted: complete };
      },
    },

    onLogout() {
      revisions = new Map();
    },
  };
}
