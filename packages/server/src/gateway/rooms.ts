import { ImError, type Rooms, sessionKey } from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import type { RoomHub } from './room-hub.ts';
import type { LiveSession } from './session.ts';
import { createTurns } from './turns.ts';

/** A session on this node, and the rooms that it is in, the oldest first. */
interface Stay {
  session: LiveSession;
  isHere: boolean;
  readonly rooms: Map<string, RoomHub>;
}

/** The live rooms as this node serves them. */
export interface NodeRooms extends Rooms {
  attach(session: LiveSession): void;
  /** The session's connection has ended; `isOver`: the session with it. */
  detach(session: LiveSession, isOver: boolean): void;
  /** The room has sent a session out. */
  gone(key: string, groupID: string): void;
}

/** `hold` gives the hub of a room, ready; each is given back with `release`. */
export function createRooms(options: {
  hold(app: number, groupID: string): Promise<RoomHub>;
  release(app: number, hub: RoomHub): void;
  /** The hub, if the node has it. */
  find(app: number, groupID: string): RoomHub | undefined;
  /** How many rooms a session of the app may be in. */
  most(app: number): number;
}): NodeRooms {
  const { hold, release, find, most } = options;
  const stays = new Map<string, Stay>();
  const turns = createTurns(LIMITS.requestsInFlight);

  function forget(key: string, groupID: string): void {
    const stay = stays.get(key);
    const hub = stay?.rooms.get(groupID);
    if (stay === undefined || hub === undefined) return;
    stay.rooms.delete(groupID);
    if (!stay.isHere && stay.rooms.size === 0) stays.delete(key);
    release(stay.session.actor.app, hub);
  }

  function leave(key: string, groupID: string): boolean {
    const hub = stays.get(key)?.rooms.get(groupID);
    hub?.leave(key);
    forget(key, groupID);
    return hub !== undefined;
  }

  /** Whoever is sent out from here on has a seat to lose; of those before, the store knows. Asked again only if somebody was. */
  async function welcome(hub: RoomHub, requireWelcome: () => Promise<void>): Promise<void> {
    await hub.ready;
    let sentOut: number;
    do {
      ({ sentOut } = hub);
      await requireWelcome();
    } while (hub.sentOut !== sentOut);
  }

  /** A room that nobody of this node may be in is looked at for a moment. */
  async function look<Answer>(
    app: number,
    groupID: string,
    ask: (hub: RoomHub) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const here = find(app, groupID);
    if (here !== undefined) {
      await here.ready;
      return ask(here);
    }
    const hub = await hold(app, groupID);
    try {
      await hub.ready;
      return await ask(hub);
    } finally {
      release(app, hub);
    }
  }

  return {
    attach(session) {
      const stay = stays.get(session.key);
      if (stay === undefined) {
        stays.set(session.key, { session, isHere: true, rooms: new Map() });
        return;
      }
      // A new connection of the same session comes in again by asking.
      for (const hub of stay.rooms.values()) hub.sendAway(session.key);
      Object.assign(stay, { session, isHere: true });
    },
    detach(session, isOver) {
      const { key } = session;
      const stay = stays.get(key);
      if (stay?.session !== session) return;
      stay.isHere = false;
      for (const [groupID, hub] of [...stay.rooms]) {
        if (isOver) leave(key, groupID);
        else hub.sendAway(key);
      }
      if (stay.rooms.size === 0) stays.delete(key);
    },
    gone: forget,

    inTurn: (actor, work) => turns.take(sessionKey(actor), work),
    async enter(actor, group, { visitor, requireWelcome }) {
      const key = sessionKey(actor);
      const { groupID } = group;
      const hub = await hold(actor.app, groupID);
      try {
        await welcome(hub, requireWelcome);
      } catch (error) {
        release(actor.app, hub);
        throw error;
      }
      const stay = stays.get(key);
      if (stay === undefined || !stay.isHere) {
        release(actor.app, hub);
        throw new ImError('notLoggedIn', 'the connection has ended');
      }
      // Another hub of the room is one that was forgotten when the store came back as another.
      if (stay.rooms.get(groupID) === hub) release(actor.app, hub);
      else stay.rooms.set(groupID, hub);
      const isNew = hub.enter(stay.session, group, visitor);
      for (const oldest of stay.rooms.keys()) {
        if (stay.rooms.size <= most(actor.app)) break;
        leave(key, oldest);
      }
      return { isNew };
    },
    leave: (actor, groupID) => leave(sessionKey(actor), groupID),
    isIn(actor, groupID) {
      const key = sessionKey(actor);
      return stays.get(key)?.rooms.get(groupID)?.isIn(key) === true;
    },
    say(actor, groupID, message) {
      const key = sessionKey(actor);
      const hub = stays.get(key)?.rooms.get(groupID);
      if (hub === undefined) throw new ImError('notInRoom');
      return hub.say(key, message);
    },
    count: (app, groupID) => look(app, groupID, (hub) => hub.count()),
    visitors: (app, groupID) => look(app, groupID, (hub) => hub.visitors()),
  };
}
