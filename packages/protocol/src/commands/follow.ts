import * as v from 'valibot';
import { followList, userCard } from '../events.ts';
import { count, userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { userIDs, userResults } from './user-results.ts';

/** Follows users, or follows them no more. Who is followed already, or not, counts as done. */
export const changeFollows = command('follow.change', {
  request: v.object({ action: v.picklist(['add', 'remove']), userIDs: userIDs(LIMITS.followsChanged) }),
  reply: userResults,
});

/** A page of one of my lists, in the order of IDs, after `after`; `next` is the `after` of the next page. */
export const listFollows = command('follow.list', {
  request: v.object({ list: followList, after: v.optional(userID) }),
  reply: v.object({ users: v.array(userCard), next: v.optional(userID) }),
});

/** How many follow each of these, and whom they follow. */
export const countFollows = command('follow.counts', {
  request: v.object({ userIDs: userIDs(LIMITS.followsRead) }),
  reply: v.object({
    counts: v.array(v.object({ userID, following: count, followers: count, mutual: count })),
  }),
});

/** How each of these and I stand to one another. */
export const checkFollows = command('follow.check', {
  request: v.object({ userIDs: userIDs(LIMITS.followsRead) }),
  reply: v.object({
    relations: v.array(v.object({ userID, following: v.boolean(), follower: v.boolean() })),
  }),
});
