/** One client's socket as the gateway sees it. */
export interface GatewaySocket {
  /**
   * Queues one item of a downstream frame, as JSON. Everything queued in one turn of the event loop leaves as one frame,
   * in one write.
   */
  send(item: string): void;
  /** Bytes queued here that the kernel has not taken yet. */
  queuedBytes(): number;
  /** Sends what is queued, then closes with a code of `CLOSE`. */
  close(code: number, reason: string): void;
  /** The login succeeded: the socket no longer counts among the strangers, of whom there may be few. */
  loggedIn?(): void;
  readonly remoteAddress: string;
}

/** What the gateway does with a socket's input. */
export interface SocketHandlers {
  onMessage(text: string): void;
  onClose(): void;
}
