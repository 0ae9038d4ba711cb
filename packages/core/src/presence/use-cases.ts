import type { Actor } from '../actor.ts';
import type { CoreDeps } from '../deps.ts';
import { runCommand } from '../delivery/run-command.ts';
import { keys } from '../keys.ts';
import type { UserStatus } from '../ports/presence.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { isLoggedOutBy } from './logged-out.ts';
import { type FailedUser, failedUser, namedUsers } from '../user-results.ts';

/** Who is online, and who wants to hear of it. Of all this only what users say beside is stored. */
export const statusUseCases: UseCases<Extract<SessionCommand, `status.${string}`>> = {
  'status.get': async (deps, actor, { userIDs }) => {
    const { known, loggedOut, blocked, failed } = await sorted(deps, actor, userIDs);
    const found = await deps.presence.statusesOf(actor.app, known);
    return { statuses: [...found.map(withSessions(loggedOut)), ...blocked.map(offline)], failed };
  },
  'status.set': async (deps, actor, { custom }) => {
    const body = { actor, text: custom, nowMs: deps.clock.nowMs() };
    const said = await runCommand(deps, { type: 'status.set', body });
    return { status: deps.presence.setStatus(actor, said) };
  },
  'status.subscribe': async (deps, actor, { userIDs }) => {
    const { known, loggedOut, blocked, failed } = await sorted(deps, actor, userIDs);
    const statuses = await deps.presence.watch(actor, known);
    return {
      statuses: statuses.map(withSessions(loggedOut)),
      failed: [...failed, ...blocked.map((userID) => failedUser(userID, 'peerInMyBlacklist'))],
    };
  },
  'status.unsubscribe': async ({ presence }, actor, { userIDs }) => {
    presence.unwatch(actor, userIDs);
    return {};
  },
};

/** Whom the actor has blocked shows as offline; who is nobody has no status. */
async function sorted(
  deps: Pick<CoreDeps, 'store'>,
  { app, userID }: Actor,
  userIDs: readonly string[],
): Promise<{ known: string[]; loggedOut: Set<string>; blocked: string[]; failed: FailedUser[] }> {
  const { userIDs: wanted, failed } = namedUsers(userIDs, 'userNotFound');
  const accounts = await deps.store.get(wanted.map((other) => keys.account(app, other)));
  const blocks = await deps.store.get(wanted.map((other) => keys.blocked(app, userID, other)));
  const exists = wanted.filter((_, index) => accounts[index] !== undefined);
  const blocked = wanted.filter((_, index) => blocks[index] !== undefined);
  return {
    known: exists.filter((other) => !blocked.includes(other)),
    loggedOut: new Set(wanted.filter((_, index) => isLoggedOutBy(accounts[index]))),
    blocked,
    failed: [
      ...failed,
      ...wanted.filter((other) => !exists.includes(other)).map((other) => failedUser(other, 'userNotFound')),
    ],
  };
}

/** Who is online has a session, whatever was read a moment before. */
const withSessions =
  (loggedOut: ReadonlySet<string>) =>
  (status: UserStatus): UserStatus =>
    status.platforms.length === 0 && loggedOut.has(status.userID) ? { ...status, loggedOut: true } : status;

const offline = (userID: string): UserStatus => ({ userID, platforms: [], custom: '' });
