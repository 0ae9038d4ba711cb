import type { StoredElement } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { runCommand } from '../delivery/run-command.ts';
import type { ReadDeps } from '../deps.ts';
import { inviteIDOf } from '../signaling/forget-step.ts';
import { namesFiles, requireFiles } from '../uploads/require-files.ts';
import type { UseCases } from '../use-case.ts';
import { allowedElements } from './forbidden-words.ts';
import { hasMerged, mergersWithin } from './merger-uses.ts';
import {
  findMessage,
  getExtensions,
  getReactions,
  getReactionUsers,
  getReadMembers,
  getReceipts,
  receivedOf,
} from './read-message-extras.ts';

type Name =
  | 'message.recall'
  | 'message.modify'
  | 'message.delete'
  | 'message.clear'
  | 'message.find'
  | 'message.setExtensions'
  | 'message.deleteExtensions'
  | 'message.getExtensions'
  | 'message.addReaction'
  | 'message.removeReaction'
  | 'message.getReactions'
  | 'message.getReactionUsers'
  | 'receipt.send'
  | 'receipt.get'
  | 'receipt.members';

/** What a message says now, whoever may see it. */
async function elementsOf(
  { store }: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seq }: { conversationID: string; seq: number },
): Promise<readonly StoredElement[]> {
  const log = conversationLog(app, userID, parseConversationID(conversationID));
  const [entry] = await store.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
  return entry?.event.t === 'message' ? entry.event.elements : [];
}

/** What becomes of a message after it was sent. */
export const messageLifeUseCases: UseCases<Name> = {
  'message.recall': async (deps, actor, { conversationID, seq, reason = '' }) => {
    const said = await elementsOf(deps, actor, { conversationID, seq });
    const mergers = await mergersWithin(deps, actor.app, said);
    const inviteID = inviteIDOf(said);
    const { recallWindowMs: windowMs } = deps.settings(actor.app);
    const nowMs = deps.clock.nowMs();
    const body = {
      actor,
      conversationID,
      seq,
      reason,
      windowMs,
      nowMs,
      mergers,
      ...(inviteID && { inviteID }),
    };
    return runCommand(deps, { type: 'message.recall', body });
  },
  'message.modify': async (deps, actor, request) => {
    const { elements: given } = request;
    const elements = given && allowedElements(given, deps.settings(actor.app).forbiddenWords);
    if (elements && namesFiles(elements))
      await requireFiles(deps, actor, { conversationID: request.conversationID, elements });
    const mergers =
      elements && hasMerged(elements)
        ? {
            after: await mergersWithin(deps, actor.app, elements),
            before: await mergersWithin(deps, actor.app, await elementsOf(deps, actor, request)),
          }
        : undefined;
    const allowed = elements ? { ...request, elements } : request;
    const body = { actor, request: allowed, nowMs: deps.clock.nowMs(), ...(mergers && { mergers }) };
    return runCommand(deps, { type: 'message.modify', body });
  },
  'message.delete': (deps, actor, request) =>
    runCommand(deps, { type: 'message.delete', body: { actor, ...request } }),
  'message.clear': (deps, actor, request) =>
    runCommand(deps, { type: 'message.clear', body: { actor, ...request } }),
  'message.find': findMessage,
  'message.setExtensions': (deps, actor, request) =>
    runCommand(deps, { type: 'message.setExtensions', body: { actor, request } }),
  'message.deleteExtensions': (deps, actor, request) =>
    runCommand(deps, { type: 'message.deleteExtensions', body: { actor, request } }),
  'message.getExtensions': getExtensions,
  'message.addReaction': (deps, actor, request) =>
    runCommand(deps, { type: 'message.addReaction', body: { actor, ...request } }),
  'message.removeReaction': (deps, actor, request) =>
    runCommand(deps, { type: 'message.removeReaction', body: { actor, ...request } }),
  'message.getReactions': getReactions,
  'message.getReactionUsers': getReactionUsers,
  'receipt.send': async (deps, actor, request) => {
    const { conversationID } = request;
    const received = await receivedOf(deps, actor, conversationID, request.seqs);
    const body = { actor, conversationID, ...received, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'receipt.send', body });
  },
  'receipt.get': getReceipts,
  'receipt.members': getReadMembers,
};
