import * as v from 'valibot';
import { count, text } from '../ids.ts';
import { LIMITS } from '../limits.ts';

/** Whoever an application means: what cannot be a userID names nobody, and fails alone. */
export const named = text(LIMITS.namedUserBytes);

/** Between one user and `max` of them. */
export const userIDs = (max: number) => v.pipe(v.array(named), v.minLength(1), v.maxLength(max));

/** Users for whom something could not be done, and why. */
export const failedUsers = v.array(v.object({ userID: named, code: count, text: v.string() }));

/** What became of each user of a list. */
export const userResults = v.object({ done: v.array(named), failed: failedUsers });
