import type { InboxEvent, RequestOf } from '@sterna/protocol';
import { ImError } from '../../errors.ts';
import type { AllReceiveMessageOpt, Conversation } from '../../types/conversation.ts';
import type { ConversationResult, IMResponse } from '../../types/result.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';

type Change = Extract<InboxEvent, { t: 'conversationChanged' }>['changes'];
type ReceiveOption = Extract<InboxEvent, { t: 'receiveOption' }>['option'];

/** What I keep about conversations: pins, marks, drafts, groups, whether I want to be reminded. */
export function conversationSettings(context: EngineContext): EngineModule {
  const { conversations: store, emit, outlet, request, sync } = context;
  let groupNames = new Set<string>();

  function apply(view: Conversation, { isPinned, remindType, customData, marks }: Change): void {
    if (isPinned !== undefined) view.isPinned = isPinned;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server stores what this SDK, or one like it, has sent
    if (remindType !== undefined) view.messageRemindType = remindType as Conversation['messageRemindType'];
    if (customData !== undefined) view.customData = customData;
    if (marks !== undefined) view.markList = marks.map(Number);
  }

  /** Changes what the server keeps; the inbox brings it to this device as to the others. */
  async function change(request_: RequestOf<'conversation.change'>): Promise<ConversationResult> {
    const { done, failed } = await request('conversation.change', request_);
    await sync.refresh();
    return resultOf(done, failed);
  }

  async function changeGroup(body: RequestOf<'conversationGroup.change'>): Promise<ConversationResult> {
    const { done, failed } = await request('conversationGroup.change', body);
    await sync.refresh();
    return resultOf(done, failed);
  }

  function regroup(event: Extract<InboxEvent, { t: 'conversationGroup' }>): void {
    const { name, newName, deleted, added = [], removed = [] } = event;
    const isKnown = groupNames.has(name);
    for (const { view } of store.all()) {
      const { conversationGroupList: list, conversationID } = view;
      const isIn = list.includes(name);
      if (isIn && (deleted || newName !== undefined || removed.includes(conversationID))) {
        view.conversationGroupList = list.filter((one) => one !== name);
        if (newName !== undefined) view.conversationGroupList.push(newName);
      } else if (!isIn && added.includes(conversationID)) view.conversationGroupList = [...list, name];
    }
    if (deleted || newName !== undefined) groupNames.delete(name);
    if (!deleted) groupNames.add(newName ?? name);
    if (!isKnown || deleted || newName !== undefined) emit('onConversationGroupListUpdated', [...groupNames]);
    if (!deleted) {
      const groupName = newName ?? name;
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
      async setAllMessageRead({ scope = 'readAllMessage' } = {}) {
        const scopes = {
          readAllC2CMessage: 'c2c',
          readAllGroupMessage: 'group',
          readAllMessage: 'all',
        } as const;
        await request('conversation.readAll', { scope: scopes[scope] });
        await sync.refresh();
        return { code: 0, data: {} };
      },
      async pinConversation({ conversationID, isPinned }) {
        firstFailure(await change({ conversationIDs: [conversationID], changes: { isPinned } }));
        return { code: 0, data: { conversationID, isPinned } };
      },
      async setMessageRemindType({ groupID, userIDList, messageRemindType: remindType }) {
        if (groupID) {
          await request('group.updateMember', { groupID, remindType });
          await sync.refresh();
          const group = context.groups.of(groupID);
          group.selfInfo.messageRemindType = remindType;
          outlet.groupsChanged();
          return { code: 0, data: { group } };
        }
        const conversationIDs = (userIDList ?? []).map((userID) => `C2C${userID}`);
        const { successConversationIDList, failureConversationIDList } = await change({
          conversationIDs,
          changes: { remindType },
        });
        return {
          code: 0,
          data: {
            successUserIDList: successConversationIDList.map((conversationID) => ({
              userID: conversationID.slice(3),
            })),
            failureUserIDList: failureConversationIDList.map(({ conversationID, code, message }) => ({
              userID: conversationID.slice(3),
              code,
              message,
            })),
          },
        };
      },
      getTotalUnreadMessageCount: store.totalUnread,
      async setConversationDraft({ conversationID, draftText }) {
        store.hold(conversationID).view.draftText = draftText;
        outlet.conversationsChanged();
        return { code: 0, data: {} };
      },
      setConversationCustomData: async ({ conversationIDList: conversationIDs, customData }) =>
        ok(await change({ conversationIDs, changes: { customData } })),
      markConversation: async ({ conversationIDList: conversationIDs, markType, enableMark }) => {
        const marks = [markType.toFixed(0)];
        const mark = enableMark ? { add: marks, remove: [] } : { add: [], remove: marks };
        return ok(await change({ conversationIDs, changes: {}, mark }));
      },
      async getConversationGroupList() {
        return { code: 0, data: await loadGroups() };
      },
      createConversationGroup: async ({ conversationIDList: conversationIDs, groupName: name }) =>
        ok(await changeGroup({ action: 'create', name, conversationIDs })),
      async deleteConversationGroup(name) {
        await changeGroup({ action: 'delete', name });
        return { code: 0, data: {} };
      },
      async renameConversationGroup({ oldName: name, newName }) {
        await changeGroup({ action: 'rename', name, newName });
        return { code: 0, data: {} };
      },
      addConversationsToGroup: async ({ conversationIDList: conversationIDs, groupName: name }) =>
        ok(await changeGroup({ action: 'add', name, conversationIDs })),
      deleteConversationsFromGroup: async ({ conversationIDList: conversationIDs, groupName: name }) =>
        ok(await changeGroup({ action: 'remove', name, conversationIDs })),
      async setAllReceiveMessageOpt({
        messageRemindType,
        startHour = 0,
        startMinute = 0,
        startSecond = 0,
        duration,
        isRepeated,
      }) {
        const option = {
          ...(messageRemindType && { remindType: messageRemindType }),
          startSecond: startHour * 3600 + startMinute * 60 + startSecond,
          ...(duration !== undefined && { durationS: duration }),
          ...(isRepeated !== undefined && { isRepeated }),
        };
        await request('receiveOption.set', { option });
        return { code: 0, data: {} };
      },
      async getAllReceiveMessageOpt() {
        const { option } = await request('receiveOption.get', {});
        return { code: 0, data: optionView(option) };
      },
    },

    onLogout() {
      groupNames = new Set();
    },
  };
}

const ok = (data: ConversationResult): IMResponse<ConversationResult> => ({ code: 0, data });

function resultOf(
  done: string[],
  failed: { conversationID: string; code: number; text: string }[],
): ConversationResult {
  return {
    successConversationIDList: done,
    failureConversationIDList: failed.map(({ conversationID, code, text }) => ({
      conversationID,
      code,
      message: text,
    })),
  };
}

/** A call about one conversation fails as a whole. */
function firstFailure({ failureConversationIDList: [failed] }: ConversationResult): void {
  if (failed) throw new ImError(failed.code, failed.message);
}

function optionView({
  remindType = 'AcceptAndNotify',
  startSecond = 0,
  durationS = 0,
  isRepeated = false,
}: ReceiveOption): AllReceiveMessageOpt {
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server stores what this SDK, or one like it, has sent
    messageRemindType: remindType as AllReceiveMessageOpt['messageRemindType'],
    startHour: Math.floor(startSecond / 3600),
    startMinute: Math.floor(startSecond / 60) % 60,
    startSecond: startSecond % 60,
    duration: durationS,
    isRepeated,
  };
}
