import { type ConversationEvent, type ConversationRange, LIMITS } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { isInside, loadReader, readable, readablePos, type Reader } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { conversationEventOf } from '../records.ts';
import { withFreshLinks } from '../uploads/fresh-links.ts';

/** Events after `after` as the reader may see them, and whether there are more. What may not be seen is covered, and empty. */
export async function rangeAfter(
  deps: ReadDeps,
  reader: Reader,
  after: number,
  limit: number,
): Promise<{ range: ConversationRange; more: boolean }> {
  const { conversationID, log } = reader;
  const top = readablePos(reader);
  if (after > top) throw new ImError('reset', `${conversationID} ends at ${top}`);
  // Between memberships there is nothing to see: begin where the first stretch does that is not wholly behind.
  const stretch = reader.stretches.find(({ toPos }) => toPos > after);
  const start = Math.max(after, stretch?.afterPos ?? after);
  const entries = await deps.store.entries({ log, after: start, before: top + 1, limit });
  const shown = await readable(deps, reader, entries);
  // What is readable as history only, from before or between memberships, is not news.
  const news = shown.filter(({ pos }) => isInside(reader, pos));
  const events = news.map((entry): [number, ConversationEvent] => {
    const event = conversationEventOf(entry);
    return [entry.pos, event.t === 'message' ? withFreshLinks(deps, event) : event];
  });
  const more = entries.length === limit;
  const to = more ? (entries.at(-1)?.pos ?? top) : top;
  return { range: { conversationID, from: after + 1, to, events }, more: more && to < top };
}

/** One page of a conversation's events. */
export async function syncConversation(
  deps: ReadDeps,
  app: number,
  userID: string,
  request: { epoch: string; conversationID: string; after: number },
): Promise<{ range: ConversationRange; more: boolean }> {
  if (request.epoch !== deps.store.epoch) throw new ImError('reset', 'the store was restored');
  const reader = await loadReader(deps, app, userID, request.conversationID);
  return rangeAfter(deps, reader, request.after, LIMITS.syncPage);
}
