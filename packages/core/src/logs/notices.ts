import { LIMITS, type StoredElement } from '@sterna/protocol';
import { SYSTEM_CONVERSATION, systemLog } from '../conversations/conversation-id.ts';
import { joinedAt, NEW_USER_CONVERSATION } from '../conversations/user-conversation.ts';
import { keys } from '../keys.ts';
import { decode, load, toJson } from '../records.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { appendInbox, appendMessage } from './append.ts';

/** How many notices are looked at at once for their age. */
const PAGE = 10;

/**
 * Puts a notice into the user's system conversation, where the oldest falls out when there are more than are kept; the user's scope
 * must be locked. Notices do count as unread there.
 */
export function appendNotice(
  tx: Transaction,
  app: number,
  userID: string,
  notice: {
    nowMs: number;
    payload: Extract<StoredElement, { type: 'TIMGroupSystemNoticeElem' }>['payload'];
  },
): void {
  const log = systemLog(app, userID);
  const before = decode.head(tx.get(keys.head(log)));
  const { head } = appendMessage(tx, log, before, {
    nowMs: notice.nowMs,
    draft: {
      // By its place among the user's own: what it tells of may not have moved since the one before.
      id: `notice-${userID}-${before.seq + 1}`,
      from: SYSTEM_CONVERSATION,
      elements: [{ type: 'TIMGroupSystemNoticeElem', payload: notice.payload }],
    },
  });
  const key = keys.userConversation(app, userID, SYSTEM_CONVERSATION);
  if (tx.get(key) === undefined) tx.set(key, toJson(NEW_USER_CONVERSATION));
  dropThrough(tx, app, userID, head.seq - LIMITS.systemNoticesKept);
}

/** Notices that are older than they are kept fall out. The user's scope must be locked. */
export function dropOldNotices(tx: Transaction, app: number, userID: string, nowMs: number): void {
  const mine = load.userConversation(tx, app, userID, SYSTEM_CONVERSATION);
  if (mine === undefined) return;
  const log = systemLog(app, userID);
  const oldestMs = nowMs - LIMITS.systemNoticesKeptMs;
  let gone = mine.clearedSeq ?? 0;
  for (;;) {
    const page = tx.messages({ log, after: gone, limit: PAGE });
    const old = page.filter(({ event }) => event.t === 'message' && event.timeMs < oldestMs);
    gone += old.length;
    if (old.length < PAGE) break;
  }
  dropThrough(tx, app, userID, gone);
}

/** The user's devices are told where that changes what is unread. */
function dropThrough(tx: Transaction, app: number, userID: string, gone: number): void {
  const mine = load.userConversation(tx, app, userID, SYSTEM_CONVERSATION);
  if (mine === undefined || gone <= (mine.clearedSeq ?? 0)) return;
  const isUnread = mine.readSeq < gone;
  // Every notice counts: their numbers are their running counts.
  const kept = isUnread ? joinedAt(mine, { seq: gone, countable: gone }) : mine;
  tx.set(keys.userConversation(app, userID, SYSTEM_CONVERSATION), toJson({ ...kept, clearedSeq: gone }));
  if (isUnread)
    appendInbox(tx, app, userID, { t: 'historyCleared', conversationID: SYSTEM_CONVERSATION, seq: gone });
}
