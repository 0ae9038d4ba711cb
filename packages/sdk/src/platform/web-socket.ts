import type { Socket, SocketHandlers } from './platform.ts';

/** The global `WebSocket` of pages, workers and Node 22 and later. */
export function openWebSocket(url: string, handlers: SocketHandlers): Socket {
  let isOver = false;
  let socket: WebSocket | undefined;
  const end = (code: number, reason: string): void => {
    if (isOver) return;
    isOver = true;
    handlers.onClose(code, reason);
  };
  // A malformed address, or a page's policy, makes the constructor throw.
  try {
    socket = new WebSocket(url);
    socket.onopen = () => {
      if (!isOver) handlers.onOpen();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isOver && typeof data === 'string') handlers.onText(data);
    };
    // The close says it too. The `ws` package, as a global in an older Node, would end the process for an error unheard.
    socket.onerror = () => undefined;
    socket.onclose = ({ code, reason }) => end(code, reason);
  } catch (error) {
    // After the caller has its socket: a handler never runs inside `openSocket`.
    queueMicrotask(() => end(1006, error instanceof Error ? error.message : ''));
  }
  return {
    send(text) {
      if (socket && socket.readyState === socket.OPEN) socket.send(text);
    },
    close(code = 1000, reason = '') {
      isOver = true;
      if (socket) socket.close(code, reason);
    },
  };
}

/** What the application set before `create`. */
export function namedServer(): string | undefined {
  const named: unknown = Reflect.get(globalThis, 'STERNA_SERVER');
  return typeof named === 'string' && named ? named : undefined;
}
