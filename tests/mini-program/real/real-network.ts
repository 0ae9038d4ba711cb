import { WebSocket } from 'ws';
import type { HostNetwork } from '../host/ports.ts';

/** Real sockets to a real server, through a network that a test can take away. */
export interface RealNetwork extends HostNetwork {
  /** `lost` breaks what is open and refuses more; `hole` lets everything vanish without a word. */
  set(mode: 'up' | 'lost' | 'hole'): void;
  [Symbol.dispose](): void;
}

export function createRealNetwork(): RealNetwork {
  let mode: 'up' | 'lost' | 'hole' = 'up';
  const lines = new Set<{ socket: WebSocket; swallow(): void }>();

  return {
    set(next) {
      mode = next;
      for (const { socket, swallow } of lines) {
        if (mode === 'lost') socket.terminate();
        if (mode === 'hole') swallow();
      }
    },
    connect(url, events) {
      // Nothing listens on the discard port of this machine.
      const socket = new WebSocket(mode === 'lost' ? 'ws://127.0.0.1:9' : url);
      let isOver = false;
      let isDead = mode === 'hole';
      const line = { socket, swallow: () => void (isDead = true) };
      lines.add(line);
      const listen = (run: () => void): void => {
        if (!isOver && !isDead) run();
      };
      const end = (): void => {
        isOver = true;
        lines.delete(line);
      };
      socket.on('open', () => listen(events.opened));
      socket.on('message', (data: Buffer) => listen(() => events.text(data.toString())));
      socket.on('error', () => undefined);
      socket.on('close', (code, reason) =>
        listen(() => {
          end();
          events.closed(code, reason.toString());
        }),
      );
      return {
        send: (text) => listen(() => socket.send(text)),
        close(code, reason) {
          end();
          socket.close(code, reason);
        },
        cut() {
          end();
          socket.terminate();
        },
      };
    },
    [Symbol.dispose]() {
      for (const { socket } of [...lines]) socket.terminate();
    },
  };
}
