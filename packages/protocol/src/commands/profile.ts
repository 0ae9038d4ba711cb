import * as v from 'valibot';
import { userID } from '../ids.ts';
import { profile } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

/** Profiles of existing users, in the order asked; unknown users are left out. */
export const getProfiles = command('profile.get', {
  request: v.object({ userIDs: v.pipe(v.array(userID), v.minLength(1), v.maxLength(LIMITS.profilesRead)) }),
  reply: v.object({ profiles: v.array(profile) }),
});

/** Sets the named fields of my own profile; the others stay. */
export const updateProfile = command('profile.update', {
  request: v.object({ changes: v.omit(profile, ['userID', 'timeMs']) }),
  reply: v.object({ profile }),
});
