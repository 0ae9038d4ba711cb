import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { PeerEnv } from '../http/peer.ts';

/** Puts an app behind Node's HTTP server. */
export function requestListener(app: Hono<PeerEnv>): RequestListener {
  const listener = getRequestListener(
    (request, env) => app.fetch(request, { peerAddress: peerOf(env.incoming) }),
    { overrideGlobalObjects: false },
  );
  return (incoming, outgoing) => void listener(incoming, outgoing);
}

function peerOf(incoming: { socket: Pick<IncomingMessage['socket'], 'remoteAddress'> }): string {
  return incoming.socket.remoteAddress ?? '';
}
