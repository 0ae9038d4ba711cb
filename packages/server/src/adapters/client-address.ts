import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { plainAddress } from '../limiting/network.ts';

/** Whose request it is: the peer's own address, or the one that a trusted proxy vouches for. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * `X-Forwarded-For` is written by whoever sends it, so only what trusted proxies appended counts: from the right, the first
 * address that is no trusted proxy itself.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = createMatcher(trustedProxies);
  return (request) => {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
    if (!isTrusted(peer)) return peer;
    let nearest = peer;
    for (const hop of forwardedFor(request).toReversed()) {
      // What follows further left was written by a stranger.
      if (isIP(hop) === 0) return nearest;
      nearest = plainAddress(hop);
      if (!isTrusted(nearest)) return nearest;
    }
    return nearest;
  };
}

function forwardedFor(request: IncomingMessage): string[] {
  const value = request.headers['x-forwarded-for'] ?? '';
  return String(value)
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
}

function createMatcher(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
