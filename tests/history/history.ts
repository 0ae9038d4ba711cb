/**
 * The history of a run: what clients asked and were told, what their applications saw, what crossed their sockets,
 * and what was found in the end. Every suite, simulated or real, writes the same lines, one JSON object each;
 * `check` of `checker.ts` reads them and knows nothing of the code that made them.
 *
 * Conversations have names that do not depend on the viewer: `c2c:alice:bob` (in order), `group:<id>`, `topic:<id>`, `system:alice`.
 * Every body that is sent in a run is unique, so it says which message was sent. What a message says may change: in observations
 * its ID names it.
 */

import type { CallName } from './call-name.ts';
import type { CountedLine, ReadingLine, SeenReceipt } from './reading.ts';

/** One message as somebody saw it. `timeS` is seconds, as applications see it. */
export interface Seen {
  conv: string;
  seq: number;
  id: string;
  from: string;
  body: string;
  timeS: number;
  /** It is shown as recalled. */
  recalled?: true;
  /** How often what is shown had been edited; absent means never. */
  version?: number;
  /** It is shown as read by the peer. */
  peerRead?: true;
}

/** One row of a conversation list. */
export interface SeenConversation {
  conv: string;
  unread: number;
  lastSeq: number;
  lastBody: string;
}

/** Which application spoke or saw. A session is one login of one device, until its logout or kick. */
export interface Where {
  device: string;
  user: string;
  session: string;
}

export type { CallName };

/** A step of signaling that a message is. `users` are those whom it names: invited, or let it pass. */
export interface Step {
  inviteID: string;
  /** The published numbers: 1 invite, 2 cancel, 3 accept, 4 reject, 5 timeout. */
  actionType: number;
  users: readonly string[];
  timeoutS: number;
}

/** What the rest of the history is to be judged by. */
export interface MetaLine {
  op: 'meta';
  seed: number;
  /** Platform of each device. */
  devices: Record<string, { user: string; platform: string }>;
  policy: { mode: 'single' | 'dual' | 'triple' | 'multi'; instances: { web: number; other: number } };
  /** All nodes have had the right time all along: only then can timeouts be judged by it. */
  clocksTrue?: true;
  /** Only friends may write to each other. */
  friendsOnly?: true;
  /** Unread messages of a conversation that a fresh login hands to the application at most. */
  backlog: number;
  /** Milliseconds in which a call must end, from its start or from the end of faults, whichever is later. */
  deadlineMs: Partial<Record<CallName, number>> & { any: number };
  /** Milliseconds after the end of faults in which all devices must agree. */
  convergeMs: number;
}

/** A call of the public API. `again` marks a resend of a message whose earlier send did not succeed. */
export interface InvokeLine extends Where {
  t: number;
  op: 'invoke';
  call: number;
  name: CallName;
  conv?: string;
  body?: string;
  again?: true;
  users?: readonly string[];
  /** The message that the call is about. */
  id?: string;
  /** The messages, where they may be several. */
  ids?: readonly string[];
  /** History pages of one walk carry its number; `newest` marks its first page. */
  walk?: number;
  newest?: true;
}

/** Ends, in Jepsen's terms: it happened; it surely did not; nobody knows. */
export interface EndLine {
  t: number;
  op: 'ok' | 'fail' | 'info';
  call: number;
  code?: number;
  message?: Seen;
  messages?: readonly Seen[];
  /** Nothing older than this page. */
  complete?: boolean;
  /** The page shows messages that are not sent yet: they move to their places when they are. */
  unsent?: boolean;
  conversations?: readonly SeenConversation[];
  receipts?: readonly SeenReceipt[];
  /** Who has, or has not, read a message. */
  users?: readonly string[];
}

/** Messages that the application was handed unasked. */
export interface DeliverLine extends Where {
  t: number;
  op: 'deliver';
  messages: readonly Seen[];
}

/** Messages that the application was told to be recalled, or edited. */
export interface ChangedLine extends Where {
  t: number;
  op: 'recalled' | 'edited';
  messages: readonly Seen[];
}

/**
 * Messages of live rooms that the application was handed. Of them less is promised, so they are lines of their own: they may be
 * lost, but are heard once in a stay, by those who are there, and only what was said there.
 */
export interface HeardLine extends Where {
  t: number;
  op: 'heard';
  messages: readonly Seen[];
}

/** A conversation list that the application was handed unasked. */
export interface ListLine extends Where {
  t: number;
  op: 'conversations';
  conversations: readonly SeenConversation[];
}

/** What signaling told the application: `users` are the invitee, the invitees, or those who let it pass. */
export interface RingLine extends Where {
  t: number;
  op: 'ring';
  inviteID: string;
  actionType: number;
  users: readonly string[];
}

/** A change of the session's state, as the application was told. */
export interface StateLine extends Where {
  t: number;
  op: 'state';
  state: 'ready' | 'notReady' | 'kicked';
  /** The published KICKED_OUT value. */
  type?: string;
}

/** The user's inbox as a log name of wire lines. */
export const INBOX = '@inbox';

/** What crossed the device's socket; positions of a conversation, or of `INBOX`. */
export type WireLine = Where & { t: number; op: 'wire' } & (
    | { what: 'login'; resume: boolean; cursor?: Record<string, number> }
    | { what: 'session'; epoch: number; mode: 'reset' | 'delta' }
    /** `why`: the answer to a login that begins anew, or that goes on, or to a question. */
    | {
        what: 'snapshot';
        why: 'reset' | 'delta' | 'asked';
        conv: string;
        pos: number;
        seq: number;
        backlog: readonly number[];
      }
    /** Positions `from`..`to` are covered; `seqs` are the messages among them. */
    | { what: 'range'; conv: string; from: number; to: number; seqs: readonly number[] }
    /** The group's log is the device's after `pos`. */
    | { what: 'joined'; conv: string; pos: number }
    /** The device says that it holds everything up to here. */
    | { what: 'claim'; conv: string; pos: number }
    | { what: 'read'; conv: string; seq: number }
  );

/** A device wakes that did not run for `ms`: its calls may take as much longer. */
export interface AsleepLine {
  t: number;
  op: 'asleep';
  device: string;
  ms: number;
}

/** A session of a user began or ended, in the order of the commits. */
export interface SessionLine {
  t: number;
  op: 'session';
  user: string;
  instance: string;
  epoch: number;
  change: 'begin' | 'end';
  platform?: string;
  commit: number;
}

/** A user blocked another, or let them in again, in the order of the commits. */
export interface BlockLine {
  t: number;
  op: 'block';
  user: string;
  other: string;
  change: 'begin' | 'end';
  commit: number;
}

/** A user took another into their list of friends, or out of it, in the order of the commits. */
export interface FriendLine {
  t: number;
  op: 'friend';
  user: string;
  other: string;
  change: 'begin' | 'end';
  commit: number;
}

/** Faults end here; from now on everything must come right. */
export interface HealLine {
  t: number;
  op: 'heal';
}

/** What an application has in the end: `device` one that was there all along, `fresh` one that has just logged in. */
export interface FinalLine extends Where {
  t: number;
  op: 'final';
  kind: 'device' | 'fresh';
  conversations: readonly SeenConversation[];
  /** Complete histories, oldest first, of the conversations that could be read. */
  histories: Record<string, readonly Seen[]>;
  groups: readonly { groupID: string; members: number }[];
  /** Topics of the communities that the user is, or was, in, as the server gave them. */
  topics: readonly { topicID: string; name: string }[];
  nick: string;
  friends: readonly string[];
  /** Wishes that wait: whether they came or went, and whose they are. */
  applications: readonly string[];
  blocked: readonly string[];
  /** Of the user's own messages in `histories`, as the server gave them. */
  receipts: readonly SeenReceipt[];
}

/**
 * One stored event. `counted` says whether a message adds to unread; `commit` and `at` are there where a store was watched.
 * `body` is what was said when it was stored, `left` what is left of that in the end, where it is another thing.
 */
export interface LogEntry {
  pos: number;
  kind: 'message' | 'recall' | 'edit' | 'joined' | 'left' | 'rights' | 'topic' | 'topicsDeleted' | 'other';
  seq?: number;
  id?: string;
  body?: string;
  left?: { body: string; recalled?: true; version?: number };
  /** Of an edit: the version that it made. */
  version?: number;
  /** The sender, or who recalled or edited. */
  from?: string;
  timeMs?: number;
  counted?: boolean;
  /** The sender's alone: who has blocked them is never shown it. */
  alone?: true;
  wantsReceipt?: true;
  step?: Step;
  users?: readonly string[];
  commit?: number;
  at?: number;
  /** Who let them in: of the first entry of a group its owner. */
  by?: string;
  /** What changed for all members, or for the one that is named. */
  rights?: { muteAll?: boolean; userID?: string; mutedUntilMs?: number; role?: string };
  /** In a community: what was made, or changed its name, and what was taken away. */
  topic?: { topicID: string; name?: string | undefined };
  topicIDs?: readonly string[];
  /** In a topic: where the log of its community stood. */
  after?: number;
}

/** A conversation's log as the store holds it in the end. */
export interface LogLine {
  op: 'log';
  conv: string;
  entries: readonly LogEntry[];
}

/** One user's side of a conversation as the store holds it in the end. */
export interface MarkLine {
  op: 'mark';
  user: string;
  conv: string;
  readSeq: number;
  /** How far the user has said that they read: what was thrown away unread was not. */
  saidSeq: number;
  clearedSeq: number;
  /** What the user deleted for themselves. */
  deleted: readonly number[];
}

/** A position of a user's inbox says that messages are gone for them: these, or all up to a number. */
export interface GoneLine {
  op: 'gone';
  user: string;
  conv: string;
  pos: number;
  seqs: readonly number[];
  through: number;
}

/** Sessions that the store calls live in the end. */
export interface LiveLine {
  op: 'live';
  user: string;
  epochs: readonly number[];
}

export type Line =
  | MetaLine
  | InvokeLine
  | EndLine
  | DeliverLine
  | ChangedLine
  | ReadingLine
  | CountedLine
  | HeardLine
  | ListLine
  | RingLine
  | StateLine
  | WireLine
  | AsleepLine
  | SessionLine
  | BlockLine
  | FriendLine
  | HealLine
  | FinalLine
  | LogLine
  | MarkLine
  | GoneLine
  | LiveLine;

/** One broken promise: the check of `reliability.md` 3.3 that saw it, and what was seen. */
export interface Violation {
  check: string;
  text: string;
}

export function toJsonLines(lines: readonly Line[]): string {
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

/** Lines written by another process. Trusted: whoever can write a history can write any history. */
export function fromJsonLines(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line.length > 0)
    .map((line) => JSON.parse(line) as Line);
}
