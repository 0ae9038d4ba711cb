import { type Actor, ImError, roomSettings, sessionKey } from '@sterna/core';
import { PROTOCOL_VERSION, type RequestOf } from '@sterna/protocol';
import type { GatewayDeps } from './deps.ts';
import type { NodeRooms } from './rooms.ts';
import { createLiveSession, type LiveSession } from './session.ts';
import type { GatewaySocket } from './socket.ts';

/** Connections without a login: they listen in live rooms. */
export interface Guests {
  /** Refused where the app takes no guests, or the node has as many as it may. */
  enter(socket: GatewaySocket, request: RequestOf<'session.guest'>): LiveSession;
  leave(session: LiveSession): void;
}

export function createGuests(deps: GatewayDeps, rooms: NodeRooms): Guests {
  let present = 0;
  return {
    enter(socket, { SDKAppID: app, instanceID, platform, protocol }) {
      if (protocol > PROTOCOL_VERSION) throw new ImError('protocolTooOld', `version ${protocol}`);
      if (!roomSettings(deps, app).guests) throw new ImError('notLoggedIn', 'the app takes no guests');
      if (present >= deps.limits.guests)
        throw new ImError('tooFrequent', 'as many guests as allowed are here');
      const userID = `@guest#${deps.random.id(12)}`;
      const actor: Actor = { app, userID, session: { instanceID, epoch: 0, platform } };
      const session = createLiveSession(actor, sessionKey(actor), socket, () => deps.events.slowReader());
      // There is no answer that pushes must wait for: they come after a room was entered.
      session.open();
      rooms.attach(session);
      present += 1;
      socket.loggedIn?.();
      return session;
    },
    leave(session) {
      present -= 1;
      rooms.detach(session, true);
    },
  };
}
