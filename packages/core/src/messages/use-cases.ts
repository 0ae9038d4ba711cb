import { runCommand } from '../delivery/run-command.ts';
import { namesFiles, requireFiles } from '../uploads/require-files.ts';
import type { UseCases } from '../use-case.ts';
import { allowedElements } from './forbidden-words.ts';
import { requireMergers } from './mergers.ts';
import {
  findMessage,
  getExtensions,
  getReactions,
  getReactionUsers,
  getReadMembers,
  getReceipts,
  sendersOf,
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

/** What becomes of a message after it was sent. */
export const messageLifeUseCases: UseCases<Name> = {
  'message.recall': (deps, actor, { conversationID, seq, reason = '' }) => {
    const { recallWindowMs: windowMs } = deps.settings(actor.app);
    const body = { actor, conversationID, seq, reason, windowMs, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'message.recall', body });
  },
  'message.modify': async (deps, actor, request) => {
    const { elements: given } = request;
    const elements = given && allowedElements(given, deps.settings(actor.app).forbiddenWords);
    if (elements && namesFiles(elements)) await requireFiles(deps, actor, elements);
    if (elements) await requireMergers(deps, actor, elements);
    const allowed = elements ? { ...request, elements } : request;
    return runCommand(deps, {
      type: 'message.modify',
      body: { actor, request: allowed, nowMs: deps.clock.nowMs() },
    });
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
    const senders = await sendersOf(deps, actor, request.conversationID, request.seqs);
    const body = { actor, ...request, senders, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'receipt.send', body });
  },
  'receipt.get': getReceipts,
  'receipt.members': getReadMembers,
};
