import { isLoopbackName } from './loopback-name.ts';

/** Decides about the Origin of an upgrade request. */
export type OriginRule = (origin: string | undefined, host: string | undefined) => boolean;

/** A page that this machine itself serves, at whatever port: a developer's own server of pages. */
export function isLoopbackOrigin(origin: string): boolean {
  const [, name] = /^https?:\/\/(\S+)$/.exec(origin) ?? [];
  return name !== undefined && isLoopbackName(name);
}

/** The rule of development mode: pages of this machine, beside those that the other rule lets in. */
export function withLoopback(rule: OriginRule): OriginRule {
  return (origin, host) => (origin !== undefined && isLoopbackOrigin(origin)) || rule(origin, host);
}

/**
 * Exact matches only. With a list, a page of the list; without, a page of the same host and port as the request's own.
 * A missing Origin passes: only programs other than browsers can leave it out, and a login needs a UserSig in any case.
 */
export function createOriginRule(allowed: readonly string[]): OriginRule {
  const origins = new Set(allowed);
  if (origins.size > 0) return (origin) => origin === undefined || origins.has(origin);
  return (origin, host) => {
    if (origin === undefined) return true;
    if (host === undefined) return false;
    const name = host.toLowerCase();
    return origin === `http://${name}` || origin === `https://${name}`;
  };
}
