import type { Actor } from '@sterna/core';
import { CLOSE, LIMITS } from '@sterna/protocol';
import type { GatewaySocket } from './socket.ts';

/** A logged-in socket on this node. */
export interface LiveSession {
  readonly actor: Actor;
  /** `sessionKey(actor)`. */
  readonly key: string;
  /** An item for this session: at once when it is in step, after its login's reply while that is being made. */
  push(item: string): void;
  /** Bytes that may be pushed before it counts as a slow reader. */
  spareBytes(): number;
  /** Ends the session's socket. */
  close(code: number, reason: string): void;
}

/** A session whose login has not been answered: its end becomes the answer, so that the client hears why. */
export interface BeginningSession extends LiveSession {
  readonly ended: { code: number; reason: string } | undefined;
  open(): void;
}

/** Holds pushes back until `open`, so that nothing overtakes the login's reply. */
export function createLiveSession(
  actor: Actor,
  key: string,
  socket: GatewaySocket,
  slowReader: () => void,
): BeginningSession {
  let waiting: string[] | undefined = [];
  let waitingBytes = 0;
  let ended: { code: number; reason: string } | undefined;
  return {
    actor,
    key,
    push(item) {
      if (waiting === undefined) {
        socket.send(item);
        if (socket.queuedBytes() <= LIMITS.socketQueueBytes) return;
      } else {
        waiting.push(item);
        waitingBytes += item.length;
        if (waitingBytes <= LIMITS.socketQueueBytes) return;
      }
      slowReader();
      socket.close(CLOSE.slowReader, 'reading too slowly');
    },
    spareBytes: () => LIMITS.socketQueueBytes - (waiting === undefined ? socket.queuedBytes() : waitingBytes),
    close(code, reason) {
      if (waiting === undefined) socket.close(code, reason);
      else ended ??= { code, reason };
    },
    get ended() {
      return ended;
    },
    open() {
      const held = waiting ?? [];
      waiting = undefined;
      for (const item of held) socket.send(item);
    },
  };
}
