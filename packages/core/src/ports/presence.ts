import type { Platform } from '@sterna/protocol';
import type { Actor } from '../actor.ts';

/** How a user shows. On no platform: offline, `loggedOut` where no session of theirs is left. */
export interface UserStatus {
  userID: string;
  platforms: Platform[];
  custom: string;
  loggedOut?: true;
}

/** What a user says beside being online, and since when. */
export interface CustomStatus {
  text: string;
  setMs: number;
}

/** Who is connected, as far as the nodes tell one another. Presence may lag or be lost: nothing durable rests on it. */
export interface Presence {
  onlineMembers(app: number, groupID: string): number;
  statusesOf(app: number, userIDs: readonly string[]): Promise<UserStatus[]>;
  /** Says something beside being online, until the user is offline: it is stored already. */
  setStatus(actor: Actor, said: CustomStatus): UserStatus;
  /** Tells the actor's session of every change from now on, and how the users show now. */
  watch(actor: Actor, userIDs: readonly string[]): Promise<UserStatus[]>;
  /** Without names: tells the session of nobody any more. */
  unwatch(actor: Actor, userIDs?: readonly string[]): void;
}
