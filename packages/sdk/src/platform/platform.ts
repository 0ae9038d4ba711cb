/** One WebSocket. After `close` no handler is called again. */
export interface Socket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface SocketHandlers {
  onOpen(): void;
  onText(text: string): void;
  /** The last call; 1006 when the connection just broke. */
  onClose(code: number, reason: string): void;
}

export type Cancel = () => void;

/**
 * All that the SDK asks of the machine it runs on. Nothing outside this folder reads a clock, rolls dice, opens a
 * socket or sets a timer, so that the whole engine runs in a simulation and on each kind of host.
 */
export interface Platform {
  readonly name: 'web' | 'miniprogram';
  /** Starts connecting; whatever fails is reported by `onClose`, never thrown. */
  openSocket(url: string, handlers: SocketHandlers): Socket;
  /** Why this machine can open no socket at all, in a sentence; nothing where it can. */
  lacksSockets?(): string | undefined;
  /** Milliseconds since 1970 on this device; may be wrong by years. */
  nowMs(): number;
  /** Milliseconds that never step back; only differences mean anything. */
  monotonicMs(): number;
  /** Runs once, `ms` from now or later: a hidden page's timers are late by up to a minute. */
  setTimer(ms: number, run: () => void): Cancel;
  /** In [0, 1). */
  random(): number;
  /** Told when the device says that its network came or went. It may lie in both directions. */
  onNetworkChange(listener: (online: boolean) => void): Cancel;
  /** Told when the user sees the page again, and when not any more. */
  onForegroundChange(listener: (foreground: boolean) => void): Cancel;
  /** The server that this place belongs to, if it belongs to one: what a page, or a global, names. */
  defaultServerURL(): string | undefined;
}
