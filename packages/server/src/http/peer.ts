import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../limiting/network.ts';

/** What the listener tells a handler of its connection. */
export interface PeerEnv {
  Bindings: {
    /** The address at the other end of the TCP connection; no header can change it. */
    peerAddress: string;
  };
}

/** A proxy adds one of these: then the peer on this machine is not who asks. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Lets through only what a program on this machine asks for itself. The Host must be a loopback name, because a page of a
 * stranger can have its own name resolve to 127.0.0.1. To everybody else the route does not exist.
 */
export const onlyLocal: MiddlewareHandler<PeerEnv> = async (context, next) => {
  if (!isLocal(context)) return context.notFound();
  await next();
  return undefined;
};

function isLocal(context: Context<PeerEnv>): boolean {
  if (!isLoopback(context.env.peerAddress)) return false;
  // A page of another site may ask but not read; it has no business asking either.
  if (context.req.header('sec-fetch-site') === 'cross-site') return false;
  if (PROXY_HEADERS.some((name) => context.req.header(name) !== undefined)) return false;
  return isLoopbackName(context.req.header('host') ?? '');
}

/** `localhost`, `127.0.0.1` or `[::1]`, with or without a port. */
function isLoopbackName(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || isLoopback(name);
}
