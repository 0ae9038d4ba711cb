import * as v from 'valibot';
import { conversationID, count, text, userID } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

/**
 * Each step of an invitation travels as a custom message whose `data` is the published JSON of signaling: `message.send` knows
 * it by its shape, and decides with the message whether the step may be taken. What never comes from a client is a timeout.
 */

const inviteID = text(LIMITS.inviteIDBytes);

/** An invitation as it stands. */
export const invitation = v.object({
  inviteID,
  conversationID,
  /** Of the message that made it, and its newest version; 0 where that was for users online only. */
  seq: count,
  version: count,
  inviter: userID,
  inviteeList: v.array(userID),
  /** Empty one-to-one. */
  groupID: v.string(),
  data: v.string(),
  /** In seconds; 0 never. */
  timeout: count,
  timeMs: count,
  /** What has become of the invitees who are not waited for any more, in the numbers of `TSignaling.ACTION_TYPE_…`. */
  outcomes: v.array(v.object({ userID, actionType: v.picklist([2, 3, 4, 5]), data: v.string() })),
});

/** One invitation that I made or got. */
export const getInvitation = command('invitation.get', {
  request: v.object({ inviteID }),
  reply: v.object({ invitation }),
});

/** The invitations that wait for my answer, the oldest first. */
export const listInvitations = command('invitation.list', {
  request: v.object({}),
  reply: v.object({ invitations: v.array(invitation) }),
});
