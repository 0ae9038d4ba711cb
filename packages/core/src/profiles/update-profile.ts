import type { Profile, RequestOf } from '@sterna/protocol';
import { LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { acceptedChanges } from './accepted-changes.ts';

/** `customFields` names the custom fields that the app has configured. */
export interface UpdateProfileBody {
  actor: Actor;
  changes: RequestOf<'profile.update'>['changes'];
  customFields: readonly string[];
  nowMs: number;
}

/** Sets the named fields of my own profile and tells my devices. */
export const updateProfile: Decision<UpdateProfileBody, { profile: Profile }> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, changes, customFields, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const accepted = acceptedChanges(changes, customFields);
    const key = keys.profile(app, userID);
    const before = decode.profile(tx.get(key), userID);
    const custom = { ...before.custom, ...accepted.custom };
    if (Object.keys(custom).length > LIMITS.profileCustomFields)
      throw new ImError('profileValueInvalid', 'too many fields');
    const profile: Profile = {
      ...before,
      ...accepted,
      ...(Object.keys(custom).length > 0 && { custom }),
      userID,
      timeMs: nowMs,
    };
    tx.set(key, toJson(profile));
    appendInbox(tx, app, userID, { t: 'profile', profile });
    return { profile };
  },
};
