import * as v from 'valibot';
import { profile } from '../events.ts';
import { count, text, timeMs, userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { failedUsers, userIDs, userResults } from './user-results.ts';

/** Whatever somebody may write; what is too long is refused with the code of relations. */
const words = v.string();
const custom = v.record(text(32), words);

/** Somebody in my friend list, as I know them. */
export const friend = v.object({
  userID,
  remark: v.optional(words),
  source: v.string(),
  wording: v.string(),
  /** Since when. */
  timeMs,
  groups: v.array(v.string()),
  custom: v.optional(custom),
  profile,
});
export type Friend = v.InferOutput<typeof friend>;

/** My friends in the order of their IDs, those after `after`; `next` is the `after` of the next page. */
export const listFriends = command('friend.list', {
  request: v.object({ after: v.optional(userID) }),
  reply: v.object({ friends: v.array(friend), next: v.optional(userID) }),
});

/** Some of my friends; who is none is among the failures. */
export const getFriends = command('friend.get', {
  request: v.object({ userIDs: userIDs(LIMITS.friendsChanged) }),
  reply: v.object({ friends: v.array(friend), failed: failedUsers }),
});

/** Whether others are my friends, and with `both` whether I am theirs. */
export const checkFriends = command('friend.check', {
  request: v.object({ userIDs: userIDs(LIMITS.friendsChecked), both: v.boolean() }),
  reply: v.object({
    done: v.array(
      v.object({
        userID,
        relation: v.picklist([
          'CheckResult_Type_NoRelation',
          'CheckResult_Type_AWithB',
          'CheckResult_Type_BWithA',
          'CheckResult_Type_BothWay',
        ]),
      }),
    ),
    failed: failedUsers,
  }),
});

/** Puts a user into my list, and with `both` me into theirs. 30539: they are asked first. */
export const addFriend = command('friend.add', {
  request: v.object({
    userID,
    both: v.boolean(),
    /** `AddSource_Type_` and up to eight letters. */
    source: words,
    wording: v.optional(words),
    remark: v.optional(words),
    groupName: v.optional(words),
  }),
  reply: v.object({ code: v.picklist([0, 30539]) }),
});

/** Takes users out of my list, and with `both` me out of theirs. */
export const deleteFriends = command('friend.delete', {
  request: v.object({ userIDs: userIDs(LIMITS.friendsChanged), both: v.boolean() }),
  reply: userResults,
});

/** What I note about a friend. */
export const updateFriend = command('friend.update', {
  request: v.object({ userID, remark: v.optional(words), custom: v.optional(custom) }),
  reply: v.object({ friend }),
});

/** A wish to become friends that is not answered yet: one that came, or one that I sent. */
export const friendApplication = v.object({
  userID,
  kind: v.picklist(['in', 'out']),
  nick: v.optional(v.string()),
  avatar: v.optional(v.string()),
  timeMs,
  source: v.string(),
  wording: v.string(),
});

export const listFriendApplications = command('friendApplication.list', {
  request: v.object({}),
  reply: v.object({ applications: v.array(friendApplication), unread: count }),
});

/** Says yes or no. `acceptAndAdd`: the applicant comes into my list too. */
export const answerFriendApplication = command('friendApplication.answer', {
  request: v.object({
    userID,
    answer: v.picklist(['accept', 'acceptAndAdd', 'refuse']),
    remark: v.optional(words),
    groupName: v.optional(words),
  }),
  reply: v.object({}),
});

/** Forgets an application on my side. */
export const deleteFriendApplication = command('friendApplication.delete', {
  request: v.object({ userID, kind: v.picklist(['in', 'out']) }),
  reply: v.object({}),
});

/** I have seen all that came. */
export const readFriendApplications = command('friendApplication.read', {
  request: v.object({}),
  reply: v.object({}),
});

/** A named group of my friends. */
export const friendGroup = v.object({ name: v.string(), userIDs: v.array(userID) });

export const listFriendGroups = command('friendGroup.list', {
  request: v.object({}),
  reply: v.object({ groups: v.array(friendGroup) }),
});

/** Makes, fills, empties, renames or deletes a group of my friends; the reply shows it as it is then, or was. */
export const changeFriendGroup = command('friendGroup.change', {
  request: v.object({
    action: v.picklist(['create', 'delete', 'rename', 'add', 'remove']),
    name: words,
    newName: v.optional(words),
    userIDs: v.optional(v.pipe(v.array(text(LIMITS.namedUserBytes)), v.maxLength(LIMITS.friendsChecked))),
  }),
  reply: v.object({ group: friendGroup, failed: failedUsers }),
});
