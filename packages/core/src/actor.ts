import type { Platform } from '@sterna/protocol';

/** Who asks. A session's actor carries the number it was given, which every command checks in its own transaction. */
export interface Actor {
  app: number;
  userID: string;
  session: SessionStamp;
}

/** One login of one instance. */
export interface SessionStamp {
  instanceID: string;
  epoch: number;
  platform: Platform;
  /** Which of the instance's logins made the connection that asks. What an older connection asks late has no effect. */
  attempt?: number;
}

/** The name of a session across nodes. */
export function sessionKey(actor: Actor): string {
  const known = sessionKeys.get(actor);
  if (known !== undefined) return known;
  const key = `${actor.app}/${actor.userID}/${actor.session.instanceID}/${actor.session.epoch}`;
  sessionKeys.set(actor, key);
  return key;
}

/** An actor lives as long as its connection, and is compared with its like at every delivery. */
const sessionKeys = new WeakMap<Actor, string>();
