import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { GroupAttributes } from '../../types/group.ts';
import type { GroupCounterStep } from '../../types/group-methods.ts';
import type { Message } from '../../types/message.ts';
import { recordOf } from '../custom-fields.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { messageFrom, targetOf } from '../messages/message-from.ts';

/** What hangs on a group: attributes, counters and pinned messages. */
export function groupExtras(context: EngineContext): EngineModule {
  const { conversations, emit, request, session } = context;

  async function changeAttributes(body: RequestOf<'group.changeAttributes'>): Promise<GroupAttributes> {
    return (await request('group.changeAttributes', body)).attributes;
  }

  async function step({ groupID, key, value }: GroupCounterStep, sign: string): Promise<GroupCounterStep> {
    const add = { key, value: sign + value };
    // Added twice is not added once: so this is not repeated after a cut.
    const { counters } = await request('group.changeCounters', { groupID, add }, { once: true });
    return { groupID, key, value: Number(counters[key]) };
  }

  return {
    onEvent: {
      attributes(conversationID, { attributes: groupAttributes }) {
        emit('groupAttributesUpdated', { groupID: targetOf(conversationID), groupAttributes });
      },
      counters(conversationID, { counters }) {
        for (const [key, value] of Object.entries(counters))
          emit('onGroupCounterUpdated', { groupID: targetOf(conversationID), key, value: Number(value) });
      },
      pin(conversationID, { seq, isPinned, by }) {
        const tell = (message: Message): void =>
          emit('onPinnedGroupMessageUpdated', {
            groupID: targetOf(conversationID),
            isPinned,
            message,
            operatorInfo: context.profiles.card(by),
          });
        const held = conversations.message(conversationID, seq);
        if (held) return tell(held);
        request('message.history', { conversationID, limit: 1, before: seq + 1 }).then(
          ({ messages: [event] }) => {
            if (event?.seq === seq) tell(messageFrom(conversationID, event, session().userID));
          },
          (error: unknown) => context.logger.warn('Not everything could be read', { cause: String(error) }),
        );
      },
    },

    methods: {
      async initGroupAttributes({ groupID, groupAttributes: attributes }) {
        return { groupAttributes: await changeAttributes({ groupID, action: 'init', attributes }) };
      },
      async setGroupAttributes({ groupID, groupAttributes }) {
        await changeAttributes({ groupID, action: 'set', attributes: groupAttributes });
        return { groupAttributes };
      },
      async deleteGroupAttributes({ groupID, keyList = [] }) {
        await changeAttributes({ groupID, action: 'delete', keys: keyList });
        return { keyList };
      },
      async getGroupAttributes({ groupID, keyList = [] }) {
        const { attributes } = await request('group.attributes', { groupID });
        const named = Object.entries(attributes).filter(
          ([key]) => keyList.length === 0 || keyList.includes(key),
        );
        return { groupAttributes: recordOf(named) };
      },
      async setGroupCounters({ groupID, counters }) {
        const set = recordOf(Object.entries(counters).map(([key, value]) => [key, String(value)]));
        return numbersIn(await request('group.changeCounters', { groupID, set }));
      },
      increaseGroupCounter: (options) => step(options, ''),
      decreaseGroupCounter: (options) => step(options, '-'),
      async getGroupCounters({ groupID, keyList = [] }) {
        const keys = keyList.length > 0 ? keyList : undefined;
        return numbersIn(await request('group.counters', { groupID, keys }));
      },
      pinGroupMessage: ({ groupID, message: { sequence: seq }, isPinned }) =>
        request('group.pinMessage', { groupID, seq, isPinned }),
      async getPinnedGroupMessageList(groupID) {
        const { messages } = await request('group.pinnedMessages', { groupID });
        const { userID } = session();
        return { messageList: messages.map((event) => messageFrom(`GROUP${groupID}`, event, userID)) };
      },
    },
  };
}

function numbersIn({ counters }: ReplyOf<'group.counters'>): { counters: Record<string, number> } {
  return { counters: recordOf(Object.entries(counters).map(([key, value]) => [key, Number(value)])) };
}
