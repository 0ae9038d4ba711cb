import type { ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { runCommand } from '../delivery/run-command.ts';
import { userSubject } from '../delivery/subjects.ts';
import type { CoreDeps } from '../deps.ts';
import { userScope } from '../keys.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { changeAvatar } from '../uploads/change-avatar.ts';
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
  const { app, userID } = actor;
  const shown = { place: userScope(app, userID), avatar: avatarOf(changes) };
  const reply = await changeAvatar(deps, actor, shown, (stored) => {
    const body = { actor, changes: { ...changes, ...stored }, customFields, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'profile.update', body });
  });
  for (const userID of people)
    deps.bus.publish(userSubject(actor.app, userID), { kind: 'profile', profile: reply.profile });
  return reply;
}

/** Anything else than a text is for the decision to refuse. */
const avatarOf = ({ avatar }: RequestOf<'profile.update'>['changes']): string | undefined =>
  typeof avatar === 'string' ? avatar : undefined;
