import { LIMITS } from '@sterna/protocol';
import { runCommand } from '../delivery/run-command.ts';
import { keys, unpart } from '../keys.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { namedUsers, type UserResults } from '../user-results.ts';
import { blockedSince, tellMissedFaces } from './missed-faces.ts';

/** Users that are blocked in one transaction, so that none is ever large. */
const SLICE = 50;

/** Who may not reach whom. */
export const blacklistUseCases: UseCases<Extract<SessionCommand, `blacklist.${string}`>> = {
  'blacklist.list': async (deps, { app, userID }) => {
    const prefix = keys.blockedBy(app, userID);
    const records = await deps.store.scan({ prefix, limit: LIMITS.blacklist });
    return { userIDs: records.map(([key]) => unpart(key.slice(prefix.length))) };
  },

  'blacklist.change': async (deps, actor, { action, userIDs: named }) => {
    const { userIDs, failed: nobody } = namedUsers(named, 'blacklistUserNotFound');
    const all: UserResults = { done: [], failed: action === 'add' ? nobody : [] };
    for (let at = 0; at < userIDs.length; at += SLICE) {
      const some = userIDs.slice(at, at + SLICE);
      const body = { actor, action, userIDs: some, nowMs: deps.clock.nowMs() };
      const since = action === 'remove' ? await blockedSince(deps, actor, some) : undefined;
      const { done, failed } = await runCommand(deps, { type: 'blacklist.change', body });
      all.done.push(...done);
      all.failed.push(...failed);
      if (since !== undefined) await tellMissedFaces(deps, actor, since);
    }
    return all;
  },
};
