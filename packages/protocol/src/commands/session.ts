import * as v from 'valibot';
import { conversationID, count, instanceID, text, timeMs, userID } from '../ids.ts';
import { conversationRange, inboxRange } from '../frame.ts';
import { profile } from '../events.ts';
import { platform } from '../user-status.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';
import { conversationSnapshot } from './conversation.ts';

/** Where a device stands: the store's epoch, the inbox position, and the position in each conversation it holds. */
export const cursor = v.object({
  epoch: text(64),
  inbox: count,
  conversations: v.pipe(
    v.record(conversationID, count),
    v.check(
      (held) => Object.keys(held).length <= LIMITS.conversationsListed,
      `more than ${LIMITS.conversationsListed} conversations`,
    ),
  ),
});
export type Cursor = v.InferOutput<typeof cursor>;

/**
 * What a device needs to be current.
 * `reset`: forget what you hold; `conversations` is the whole list, each with the position it stands at.
 * `delta`: `inbox` and `ranges` continue the cursor. `behind` names conversations that have more than fits:
 * read them with `conversation.sync`. `conversations` are those that the device did not name.
 * `inboxMore` says that the inbox goes on after `inbox.to`: read it with `inbox.sync`.
 */
export const syncPage = v.object({
  mode: v.picklist(['reset', 'delta']),
  epoch: text(64),
  inbox: inboxRange,
  inboxMore: v.boolean(),
  conversations: v.array(conversationSnapshot),
  ranges: v.array(conversationRange),
  behind: v.array(v.object({ conversationID, pos: count })),
});
export type SyncPage = v.InferOutput<typeof syncPage>;

/**
 * The first request of every socket. With `resume`, the number of a session that this instance was given before:
 * it goes on, nobody is evicted, and if it was ended meanwhile the answer is `sessionEvicted` with its reason.
 * Without, a new session begins, and the login policy may end others.
 */
export const login = command('session.login', {
  request: v.object({
    SDKAppID: count,
    userID,
    userSig: text(LIMITS.userSigBytes),
    instanceID,
    platform,
    protocol: count,
    sdk: v.optional(text(64)),
    /**
     * How often this instance has introduced itself, this time included. A login that was held up on its way, and overtaken by a
     * newer one of the same instance, is refused: nobody waits for its session, and it must not end any.
     */
    attempt: v.optional(count),
    resume: v.optional(count),
    cursor: v.optional(cursor),
    /** What time it was by a server when the device last heard it: of the profiles of others no log tells, but what changed since. */
    heardMs: v.optional(timeMs),
  }),
  reply: v.object({
    tinyID: v.string(),
    /** The number of this session; give it back as `resume`. */
    session: count,
    timeMs,
    /** When the UserSig runs out. */
    expiresMs: timeMs,
    /** Milliseconds between signs of life that the server expects at most. */
    idleMs: count,
    profile,
    sync: syncPage,
    /** Where files go, when the server has an object service. */
    objects: v.optional(v.object({ url: v.string() })),
  }),
});

/** Ends the session: its place is free, and its socket is closed with `CLOSE.loggedOut`. */
export const logout = command('session.logout', { request: v.object({}), reply: v.object({}) });

/** A sign of life, and the server's clock. */
export const ping = command('session.ping', { request: v.object({}), reply: v.object({ timeMs }) });

/** Events of the inbox after `after`, oldest first. Refused with `reset` where the position is unknown. */
export const inboxSync = command('inbox.sync', {
  request: v.object({ epoch: text(64), after: count }),
  reply: v.object({ inbox: inboxRange, more: v.boolean() }),
});
