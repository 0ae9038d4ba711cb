import type { Actor, Objects } from '@sterna/core';
import type { GatewaySocket } from './socket.ts';

/**
 * Avatars go out with the present address of the files. Where a link alone opens nothing, each user is handed every link with
 * their own name beside it: a push is made once for all who are to have it, so this is done where the text is one user's.
 */
export function withOutgoingLinks(
  socket: GatewaySocket,
  objects: Objects | undefined,
  user: () => Pick<Actor, 'app' | 'userID'> | undefined,
): GatewaySocket {
  if (objects === undefined) return socket;
  const { avatars, readers } = objects;

  function linksIn(item: string): string {
    const present = avatars.withPresentLinks(item);
    const reader = user();
    return readers === undefined || reader === undefined
      ? present
      : readers.linksFor(reader.app, reader.userID, present);
  }

  return {
    send: (item) => socket.send(linksIn(item)),
    queuedBytes: () => socket.queuedBytes(),
    close: (code, reason) => socket.close(code, reason),
    loggedIn: () => socket.loggedIn?.(),
    remoteAddress: socket.remoteAddress,
  };
}
