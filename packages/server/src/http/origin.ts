/** Decides about the Origin of an upgrade request. */
export type OriginRule = (origin: string | undefined, host: string | undefined) => boolean;

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
