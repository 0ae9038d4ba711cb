import * as v from 'valibot';
import { userStatus } from '../user-status.ts';
import { text } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { failedUsers, userIDs } from './user-results.ts';

/** How users show now. */
export const getStatuses = command('status.get', {
  request: v.object({ userIDs: userIDs(LIMITS.statusesRead) }),
  reply: v.object({ statuses: v.array(userStatus), failed: failedUsers }),
});

/** What I say beside being online; gone when I am offline. */
export const setStatus = command('status.set', {
  request: v.object({ custom: text(LIMITS.customStatusBytes) }),
  reply: v.object({ status: userStatus }),
});

/** Pushes every change of these to this connection, which can ask for so many in all: the oldest make room. */
export const subscribeStatuses = command('status.subscribe', {
  request: v.object({ userIDs: userIDs(LIMITS.statusesSubscribedAtOnce) }),
  reply: v.object({ statuses: v.array(userStatus), failed: failedUsers }),
});

/** Without names: of nobody any more. */
export const unsubscribeStatuses = command('status.unsubscribe', {
  request: v.object({ userIDs: v.optional(userIDs(LIMITS.statusesSubscribed)) }),
  reply: v.object({}),
});
