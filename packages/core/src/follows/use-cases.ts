import { LIMITS, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { runCommand } from '../delivery/run-command.ts';
import type { CoreDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import { readProfiles } from '../profiles/read-profiles.ts';
import { decode } from '../records.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { namedUsers } from '../user-results.ts';

/** Who follows whom. */
export const followUseCases: UseCases<Extract<SessionCommand, `follow.${string}`>> = {
  'follow.change': async (deps, actor, { action, userIDs: named }) => {
    const { userIDs, failed: nobody } = namedUsers(named, 'relationUserNotFound');
    if (userIDs.length === 0) return { done: [], failed: nobody };
    const body = { actor, action, userIDs, nowMs: deps.clock.nowMs() };
    const { done, failed } = await runCommand(deps, { type: 'follow.change', body });
    return { done, failed: [...nobody, ...failed] };
  },
  'follow.list': listFollows,
  // Whoever does not exist is left out, as among profiles.
  'follow.counts': async (deps, { app }, { userIDs: named }) => {
    const { userIDs } = namedUsers(named, 'relationUserNotFound');
    const accounts = await deps.store.get(userIDs.map((userID) => keys.account(app, userID)));
    const existing = userIDs.filter((_, index) => accounts[index] !== undefined);
    const records = await deps.store.get(existing.map((userID) => keys.followCounts(app, userID)));
    const counts = existing.map((userID, index) => ({ userID, ...decode.followCounts(records[index]) }));
    return { counts };
  },
  'follow.check': async (deps, { app, userID }, { userIDs: named }) => {
    const { userIDs } = namedUsers(named, 'relationUserNotFound');
    const read = (list: 'following' | 'followers') =>
      deps.store.get(userIDs.map((otherID) => keys.follow(app, userID, { list, otherID })));
    const [following, followers] = [await read('following'), await read('followers')];
    const relations = userIDs.map((otherID, index) => ({
      userID: otherID,
      following: following[index] !== undefined,
      follower: followers[index] !== undefined,
    }));
    return { relations };
  },
};

async function listFollows(
  deps: Pick<CoreDeps, 'store'>,
  { app, userID }: Actor,
  { list, after }: RequestOf<'follow.list'>,
): Promise<ReplyOf<'follow.list'>> {
  const prefix = keys.follows(app, userID, list);
  const records = await deps.store.scan({
    prefix,
    limit: LIMITS.followsPage,
    ...(after !== undefined && { after: keys.follow(app, userID, { list, otherID: after }) }),
  });
  const userIDs = records.map(([key]) => unpart(key.slice(prefix.length)));
  const profiles = await readProfiles(deps, app, userIDs);
  const users = profiles.map(({ userID: otherID, nick, avatar }) => ({
    userID: otherID,
    ...(nick && { nick }),
    ...(avatar && { avatar }),
  }));
  const last = userIDs.at(-1);
  return { users, ...(records.length === LIMITS.followsPage && last !== undefined && { next: last }) };
}
