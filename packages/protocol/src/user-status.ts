import * as v from 'valibot';
import { text, userID } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Platform classes of the login policies. Everything that runs the JavaScript SDK counts as web upstream; here a mini program says so. */
export const platform = v.picklist([
  'web',
  'miniprogram',
  'android',
  'ios',
  'ipad',
  'windows',
  'mac',
  'linux',
]);
export type Platform = v.InferOutput<typeof platform>;

/** How a user shows: on which platforms they are online, if any, and what they say beside. */
export const userStatus = v.object({
  userID,
  platforms: v.array(platform),
  custom: text(LIMITS.customStatusBytes),
  /** No session of theirs is left: more than being away. */
  loggedOut: v.optional(v.literal(true)),
});
