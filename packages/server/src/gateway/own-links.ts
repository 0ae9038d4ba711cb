import type { Actor, FileReaders } from '@sterna/core';
import type { GatewaySocket } from './socket.ts';

/**
 * Where a link alone opens nothing, each user is handed every link with their own name beside it. A push is made once for all who
 * are to have it, so this is done where the text is one user's: on the way out.
 */
export function withOwnLinks(
  socket: GatewaySocket,
  readers: FileReaders | undefined,
  user: () => Pick<Actor, 'app' | 'userID'> | undefined,
): GatewaySocket {
  if (readers === undefined) return socket;
  return {
    send(item) {
      const reader = user();
      socket.send(reader === undefined ? item : readers.linksFor(reader.app, reader.userID, item));
    },
    queuedBytes: () => socket.queuedBytes(),
    close: (code, reason) => socket.close(code, reason),
    loggedIn: () => socket.loggedIn?.(),
    remoteAddress: socket.remoteAddress,
  };
}
