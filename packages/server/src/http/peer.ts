import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../limiting/network.ts';
import { isLoopbackName } from './loopback-name.ts';
import { isLoopbackOrigin } from './origin.ts';

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
  if (!isLocal(context) || isOfAnotherSite(context)) return context.notFound();
  await next();
  return undefined;
};

/** The same, and pages that this machine serves at another port may ask and read: `localhost` and `127.0.0.1` are two sites. */
export const onlyLocalPages: MiddlewareHandler<PeerEnv> = async (context, next) => {
  const origin = context.req.header('origin') ?? '';
  const isLocalPage = isLoopbackOrigin(origin);
  if (!isLocal(context) || (isOfAnotherSite(context) && !isLocalPage)) return context.notFound();
  await next();
  context.header('Vary', 'Origin');
  if (isLocalPage) context.header('Access-Control-Allow-Origin', origin);
  return undefined;
};

function isLocal(context: Context<PeerEnv>): boolean {
  if (!isLoopback(context.env.peerAddress)) return false;
  if (PROXY_HEADERS.some((name) => context.req.header(name) !== undefined)) return false;
  return isLoopbackName(context.req.header('host') ?? '');
}

/** A page of another site may ask but not read; it has no business asking either. */
function isOfAnotherSite(context: Context<PeerEnv>): boolean {
  return context.req.header('sec-fetch-site') === 'cross-site';
}
