import * as v from 'valibot';
import { userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { userIDs, userResults } from './user-results.ts';

/** Whom I have blocked. */
export const listBlacklist = command('blacklist.list', {
  request: v.object({}),
  reply: v.object({ userIDs: v.array(userID) }),
});

/** Blocks users, or lets them reach me again. Nothing that a blocked user sends or does one-to-one comes to me. */
export const changeBlacklist = command('blacklist.change', {
  request: v.object({ action: v.picklist(['add', 'remove']), userIDs: userIDs(LIMITS.blacklist) }),
  reply: userResults,
});
