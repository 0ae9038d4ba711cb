import * as v from 'valibot';
import { text, userID } from '../ids.ts';
import { profile } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

/** Profiles of existing users, in the order asked; unknown users are left out. */
export const getProfiles = command('profile.get', {
  request: v.object({ userIDs: v.pipe(v.array(userID), v.minLength(1), v.maxLength(LIMITS.profilesRead)) }),
  reply: v.object({ profiles: v.array(profile) }),
});

/** Whatever a field may hold; what it may not is refused with its own code. */
const value = v.optional(text(LIMITS.profileWishBytes));
const number = v.optional(v.number());

/** Sets the named fields of my own profile; the others stay. */
export const updateProfile = command('profile.update', {
  request: v.object({
    changes: v.object({
      nick: value,
      avatar: value,
      gender: value,
      birthday: number,
      location: value,
      selfSignature: value,
      allowType: value,
      language: number,
      messageSettings: number,
      adminForbidType: value,
      level: number,
      role: number,
      custom: v.optional(v.record(text(64), text(LIMITS.profileWishBytes))),
    }),
  }),
  reply: v.object({ profile }),
});
