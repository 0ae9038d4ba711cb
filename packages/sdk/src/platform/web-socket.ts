import type { Socket, SocketHandlers } from './platform.ts';

/** The global `WebSocket` of pages, workers and Node 22 and later. */
export function openWebSocket(url: string, handlers: SocketHandlers): Socket {
  let closed = false;
  const close = (code: number, reason: string): void => {
    if (closed) return;
    closed = true;
    handlers.onClose(code, reason);
  };
  const opened = attempt(url);
  if (opened instanceof Error) {
    // After the caller has its socket: a handler never runs inside `openSocket`.
    queueMicrotask(() => close(1006, opened.message));
    return { send: () => undefined, close: () => void (closed = true) };
  }
  opened.onopen = () => {
    if (!closed) handlers.onOpen();
  };
  opened.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!closed && typeof data === 'string') handlers.onText(data);
  };
  opened.onclose = ({ code, reason }) => close(code, reason);
  return {
    send(text) {
      if (opened.readyState === opened.OPEN) opened.send(text);
    },
    close(code = 1000, reason = '') {
      closed = true;
      opened.close(code, reason);
    },
  };
}

/** A malformed address, or a page's policy, makes the constructor throw. */
function attempt(url: string): WebSocket | Error {
  try {
    return new WebSocket(url);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What the application set before `create`. */
export function namedServer(): string | undefined {
  const named: unknown = Reflect.get(globalThis, 'STERNA_SERVER');
  return typeof named === 'string' && named ? named : undefined;
}
