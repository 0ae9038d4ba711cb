import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import { REVISIONS_HELD } from '../../limits.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { GroupAttributes } from '../../types/group.ts';
import type { GroupCounterStep } from '../../types/group-methods.ts';
import type { Message } from '../../types/message.ts';
import { recordOf } from '../custom-fields.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { keepNewest } from '../keep-newest.ts';
import { messageFrom, targetOf } from '../messages/message-from.ts';

/** What hangs on a group: attributes, counters and pinned messages. */
export function groupExtras(context: EngineContext): EngineModule {
  const { conversations, emit, request, session } = context;

  /** The attributes of each group as far as they are known here: what others changed since is not written over. */
  const revisions = new Map<string, number>();
  /** One change after the other, each on what the one before left. */
  let changed: Promise<GroupAttributes> = Promise.resolve({});

  function learn(groupID: string, { attributes, revision }: ReplyOf<'group.attributes'>): GroupAttributes {
    keepNewest(revisions.set(groupID, Math.max(revision, revisions.get(groupID) || 0)), REVISIONS_HELD);
    return attributes;
  }

  function changeAttributes(body: RequestOf<'group.changeAttributes'>): Promise<GroupAttributes> {
    const change = async (): Promise<GroupAttributes> => {
      const revision = revisions.get(body.groupID);
      return learn(body.groupID, await request('group.changeAttributes', { ...body, revision }));
    };
    return (changed = changed.then(change, change));
  }

  async function step({ groupID, key, value }: GroupCounterStep, sign: string): Promise<GroupCounterStep> {
    if (!(value > 0 && Number(value) === value)) throw sdkError(SDK_ERRORS.parameterInvalid, 'value');
    const add = { key, value: sign + value };
    // Added twice is not added once: so this is not repeated after a cut.
    const { counters } = await request('group.changeCounters', { groupID, add }, { once: true });
    return { groupID, key, value: Number(counters[key]) };
  }

  return {
    onReset: () => revisions.clear(),
    onEvent: {
      attributes(conversationID, event) {
        const groupID = targetOf(conversationID);
        emit('groupAttributesUpdated', { groupID, groupAttributes: learn(groupID, event) });
      },
      counters(conversationID, { counters }) {
        for (const [key, value] of Object.entries(counters))
          emit('onGroupCounterUpdated', { groupID: targetOf(conversationID), key, value: Number(value) });
      },
      pin(conversationID, { seq, isPinned, by }, pos) {
        const tell = (message: Message): void =>
          emit('onPinnedGroupMessageUpdated', {
            groupID: targetOf(conversationID),
            isPinned,
            message,
            operatorInfo: context.profiles.card(by),
          });
        let held = conversations.message(conversationID, seq);
        if (held) return tell(held);
        context.insist(`pin ${conversationID} ${pos}`, async () => {
          const read = { conversationID, limit: 1, before: seq + 1 };
          const [event] = (await request('message.history', read)).messages;
          // Two attempts may come to their end.
          if (held || event?.seq !== seq) return;
          tell((held = messageFrom(conversationID, event, session().userID)));
        });
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
        const attributes = learn(groupID, await request('group.attributes', { groupID }));
        const named = Object.entries(attributes).filter(([key]) => !keyList.length || keyList.includes(key));
        return { groupAttributes: recordOf(named) };
      },
      async setGroupCounters({ groupID, counters }) {
        const set = recordOf(Object.entries(counters).map(([key, value]) => [key, String(value)]));
        return numbersIn(await request('group.changeCounters', { groupID, set }));
      },
      increaseGroupCounter: (options) => step(options, ''),
      decreaseGroupCounter: (options) => step(options, '-'),
      getGroupCounters: async ({ groupID, keyList: keys }) =>
        numbersIn(await request('group.counters', { groupID, keys })),
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
