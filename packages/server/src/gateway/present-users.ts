import type { Actor, Clock, CustomStatus } from '@sterna/core';
import { LIMITS, type Platform } from '@sterna/protocol';
import type { LiveSession } from './session.ts';

/** One session's stay here: its connection may break and come back. */
interface Stay {
  session: LiveSession;
  connections: number;
  cancelEnd?: () => void;
}

/** A user with sessions on this node. */
export interface PresentUser {
  readonly app: number;
  readonly userID: string;
  said: CustomStatus;
  readonly stays: Map<string, Stay>;
}

/** Who is on this node. A connection that breaks leaves its session present for a while, so that nobody flickers. */
export interface PresentUsers {
  /** `said` is news of what the user says, from before this node knew. */
  enter(session: LiveSession, said: CustomStatus | undefined): void;
  /** `isOver`: the session has ended, there is nothing to wait for. */
  leave(session: LiveSession, isOver: boolean): void;
  find(app: number, userID: string): PresentUser | undefined;
  /** The actor's session, if it is connected here. */
  session(actor: Actor, key: string): LiveSession | undefined;
  /** Waits for nobody any more. */
  stop(): void;
}

const NOTHING: CustomStatus = { text: '', setMs: 0 };

/** `changed` is called when a user has come to a platform or gone from it, `gone` with what the user said until then. */
export function createPresentUsers(
  clock: Clock,
  changed: (user: PresentUser) => void,
  gone: (user: PresentUser, said: CustomStatus) => void,
): PresentUsers {
  const users = new Map<string, PresentUser>();
  const nameOf = (app: number, userID: string): string => `${app}/${userID}`;
  const find = (app: number, userID: string): PresentUser | undefined => users.get(nameOf(app, userID));

  function arrive({ app, userID }: Actor): PresentUser {
    const user: PresentUser = { app, userID, said: NOTHING, stays: new Map() };
    users.set(nameOf(app, userID), user);
    return user;
  }

  function end(user: PresentUser, key: string): void {
    const before = platformsOf(user).length;
    user.stays.delete(key);
    const { said } = user;
    const isGone = user.stays.size === 0;
    if (isGone) {
      users.delete(nameOf(user.app, user.userID));
      user.said = NOTHING;
    }
    if (platformsOf(user).length !== before) changed(user);
    if (isGone && said.text !== '') gone(user, said);
  }

  return {
    enter(session, said) {
      const { app, userID } = session.actor;
      const user = find(app, userID) ?? arrive(session.actor);
      const stay = user.stays.get(session.key);
      stay?.cancelEnd?.();
      const before = platformsOf(user).length;
      if (said !== undefined) user.said = said;
      user.stays.set(session.key, { session, connections: (stay?.connections ?? 0) + 1 });
      if (platformsOf(user).length !== before || said !== undefined) changed(user);
    },
    leave({ actor, key }, isOver) {
      const user = find(actor.app, actor.userID);
      const stay = user?.stays.get(key);
      if (user === undefined || stay === undefined) return;
      stay.connections -= 1;
      if (stay.connections > 0) return;
      if (isOver) end(user, key);
      else stay.cancelEnd = clock.after(LIMITS.statusGraceMs, () => end(user, key));
    },
    find,
    session: ({ app, userID }, key) => find(app, userID)?.stays.get(key)?.session,
    stop() {
      for (const { stays } of users.values()) for (const { cancelEnd } of stays.values()) cancelEnd?.();
    },
  };
}

export function platformsOf({ stays }: PresentUser): Platform[] {
  return [...new Set([...stays.values()].map(({ session }) => session.actor.session.platform))];
}
