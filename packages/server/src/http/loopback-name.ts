import { isLoopback } from '../limiting/network.ts';

/** `localhost`, `127.0.0.1` or `[::1]`, with or without a port. */
export function isLoopbackName(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || isLoopback(name);
}
