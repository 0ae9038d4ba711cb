import type { Seen, Where } from './history.ts';

/** How many have said that they read a message, and how many have not, as somebody was told. */
export interface SeenReceipt {
  conv: string;
  id: string;
  read: number;
  unread: number;
}

/** The application was told that messages of its user's own have been read by somebody. */
export interface ReceiptsLine extends Where {
  t: number;
  op: 'receipts';
  receipts: readonly SeenReceipt[];
}

/** The application was told that the peer has come as far as these messages. */
export interface ReadByPeerLine extends Where {
  t: number;
  op: 'readByPeer';
  messages: readonly Seen[];
}

/** What a user of one-to-one conversations and groups was told of who has read. */
export type ReadingLine = ReceiptsLine | ReadByPeerLine;

/** The receipt of `user` for a message of `to` was counted, and stands at a position of the inbox of `to`. */
export interface CountedLine {
  op: 'counted';
  user: string;
  to: string;
  conv: string;
  seq: number;
  read: number;
  unread: number;
  pos: number;
  commit: number;
  at: number;
}
