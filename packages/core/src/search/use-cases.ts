import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import type { SearchIndex } from '../ports/search.ts';
import type { UseCases } from '../use-case.ts';
import { searchMessages } from './search-messages.ts';
import { searchGroups, searchMembers, searchUsers } from './search-named.ts';

type Name = 'search.messages' | 'search.users' | 'search.groups' | 'search.members';

function searching(deps: CoreDeps): { store: CoreDeps['store']; search: SearchIndex } {
  const { store, search } = deps;
  if (search === undefined) throw new ImError('notSupported', 'this server keeps no index to search');
  return { store, search };
}

/** Looking for what the searcher may see. */
export const searchUseCases: UseCases<Name> = {
  'search.messages': async (deps, actor, request) =>
    searchMessages(searching(deps), actor, request, deps.clock.nowMs()),
  'search.users': async (deps, actor, request) =>
    searchUsers(searching(deps), actor, request, deps.clock.nowMs()),
  'search.groups': async (deps, actor, request) =>
    searchGroups(searching(deps), actor, request, deps.clock.nowMs()),
  'search.members': async (deps, actor, request) =>
    searchMembers(searching(deps), actor, request, deps.clock.nowMs()),
};
