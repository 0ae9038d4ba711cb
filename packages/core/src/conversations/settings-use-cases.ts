import { runCommand } from '../delivery/run-command.ts';
import { keys } from '../keys.ts';
import { shownTo } from '../logs/shown-to.ts';
import { decode } from '../records.ts';
import type { UseCases } from '../use-case.ts';
import { listConversationGroups } from './conversation-groups.ts';
import { recentReaders, topicReaders } from './list-conversations.ts';

type Name =
  | 'conversation.change'
  | 'conversation.readAll'
  | 'conversationGroup.list'
  | 'conversationGroup.change'
  | 'receiveOption.set'
  | 'receiveOption.get';

/** What a user keeps about conversations. */
export const conversationSettingsUseCases: UseCases<Name> = {
  'conversation.change': (deps, actor, request) =>
    runCommand(deps, { type: 'conversation.change', body: { actor, request } }),

  'conversation.readAll': async (deps, actor, { scope }) => {
    const recent = await recentReaders(deps, actor.app, actor.userID);
    const topics = await topicReaders(deps, actor, recent);
    for (const { ref, mine, head, conversationID } of [...recent, ...topics]) {
      const { seq } = shownTo(head, actor.userID);
      if ((mine?.readSeq ?? 0) >= seq) continue;
      if (scope !== 'all' && ref.kind !== scope) continue;
      const body = { actor, conversationID, seq, nowMs: deps.clock.nowMs() };
      await runCommand(deps, { type: 'conversation.read', body });
    }
    return {};
  },

  'conversationGroup.list': async (deps, { app, userID }) => {
    const groups = await listConversationGroups(deps, app, userID);
    return {
      groups: groups.map(({ name, conversationIDs }) => ({ name, conversationIDs: [...conversationIDs] })),
    };
  },
  'conversationGroup.change': (deps, actor, request) =>
    runCommand(deps, { type: 'conversationGroup.change', body: { actor, request } }),

  'receiveOption.set': (deps, actor, { option }) =>
    runCommand(deps, { type: 'receiveOption.set', body: { actor, option } }),
  'receiveOption.get': async (deps, { app, userID }) => {
    const [record] = await deps.store.get([keys.receiveOption(app, userID)]);
    return { option: decode.receiveOption(record) };
  },
};
