import type { LogRef } from '../conversations/conversation-id.ts';
import type { ConversationEvent, InboxEvent, MessageEvent, Platform, Profile } from '@sterna/protocol';
import type { Visitor } from './rooms.ts';

/** One committed log entry on its way to the nodes that hold its readers. */
export interface EntryNotice {
  kind: 'entry';
  /** What `log` says, parsed once for all receivers. */
  ref: LogRef;
  log: string;
  pos: number;
  event: ConversationEvent | InboxEvent;
  /** The event as JSON, where somebody has made that: in the process only, it does not cross to other nodes. */
  json?: string;
  /** The session that caused it: its reply covers the entry already. */
  origin?: string;
}

/** A push that is not stored: no position, may be lost. `to` names users; absent means every member of the subject. */
export interface TransientNotice {
  kind: 'transient';
  app: number;
  conversation: string;
  from: string;
  message: unknown;
  /** Targeted: only these may see it. */
  audience?: string[];
  origin?: string;
}

/**
 * What one node says of one user: the platforms on which the user is connected there. `number` orders a node's words;
 * the newest `customMs` of all nodes' is what the user says.
 */
export interface PresenceNotice {
  kind: 'presence';
  node: string;
  number: number;
  app: number;
  userID: string;
  platforms: Platform[];
  custom: string;
  customMs: number;
  origin?: string;
}

/** Whichever node has the user says so again, on the subject of the user's presence. */
export interface PresenceQuestion {
  kind: 'presenceAsked';
  app: number;
  userID: string;
}

/** A user's new profile, for somebody who knows them. */
export interface ProfileNotice {
  kind: 'profile';
  profile: Profile;
}

/** Something said or done in a live room, which the node has shown to those who are there with it. */
export interface RoomNotice {
  kind: 'room';
  node: string;
  app: number;
  groupID: string;
  event?: MessageEvent;
  /** The session that came in: it is not on another node any more. */
  entered?: string;
}

/** What one node says of those who are in a room with it. `number` orders a node's words. */
export interface RoomWord {
  kind: 'roomWord';
  node: string;
  number: number;
  app: number;
  groupID: string;
  count: number;
  /** Where that was asked for: the newest of them, and the newest of what was said. */
  visitors?: Visitor[];
  history?: MessageEvent[];
}

/** Whichever node has people in the room says so, on the same subject. */
export interface RoomQuestion {
  kind: 'roomAsked';
  node: string;
  app: number;
  groupID: string;
  wants: 'count' | 'visitors' | 'history';
}

export type Notice =
  | EntryNotice
  | TransientNotice
  | PresenceNotice
  | PresenceQuestion
  | ProfileNotice
  | RoomNotice
  | RoomWord
  | RoomQuestion;

/**
 * Carries notices between nodes. It may lose, double, delay and reorder: receivers repair from the store.
 * Subjects are made by `subjectsOf`.
 */
export interface Bus {
  publish(subject: string, notice: Notice): void;
  /** Resolves when the interest is known to the bus, so that a read of the store after it misses nothing. */
  subscribe(subject: string, receive: (notice: Notice) => void): Promise<() => void>;
  /** There is no other node on it, and never will be: nobody needs to be asked. */
  readonly isAlone?: true;
  close(): Promise<void>;
}
