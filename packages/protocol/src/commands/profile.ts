import * as v from 'valibot';
import { text } from '../ids.ts';
import { profile } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { userIDs } from './user-results.ts';

/** Profiles of existing users, in the order asked; unknown users are left out. */
export const getProfiles = command('profile.get', {
  request: v.object({ userIDs: userIDs(LIMITS.profilesRead) }),
  reply: v.object({ profiles: v.array(profile) }),
});

/** Whatever a field may hold; what it may not is refused with its own code. */
const value = v.optional(v.unknown());

/** Sets the named fields of my own profile; the others stay. */
export const updateProfile = command('profile.update', {
  request: v.object({
    changes: v.object({
      nick: value,
      avatar: value,
      gender: value,
      birthday: value,
      location: value,
      selfSignature: value,
      allowType: value,
      language: value,
      messageSettings: value,
      adminForbidType: value,
      level: value,
      role: value,
      custom: v.optional(v.record(text(64), v.unknown())),
    }),
  }),
  reply: v.object({ profile }),
});
