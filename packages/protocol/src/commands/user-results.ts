import * as v from 'valibot';
import { count, userID } from '../ids.ts';

/** Between one user and `max` of them. */
export const userIDs = (max: number) => v.pipe(v.array(userID), v.minLength(1), v.maxLength(max));

/** Users for whom something could not be done, and why. */
export const failedUsers = v.array(v.object({ userID, code: count, text: v.string() }));

/** What became of each user of a list. */
export const userResults = v.object({ done: v.array(userID), failed: failedUsers });
