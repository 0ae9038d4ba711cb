import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { runCommand } from '../delivery/run-command.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { given } from '../given.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { namedUsers, type UserResults } from '../user-results.ts';
import { checkFriends, getFriends, listApplications, listFriendGroups, listFriends } from './read-friends.ts';

/** Friends that are deleted in one transaction, so that none is ever large. */
const SLICE = 50;

type Name = Extract<SessionCommand, `friend${'' | 'Application' | 'Group'}.${string}`>;

/** Friends, wishes to become friends, and groups of friends. */
export const friendUseCases: UseCases<Name> = {
  'friend.list': listFriends,
  'friend.get': getFriends,
  'friend.check': checkFriends,
  'friend.add': (deps, actor, request) =>
    runCommand(deps, { type: 'friend.add', body: { actor, request, nowMs: deps.clock.nowMs() } }),
  'friend.delete': async (deps, actor, { userIDs: named, both }) => {
    const { userIDs, failed: nobody } = namedUsers(named, 'notFriends');
    const all: UserResults = { done: [], failed: nobody };
    for (let at = 0; at < userIDs.length; at += SLICE) {
      const body = { actor, userIDs: userIDs.slice(at, at + SLICE), both };
      const { done, failed } = await runCommand(deps, { type: 'friend.delete', body });
      all.done.push(...done);
      all.failed.push(...failed);
    }
    return all;
  },
  'friend.update': updateFriend,

  'friendApplication.list': listApplications,
  'friendApplication.answer': (deps, actor, request) => {
    const body = { actor, request, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'friendApplication.answer', body });
  },
  'friendApplication.delete': (deps, actor, request) =>
    runCommand(deps, { type: 'friendApplication.delete', body: { actor, ...request } }),
  'friendApplication.read': (deps, actor) =>
    runCommand(deps, { type: 'friendApplication.read', body: { actor } }),

  'friendGroup.list': async (deps, { app, userID }) => {
    const groups = await listFriendGroups(deps, app, userID);
    return { groups: groups.map(({ name, userIDs }) => ({ name, userIDs: [...userIDs] })) };
  },
  'friendGroup.change': (deps, actor, request, call) =>
    runCommand(deps, { type: 'friendGroup.change', body: { actor, request, ...given({ call }) } }),
};

async function updateFriend(
  deps: CoreDeps,
  actor: Actor,
  { userID, ...changes }: RequestOf<'friend.update'>,
): Promise<ReplyOf<'friend.update'>> {
  const { friendCustomFields: customFields = [] } = deps.settings(actor.app);
  const body = { actor, userID, changes: given(changes), customFields };
  await runCommand(deps, { type: 'friend.update', body });
  const [friend] = (await getFriends(deps, actor, { userIDs: [userID] })).friends;
  if (friend === undefined) throw new ImError('notFriends', userID);
  return { friend };
}
