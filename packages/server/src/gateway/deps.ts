import type { Actor, CoreDeps, Priority } from '@sterna/core';
import type { CommandName, ErrorName } from '@sterna/protocol';

/** What a verified UserSig says, or why it was refused. */
export type Authentication =
  | { ok: true; madeS: number; expiresMs: number }
  | { ok: false; reason: ErrorName };

/** What the gateway tells of itself: metrics and logs hang on these, one for each thing that happens. */
export interface GatewayEvents {
  connected(): void;
  disconnected(): void;
  loggedIn(actor: Actor, resumed: boolean): void;
  loginRefused(app: number, userID: string, reason: ErrorName): void;
  answered(command: CommandName, ms: number): void;
  refused(command: string, reason: ErrorName): void;
  /** A bug or a broken dependency: the client was told `internal`. */
  failed(command: string, error: unknown): void;
  pushed(count: number): void;
  kicked(type: string): void;
  slowReader(): void;
  /** More was said in a live room than it carries. */
  droppedInRoom(priority: Priority): void;
  /** Entries that the bus did not bring in order and that were read from the store. */
  repaired(entries: number): void;
}

export interface GatewayLimits {
  /** Requests a session may make each second in the long run, and at once. */
  requestsPerSecond: number;
  requestBurst: number;
  /** Connections without a login, in live rooms. */
  guests: number;
}

/** Everything that the gateway needs. It knows no Node: the same code serves the simulator. Presence, and who is in a live room, are its own knowledge. */
export interface GatewayDeps extends Omit<CoreDeps, 'presence' | 'rooms'> {
  authenticate(app: number, userID: string, userSig: string, remoteAddress: string): Authentication;
  events: GatewayEvents;
  limits: GatewayLimits;
  /** Where clients find the object service, if there is one. */
  objectsURL?: string;
}
