import type { ConversationEvent, InboxEvent } from '@sterna/protocol';
import { homeOf, inboxLog, keys } from '../keys.ts';
import { decode, type Head, load, toJson } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { shownTo } from './shown-to.ts';

/** Everything about a new message that its place in the log does not decide. */
export type MessageDraft = Omit<
  Extract<ConversationEvent, { t: 'message' }>,
  't' | 'seq' | 'timeMs' | 'countable' | 'at'
>;

/**
 * In a topic an entry says where the community's log stood. The first one after each change there keeps how far the topic was:
 * so who comes and goes is never written into topics, and what each may see and has unread is found at once.
 */
function placed(tx: Transaction, log: string, head: Head): { at?: number } {
  const home = homeOf(log);
  if (home === log) return {};
  const at = load.head(tx, home).pos;
  const { pos, seq, countable } = head;
  if (head.at === undefined || at > head.at) tx.set(keys.place(log, at), { pos, seq, countable });
  return { at };
}

/** Appends an event that is no message and returns the head after it. */
export function appendEvent(
  tx: Transaction,
  log: string,
  head: Head,
  event: Exclude<ConversationEvent, { t: 'message' }>,
): Head {
  const pos = head.pos + 1;
  const place = placed(tx, log, head);
  tx.append(log, { pos, event: { ...event, ...place } });
  const next = { ...head, pos, ...place };
  tx.set(keys.head(log), toJson(next));
  return next;
}

/** `once` is the key under which the message is found again when it is sent again; `keptFrom` the one for whom it is not there. */
export interface Appended {
  draft: MessageDraft;
  nowMs: number;
  once?: string;
  keptFrom?: string | undefined;
}

/** Appends a message with the next number. Its time is never before the one before it, whatever the wall clock says. */
export function appendMessage(
  tx: Transaction,
  log: string,
  head: Head,
  { draft, nowMs, once, keptFrom }: Appended,
): { head: Head; event: Extract<ConversationEvent, { t: 'message' }> } {
  const { at } = placed(tx, log, head);
  const next: Head = {
    pos: head.pos + 1,
    seq: head.seq + 1,
    countable: head.countable + (draft.uncounted || keptFrom !== undefined ? 0 : 1),
    timeMs: Math.max(nowMs, head.timeMs),
  };
  const { seq, timeMs, countable } = next;
  const event: Extract<ConversationEvent, { t: 'message' }> = {
    ...draft,
    t: 'message',
    seq,
    timeMs,
    countable,
  };
  if (at !== undefined) event.at = next.at = at;
  if (keptFrom !== undefined) {
    event.receivers = [];
    next.shown = { ...shownTo(head, keptFrom), userID: keptFrom };
  }
  const { pos } = next;
  tx.append(log, once === undefined ? { pos, seq, event } : { pos, seq, event, once });
  tx.set(keys.head(log), toJson(next));
  return { head: next, event };
}

/** Appends to a user's inbox; the user's scope must be locked. */
export function appendInbox(tx: Transaction, app: number, userID: string, event: InboxEvent): void {
  const head = decode.head(tx.get(keys.inboxHead(app, userID)));
  const pos = head.pos + 1;
  tx.append(inboxLog(app, userID), { pos, event });
  tx.set(keys.inboxHead(app, userID), toJson({ ...head, pos }));
}
