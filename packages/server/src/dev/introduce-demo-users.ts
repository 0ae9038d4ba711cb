import { type Actor, type CoreDeps, readProfiles, runCommand } from '@sterna/core';
import { DEMO_APP_ID } from './demo-app.ts';
import type { DemoUser } from './demo-users.ts';

/** Gives the people of the demo their accounts and faces, at the first start: what somebody changed since is left alone. */
export async function introduceDemoUsers(
  deps: Omit<CoreDeps, 'presence' | 'rooms'>,
  users: readonly DemoUser[],
): Promise<void> {
  const known = await readProfiles(
    deps,
    DEMO_APP_ID,
    users.map(({ userID }) => userID),
  );
  // Whoever has an account but never had a profile was met by a start that did not come to its end.
  const knownIDs = new Set(known.flatMap(({ userID, timeMs }) => (timeMs === undefined ? [] : [userID])));
  const newcomers = users.filter(({ userID }) => !knownIDs.has(userID));
  await Promise.all(newcomers.map((user) => introduce(deps, user)));
}

/** A profile is its owner's to change, so the newcomer logs in, says who they are, and logs out. */
async function introduce(
  deps: Omit<CoreDeps, 'presence' | 'rooms'>,
  { userID, nick, avatar }: DemoUser,
): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const session = { instanceID: `introduction-${deps.random.id(12)}`, platform: 'linux' } as const;
  const { loginPolicy, profileCustomFields } = deps.settings(DEMO_APP_ID);
  const { epoch } = await runCommand(deps, {
    type: 'session.login',
    body: {
      app: DEMO_APP_ID,
      userID,
      ...session,
      sigTimeS: Math.floor(nowMs / 1000),
      nowMs,
      policy: loginPolicy,
    },
  });
  const actor: Actor = { app: DEMO_APP_ID, userID, session: { ...session, epoch } };
  const body = { actor, changes: { nick, avatar }, customFields: profileCustomFields, nowMs };
  await runCommand(deps, { type: 'profile.update', body });
  await runCommand(deps, { type: 'session.logout', body: { actor } });
}
