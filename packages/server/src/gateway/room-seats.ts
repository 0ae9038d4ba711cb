import type { Clock, Visitor } from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import type { LiveSession } from './session.ts';

/** One session in the room. A guest has no visitor's card. */
export interface Seat {
  readonly visitor: Visitor | undefined;
  session: LiveSession;
  /** Its connection broke, and it has some time to come back: nothing is sent meanwhile. */
  isAway: boolean;
  cancelEnd?: () => void;
}

/** Who is in a room on this node, in the order in which they came. */
export interface RoomSeats {
  /** How many people: somebody with two devices is one. */
  readonly people: number;
  find(key: string): Seat | undefined;
  /** Whether this is the first session of its user here. */
  add(session: LiveSession, visitor: Visitor | undefined): boolean;
  /** Whether the user has no other session here. */
  remove(key: string): boolean;
  /** Ends the stay, unless it is taken up again in time. */
  sendAway(key: string, expired: () => void): void;
  readonly all: ReadonlyMap<string, Seat>;
  newest(): Visitor[];
  clear(): void;
}

export function createRoomSeats(clock: Clock): RoomSeats {
  const seats = new Map<string, Seat>();
  const sessionsOf = new Map<string, number>();

  function count(userID: string, by: number): number {
    const sessions = (sessionsOf.get(userID) ?? 0) + by;
    if (sessions > 0) sessionsOf.set(userID, sessions);
    else sessionsOf.delete(userID);
    return sessions;
  }

  return {
    get people() {
      return sessionsOf.size;
    },
    find: (key) => seats.get(key),
    add(session, visitor) {
      seats.set(session.key, { session, visitor, isAway: false });
      return count(session.actor.userID, 1) === 1;
    },
    remove(key) {
      const seat = seats.get(key);
      if (seat === undefined) return false;
      seat.cancelEnd?.();
      seats.delete(key);
      return count(seat.session.actor.userID, -1) === 0;
    },
    sendAway(key, expired) {
      const seat = seats.get(key);
      if (seat === undefined) return;
      seat.isAway = true;
      seat.cancelEnd?.();
      seat.cancelEnd = clock.after(LIMITS.roomGraceMs, expired);
    },
    all: seats,
    newest() {
      const visitors = new Map<string, Visitor>();
      for (const { visitor } of [...seats.values()].reverse()) {
        if (visitor !== undefined && !visitors.has(visitor.userID)) visitors.set(visitor.userID, visitor);
        if (visitors.size === LIMITS.roomMembersListed) break;
      }
      return [...visitors.values()];
    },
    clear() {
      for (const { cancelEnd } of seats.values()) cancelEnd?.();
      seats.clear();
      sessionsOf.clear();
    },
  };
}
