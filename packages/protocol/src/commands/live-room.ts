import * as v from 'valibot';
import { count, groupID, instanceID, text, timeMs, userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { platform } from '../user-status.ts';
import { command } from './command.ts';
import { userIDs, userResults } from './user-results.ts';

/**
 * Instead of a login: somebody who only listens, in live rooms, where the app allows it. Such a connection may join and quit
 * them, and ask how many are there; everything else is refused with `notLoggedIn`.
 */
export const enterAsGuest = command('session.guest', {
  request: v.object({
    SDKAppID: count,
    instanceID,
    platform,
    protocol: count,
    sdk: v.optional(text(64)),
  }),
  reply: v.object({ timeMs, idleMs: count }),
});

/** Sets a mark of the app's own on some who are in a live room, or takes it off. For the owner. */
export const markMembers = command('group.markMembers', {
  request: v.object({
    groupID,
    userIDs: userIDs(LIMITS.roomMembersMarked),
    mark: v.pipe(count, v.minValue(LIMITS.roomMarkLeast)),
    isSet: v.boolean(),
  }),
  reply: userResults,
});

/** Who may not come into a live room, and until when. For owner and admins. */
export const listBans = command('group.bans', {
  request: v.object({
    groupID,
    after: v.optional(userID),
    limit: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.roomBansPage)),
  }),
  reply: v.object({
    bans: v.array(v.object({ userID, untilMs: timeMs })),
    next: v.optional(userID),
  }),
});

/** Lets users come back before their time. Those who are not banned are passed over, and not named in the reply. */
export const unbanMembers = command('group.unban', {
  request: v.object({ groupID, userIDs: userIDs(LIMITS.roomBansPage) }),
  reply: v.object({ unbanned: v.array(userID) }),
});
