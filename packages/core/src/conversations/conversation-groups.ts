import { LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { type ConversationGroup, decode, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { failure, type ListResult } from './change-conversations.ts';
import { loadMine } from './load-mine.ts';

export interface ConversationGroupBody {
  actor: Actor;
  request: RequestOf<'conversationGroup.change'>;
}

/** Changes one of the actor's named groups of conversations. Unknown conversations fail one by one. */
export const changeConversationGroup: Decision<ConversationGroupBody, ListResult> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, request }) {
    requireSession(tx, actor);
    switch (request.action) {
      case 'create':
        return create(tx, actor, request);
      case 'delete':
        return remove(tx, actor, request.name);
      case 'rename':
        return rename(tx, actor, request);
      case 'add':
      case 'remove':
        return fill(tx, actor, request, requireGroup(tx, actor, request.name));
    }
  },
};

type Request = ConversationGroupBody['request'];

const NOTHING: ListResult = { done: [], failed: [] };

const find = (tx: Transaction, { app, userID }: Actor, name: string): ConversationGroup | undefined =>
  decode.conversationGroup(tx.get(keys.conversationGroup(app, userID, name)));

function requireGroup(tx: Transaction, actor: Actor, name: string): ConversationGroup {
  const group = find(tx, actor, name);
  if (group === undefined) throw new ImError('conversationGroupNotFound', JSON.stringify(name));
  return group;
}

function store(tx: Transaction, { app, userID }: Actor, group: ConversationGroup): void {
  tx.set(keys.conversationGroup(app, userID, group.name), toJson(group));
}

function create(tx: Transaction, actor: Actor, request: Request): ListResult {
  const { app, userID } = actor;
  if (find(tx, actor, request.name) !== undefined)
    throw new ImError('conversationGroupExists', JSON.stringify(request.name));
  const existing = tx.scan({
    prefix: keys.conversationGroups(app, userID),
    limit: LIMITS.conversationGroups,
  });
  if (existing.length >= LIMITS.conversationGroups) throw new ImError('tooManyConversationGroups');
  return fill(tx, actor, { ...request, action: 'add' }, { name: request.name, conversationIDs: [] });
}

function remove(tx: Transaction, actor: Actor, name: string): ListResult {
  requireGroup(tx, actor, name);
  tx.delete(keys.conversationGroup(actor.app, actor.userID, name));
  appendInbox(tx, actor.app, actor.userID, { t: 'conversationGroup', name, deleted: true });
  return NOTHING;
}

function rename(tx: Transaction, actor: Actor, { name, newName }: Request): ListResult {
  if (newName === undefined) throw new ImError('badParameter', 'newName');
  const group = requireGroup(tx, actor, name);
  if (find(tx, actor, newName) !== undefined)
    throw new ImError('conversationGroupExists', JSON.stringify(newName));
  tx.delete(keys.conversationGroup(actor.app, actor.userID, name));
  store(tx, actor, { ...group, name: newName });
  appendInbox(tx, actor.app, actor.userID, { t: 'conversationGroup', name, newName });
  return NOTHING;
}

function fill(tx: Transaction, actor: Actor, request: Request, group: ConversationGroup): ListResult {
  const { app, userID } = actor;
  const result: ListResult = { done: [], failed: [] };
  for (const conversationID of new Set(request.conversationIDs ?? [])) {
    if (loadMine(tx, actor, conversationID) !== undefined) result.done.push(conversationID);
    else result.failed.push({ conversationID, ...failure('conversationNotFound') });
  }
  const others = group.conversationIDs.filter((id) => !result.done.includes(id));
  const conversationIDs = request.action === 'add' ? [...others, ...result.done] : others;
  if (conversationIDs.length > LIMITS.conversationsInGroup)
    throw new ImError('badParameter', 'too many conversations');
  store(tx, actor, { ...group, conversationIDs });
  const change = request.action === 'add' ? { added: result.done } : { removed: result.done };
  appendInbox(tx, app, userID, { t: 'conversationGroup', name: group.name, ...change });
  return result;
}

/** All of the user's groups, in the order of their names. */
export async function listConversationGroups(
  deps: ReadDeps,
  app: number,
  userID: string,
): Promise<ConversationGroup[]> {
  const records = await deps.store.scan({
    prefix: keys.conversationGroups(app, userID),
    limit: LIMITS.conversationGroups,
  });
  return records.flatMap(([, value]) => decode.conversationGroup(value) ?? []);
}
