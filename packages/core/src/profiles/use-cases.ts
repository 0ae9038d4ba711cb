import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { runCommand } from '../delivery/run-command.ts';
import { userSubject } from '../delivery/subjects.ts';
import type { CoreDeps } from '../deps.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { isUserID } from '../user-id.ts';
import { peopleTold } from './people-told.ts';
import { readProfiles } from './read-profiles.ts';

/** Who people are. */
export const profileUseCases: UseCases<Extract<SessionCommand, `profile.${string}`>> = {
  'profile.get': async (deps, { app }, { userIDs }) => ({
    profiles: await readProfiles(deps, app, userIDs.filter(isUserID)),
  }),
  'profile.update': updateProfile,
};

/** My devices learn it from the inbox; others at once where they are online, else when they look. */
async function updateProfile(
  deps: CoreDeps,
  actor: Actor,
  { changes }: RequestOf<'profile.update'>,
): Promise<ReplyOf<'profile.update'>> {
  const people = await peopleTold(deps, actor);
  const { profileCustomFields: customFields } = deps.settings(actor.app);
  const body = { actor, changes, customFields, nowMs: deps.clock.nowMs() };
  const reply = await runCommand(deps, { type: 'profile.update', body });
  for (const userID of people)
    deps.bus.publish(userSubject(actor.app, userID), { kind: 'profile', profile: reply.profile });
  return reply;
}
