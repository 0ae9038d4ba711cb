import type { InboxEvent, RequestOf } from '@sterna/protocol';
import { ImError } from '../../errors.ts';
import type { Conversation } from '../../types/conversation.ts';
import type { ConversationResult } from '../../types/result.ts';
import { conversationResult } from './conversation-result.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { communityOf, targetOf } from '../messages/message-from.ts';
import { setGiven } from '../set-given.ts';
import { remindTypeOf } from './remind-type.ts';

type Change = Extract<InboxEvent, { t: 'conversationChanged' }>['changes'];

/** What I keep about conversations: pins, marks, drafts, whether I want to be reminded. */
export function conversationSettings(context: EngineContext): EngineModule {
  const { change, conversations: store, outlet } = context;

  function apply(view: Conversation, { isPinned, remindType, customData, marks }: Change): void {
    setGiven(view, {
      isPinned,
      customData,
      messageRemindType: remindType === undefined ? undefined : remindTypeOf(remindType),
      markList: marks?.map(Number),
    });
  }

  const alter = (
    conversationIDs: string[],
    changes: RequestOf<'conversation.change'>['changes'],
    mark?: RequestOf<'conversation.change'>['mark'],
  ): Promise<ConversationResult> =>
    conversationResult(change('conversation.change', { conversationIDs, changes, mark }));

  return {
    onInbox: {
      conversationChanged({ conversationID, changes }) {
        apply(store.hold(conversationID).view, changes);
        outlet.conversationsChanged();
      },
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
        // What is neither yes nor no changes nothing, and that is refused; so is no mark.
        const marks = [markType % 1 ? '' : markType.toFixed(0)];
        const mark = { add: enableMark === true ? marks : [], remove: enableMark === false ? marks : [] };
        return alter(conversationIDList, {}, mark);
      },
    },
  };
}

const SCOPES = {
  readAllC2CMessage: 'c2c',
  readAllGroupMessage: 'group',
  readAllMessage: 'all',
} as const;
