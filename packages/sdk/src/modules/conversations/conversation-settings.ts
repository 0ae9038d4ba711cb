import type { InboxEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import { ImError } from '../../errors.ts';
import type { AllReceiveMessageOpt, Conversation } from '../../types/conversation.ts';
import type { ConversationResult } from '../../types/result.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { communityOf, targetOf } from '../messages/message-from.ts';
import { setGiven } from '../set-given.ts';
import { remindTypeOf } from './remind-type.ts';

type Change = Extract<InboxEvent, { t: 'conversationChanged' }>['changes'];
type Results = ReplyOf<'conversation.change'>;
type Filling = { conversationIDList: string[]; groupName: string };
type ReceiveOption = Extract<InboxEvent, { t: 'receiveOption' }>['option'];

/** What I keep about conversations: pins, marks, drafts, groups, whether I want to be reminded. */
export function conversationSettings(context: EngineContext): EngineModule {
  const { change, conversations: store, emit, outlet, request } = context;
  let groupNames = new Set<string>();

  function apply(view: Conversation, { isPinned, remindType, customData, marks }: Change): void {
    setGiven(view, {
      isPinned,
      customData,
      messageRemindType: remindType === undefined ? undefined : remindTypeOf(remindType),
      markList: marks?.map(Number),
    });
  }

  const settled = async (reply: Promise<Results>): Promise<ConversationResult> => {
    const { done, failed } = await reply;
    return {
      successConversationIDList: done,
      failureConversationIDList: failed.map(({ conversationID, code, text: message }) => ({
        conversationID,
        code,
        message,
      })),
    };
  };

  const alter = (
    conversationIDs: string[],
    changes: RequestOf<'conversation.change'>['changes'],
    mark?: RequestOf<'conversation.change'>['mark'],
  ): Promise<ConversationResult> =>
    settled(change('conversation.change', { conversationIDs, changes, mark }));

  const alterGroup = (body: RequestOf<'conversationGroup.change'>): Promise<ConversationResult> =>
    settled(change('conversationGroup.change', body));

  const fill =
    (action: 'create' | 'add' | 'remove') =>
    ({ conversationIDList: conversationIDs, groupName: name }: Filling): Promise<ConversationResult> =>
      alterGroup({ action, name, conversationIDs });

  function regroup(event: Extract<InboxEvent, { t: 'conversationGroup' }>): void {
    const { name, newName, deleted, added = [], removed = [] } = event;
    const groupName = newName ?? name;
    const isGone = deleted === true || newName !== undefined;
    const isNew = !groupNames.has(name);
    for (const { view } of store.all()) {
      const { conversationGroupList: list, conversationID } = view;
      const isIn = list.includes(name);
      if (isIn && (isGone || removed.includes(conversationID))) {
        view.conversationGroupList = list.filter((one) => one !== name);
        if (newName !== undefined) view.conversationGroupList.push(newName);
      } else if (!isIn && added.includes(conversationID)) view.conversationGroupList = [...list, name];
    }
    if (isGone) groupNames.delete(name);
    if (!deleted) groupNames.add(groupName);
    if (isNew || isGone) emit('onConversationGroupListUpdated', [...groupNames]);
    if (!deleted) {
      const conversationList = store
        .list()
        .filter(({ conversationGroupList }) => conversationGroupList.includes(groupName));
      emit('onConversationInGroupUpdated', { groupName, conversationList });
    }
    outlet.conversationsChanged();
  }

  async function loadGroups(): Promise<string[]> {
    const { groups } = await request('conversationGroup.list', {});
    groupNames = new Set(groups.map(({ name }) => name));
    for (const { view } of store.all()) {
      view.conversationGroupList = groups
        .filter(({ conversationIDs }) => conversationIDs.includes(view.conversationID))
        .map(({ name }) => name);
    }
    return [...groupNames];
  }

  return {
    prepare: async () => void (await loadGroups()),

    onInbox: {
      conversationChanged({ conversationID, changes }) {
        apply(store.hold(conversationID).view, changes);
        outlet.conversationsChanged();
      },
      conversationGroup: regroup,
      receiveOption: ({ option }) => emit('onAllReceiveMessageOptUpdated', optionView(option)),
    },

    methods: {
      setAllMessageRead: ({ scope = 'readAllMessage' } = {}) =>
        change('conversation.readAll', { scope: SCOPES[scope] }),
      async pinConversation({ conversationID, isPinned }) {
        const { failureConversationIDList } = await alter([conversationID], { isPinned });
        // A call about one conversation fails as a whole.
        for (const { code, message } of failureConversationIDList) throw new ImError(code, message);
        return { conversationID, isPinned };
      },
      async setMessageRemindType({ groupID, userIDList = [], messageRemindType: remindType }) {
        const topic = `GROUP${groupID}`;
        if (groupID && communityOf(topic)) {
          await alter([topic], { remindType });
          return { group: store.hold(topic).view.groupProfile };
        }
        if (groupID) {
          await change('group.updateMember', { groupID, remindType });
          const group = context.groups.of(groupID);
          group.selfInfo.messageRemindType = remindType;
          outlet.groupsChanged();
          return { group };
        }
        const conversationIDs = userIDList.map((userID) => `C2C${userID}`);
        const { successConversationIDList, failureConversationIDList } = await alter(conversationIDs, {
          remindType,
        });
        return {
          successUserIDList: successConversationIDList.map((id) => ({ userID: targetOf(id) })),
          failureUserIDList: failureConversationIDList.map(({ conversationID, code, message }) => ({
            userID: targetOf(conversationID),
            code,
            message,
          })),
        };
      },
      getTotalUnreadMessageCount: store.totalUnread,
      setConversationDraft({ conversationID, draftText }) {
        store.hold(conversationID).view.draftText = draftText;
        outlet.conversationsChanged();
      },
      setConversationCustomData: ({ conversationIDList, customData }) =>
        alter(conversationIDList, { customData }),
      markConversation({ conversationIDList, markType, enableMark }) {
        const marks = [markType.toFixed(0)];
        const mark = enableMark ? { add: marks, remove: [] } : { add: [], remove: marks };
        return alter(conversationIDList, {}, mark);
      },
      getConversationGroupList: loadGroups,
      createConversationGroup: fill('create'),
      async deleteConversationGroup(name) {
        await alterGroup({ action: 'delete', name });
      },
      async renameConversationGroup({ oldName: name, newName }) {
        await alterGroup({ action: 'rename', name, newName });
      },
      addConversationsToGroup: fill('add'),
      deleteConversationsFromGroup: fill('remove'),
      setAllReceiveMessageOpt: ({
        messageRemindType,
        startHour = 0,
        startMinute = 0,
        startSecond = 0,
        duration: durationS,
        isRepeated,
      }) =>
        request('receiveOption.set', {
          option: {
            remindType: messageRemindType || undefined,
            startSecond: startHour * 3600 + startMinute * 60 + startSecond,
            durationS,
            isRepeated,
          },
        }),
      async getAllReceiveMessageOpt() {
        return optionView((await request('receiveOption.get', {})).option);
      },
    },

    onLogout() {
      groupNames = new Set();
    },
  };
}

const SCOPES = {
  readAllC2CMessage: 'c2c',
  readAllGroupMessage: 'group',
  readAllMessage: 'all',
} as const;

function optionView({
  remindType,
  startSecond = 0,
  durationS = 0,
  isRepeated = false,
}: ReceiveOption): AllReceiveMessageOpt {
  return {
    messageRemindType: remindTypeOf(remindType),
    startHour: Math.floor(startSecond / 3600),
    startMinute: Math.floor(startSecond / 60) % 60,
    startSecond: startSecond % 60,
    duration: durationS,
    isRepeated,
  };
}
