import { connect } from 'node:net';

/** Long enough for a busy machine's loopback, short enough not to be noticed where nothing listens. */
const PROBE_MS = 1_000;

/** Whether something accepts TCP connections there. */
export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PROBE_MS });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
