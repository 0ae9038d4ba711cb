import * as v from 'valibot';
import { conversationID, count } from './ids.ts';
import { conversationEvent, inboxEvent, profile } from './events.ts';
import { userStatus } from './user-status.ts';

/**
 * Upstream, one frame is one request: `[id, command, body]`, `id` chosen by the client, unique among its open requests.
 * Downstream, one frame is an array of items, so that whatever is queued in one turn leaves in one write:
 * `[0, id, body]` a reply, `[1, id, code, text, data?]` a refusal, `[2, name, body]` a push.
 * A frame that cannot be read is refused with id 0.
 */
export const upstreamFrame = v.tuple([
  v.pipe(count, v.minValue(1)),
  v.pipe(v.string(), v.maxLength(64)),
  v.unknown(),
]);

export const ITEM = { reply: 0, refusal: 1, push: 2 } as const;

/** A stretch of a log. Positions `from`..`to` are covered; those without an event hold nothing that the reader may see. */
const range = <Event extends v.GenericSchema>(event: Event) => ({
  from: count,
  to: count,
  events: v.array(v.tuple([count, event])),
});

/** A conversation's events as one reader may see them, with the range that they cover. */
export const conversationRange = v.object({ conversationID, ...range(conversationEvent) });

/** A stretch of the user's inbox log. */
export const inboxRange = v.object(range(inboxEvent));

/** What the server says unasked. */
export const pushes = {
  /**
   * New events of a conversation. A range of no positions (`to` = `from` − 1) says where the conversation stands:
   * whoever is behind `to` reads what is missing with `conversation.sync`.
   */
  conversation: conversationRange,
  /** New events of the user's inbox. */
  inbox: inboxRange,
  /** The session is over; a close with a final code follows. `type` is the published KICKED_OUT value. */
  kicked: v.object({
    type: v.picklist(['multipleAccount', 'multipleDevice', 'userSigExpired', 'REST_API_Kick']),
  }),
  /** An online-only message: not stored, no position, may be lost. */
  transient: v.object({ conversationID, message: v.unknown() }),
  /**
   * What is said and done in a live room that this session is in, in the order of this node; may be lost. `isEntry`: the session
   * has come in, and the events are the newest messages of before. A `left` event that names the user ends it.
   */
  room: v.object({
    conversationID,
    events: v.array(conversationEvent),
    isEntry: v.optional(v.literal(true)),
  }),
  /** Users whose changes were asked for, or this user on another device: how they show from now on. May be lost. */
  status: v.object({ statuses: v.array(userStatus) }),
  /** Somebody whom I talk with, or a friend, looks different now. May be lost: `profile.get` says the same. */
  profile: v.object({ profile }),
  /** Answer with a `session.pong` request: the server has not heard from this socket for a while. */
  ping: v.object({}),
};

export type PushName = keyof typeof pushes;
export type PushBody<Name extends PushName> = v.InferOutput<(typeof pushes)[Name]>;
export type ConversationRange = v.InferOutput<typeof conversationRange>;
export type InboxRange = v.InferOutput<typeof inboxRange>;

/** One entry of a downstream frame. */
export type DownstreamItem =
  | [typeof ITEM.reply, number, unknown]
  | [typeof ITEM.refusal, number, number, string, unknown?]
  | { [Name in PushName]: [typeof ITEM.push, Name, PushBody<Name>] }[PushName];
