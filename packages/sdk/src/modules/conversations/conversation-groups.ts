import type { InboxEvent, RequestOf } from '@sterna/protocol';
import type { ConversationResult } from '../../types/result.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { conversationResult } from './conversation-result.ts';

type Filling = { conversationIDList: string[]; groupName: string };

/** My groups of conversations. */
export function conversationGroups(context: EngineContext): EngineModule {
  const { change, conversations: store, emit, outlet, request } = context;
  let groupNames = new Set<string>();

  const alterGroup = (body: RequestOf<'conversationGroup.change'>): Promise<ConversationResult> =>
    conversationResult(change('conversationGroup.change', body));

  const fill =
    (action: 'create' | 'add' | 'remove') =>
    ({ conversationIDList: conversationIDs, groupName: name }: Filling): Promise<ConversationResult> =>
      alterGroup({ action, name, conversationIDs });

  function regroup(event: Extract<InboxEvent, { t: 'conversationGroup' }>): void {
    const { name, newName, deleted, added = [], removed = [] } = event;
    const groupName = newName || name;
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

    onInbox: { conversationGroup: regroup },

    methods: {
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
    },

    onLogout() {
      groupNames = new Set();
    },
  };
}
