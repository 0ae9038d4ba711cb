import type { LogRef } from '../conversations/conversation-id.ts';
import type { ConversationEvent, InboxEvent } from '@sterna/protocol';

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
  origin?: string;
}

export type Notice = EntryNotice | TransientNotice;

/**
 * Carries notices between nodes. It may lose, double, delay and reorder: receivers repair from the store.
 * Subjects are made by `subjectsOf`.
 */
export interface Bus {
  publish(subject: string, notice: Notice): void;
  /** Resolves when the interest is known to the bus, so that a read of the store after it misses nothing. */
  subscribe(subject: string, receive: (notice: Notice) => void): Promise<() => void>;
  close(): Promise<void>;
}
