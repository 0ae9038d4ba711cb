import { LIMITS } from '@sterna/protocol';
import type { ForbiddenWords } from './messages/forbidden-words.ts';
import type { LoginPolicy } from './sessions/kick-policy.ts';

/** What an app may tune. The defaults are the published service's. */
export interface AppSettings {
  loginPolicy: LoginPolicy;
  /** Custom profile fields that exist: `Tag_Profile_Custom_…`. */
  profileCustomFields: readonly string[];
  recallWindowMs: number;
  /** What a blocked user sends looks to them as if it had been sent, rather than refused. */
  hidesBlocks?: boolean;
  /** One-to-one, only friends may write to each other. */
  friendsOnly?: boolean;
  /** What a text may not say. */
  forbiddenWords?: ForbiddenWords;
  /** Who is invited into a group must agree first, where the kind of group does not say otherwise. */
  invitationsNeedConsent?: boolean;
  /** Custom fields of friends that exist: `Tag_SNS_Custom_…`. */
  friendCustomFields?: readonly string[];
  rooms?: RoomSettings;
}

/** How an app wants its live rooms. */
export interface RoomSettings {
  messagesPerSecond: number;
  /** What is too much is refused, instead of dropped with success. */
  refusesExcess: boolean;
  /** Whether somebody may listen without a login. */
  guests: boolean;
  /** How many rooms one session may be in: for one more it leaves the oldest. */
  joined: number;
  /** How many of the newest messages somebody who comes in is shown. */
  history: number;
}

/** The published service's, but for guests: they are let in where an app says so. */
export const ROOM_DEFAULTS: RoomSettings = {
  messagesPerSecond: LIMITS.roomMessagesPerSecond,
  refusesExcess: false,
  guests: false,
  joined: 1,
  history: LIMITS.roomHistory,
};
