import { LIMITS, type MessageEvent, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { recentConversations, recentTopics } from '../conversations/list-conversations.ts';
import { loadReader, readable } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { withFreshLinks } from '../uploads/fresh-links.ts';
import { ImError } from '../errors.ts';
import type { MessageQuery, SearchIndex } from '../ports/search.ts';
import { documentOf } from './documents.ts';
import { pageOf, pageStart } from './pages.ts';
import { phrasesOf } from './phrases.ts';
import { saysPhrases } from './words.ts';

type Request = RequestOf<'search.messages'>;
type Reply = ReplyOf<'search.messages'>;
type Found = Reply['results'][number];

/**
 * Messages that the searcher may see now. The index says where to look, the conversation's reader what is shown:
 * whatever was recalled, changed, deleted or is meant for others since it was indexed is left out, or shown as it is.
 */
export async function searchMessages(
  deps: ReadDeps & { search: SearchIndex },
  { app, userID }: Actor,
  request: Request,
  nowMs: number,
): Promise<Reply> {
  const start = pageStart(request.cursor, nowMs);
  const { conversationID } = request;
  const conversationIDs =
    conversationID === undefined ? await conversationsOf(deps, { app, userID }) : [conversationID];
  const byLog = new Map(
    conversationIDs.map((id) => [conversationLog(app, userID, parseConversationID(id)), id]),
  );
  const query = queryOf(request, [...byLog.keys()], start.asOfMs);
  const hits = Map.groupBy(await deps.search.messages(query), ({ log }) => log);
  const found = await Promise.all(
    [...hits].map(([log, places]) =>
      readHits(deps, { app, userID, conversationID: byLog.get(log) ?? '' }, places, query),
    ),
  );
  const results = found.filter(({ count }) => count > 0);
  if (conversationID !== undefined) return withinOne(results[0], conversationID, start, request.limit);
  // The conversation with the newest message found comes first, as the index gave them; of several only the number is told.
  const { items, cursor } = pageOf(results, start, request.limit);
  const shown = items.map((one) => (one.count > 1 ? { ...one, messages: [] } : one));
  return { total: results.length, results: shown, cursor };
}

/** Topics are in no list of conversations, but what was said in them is looked for where no conversation is named. */
async function conversationsOf(deps: ReadDeps, user: { app: number; userID: string }): Promise<string[]> {
  const recent = await recentConversations(deps, user.app, user.userID);
  return [...recent, ...(await recentTopics(deps, user, recent))];
}

function withinOne(
  found: Found | undefined,
  conversationID: string,
  start: Parameters<typeof pageOf>[1],
  limit: number,
): Reply {
  const { items, cursor } = pageOf(found?.messages ?? [], start, limit);
  const count = found?.count ?? 0;
  return { total: count, results: count > 0 ? [{ conversationID, count, messages: items }] : [], cursor };
}

function queryOf(request: Request, logs: string[], asOfMs: number): MessageQuery {
  const { keywords, match, senders = [], types = [], timePositionS = 0, timePeriodS = 0 } = request;
  const phrases = phrasesOf(keywords, match);
  if (phrases.phrases.length === 0 && senders.length === 0 && types.length === 0)
    throw new ImError('badParameter', 'a search names keywords, senders or message types');
  // A message of the named second counts in whole.
  const toMs = timePositionS > 0 ? Math.min(asOfMs, timePositionS * 1000 + 999) : asOfMs;
  const afterMs = timePeriodS > 0 ? toMs - timePeriodS * 1000 : 0;
  return { ...phrases, logs, senders, types, afterMs, toMs, limit: LIMITS.searchHits };
}

/** The messages of one conversation as they are now. */
async function readHits(
  deps: ReadDeps,
  { app, userID, conversationID }: { app: number; userID: string; conversationID: string },
  places: readonly { seq: number }[],
  query: MessageQuery,
): Promise<Found> {
  const reader = await loadReader(deps, app, userID, conversationID);
  const messages: MessageEvent[] = [];
  for (const { seq } of places) {
    const range = { log: reader.log, after: seq - 1, before: seq + 1, limit: 1 };
    for (const { event } of await readable(deps, reader, await deps.store.messages(range)))
      if (event.t === 'message' && isAskedFor(event, query)) messages.push(withFreshLinks(deps, event));
  }
  return { conversationID, count: messages.length, messages };
}

function isAskedFor(event: MessageEvent, query: MessageQuery): boolean {
  const document = documentOf('', event);
  if (document === undefined) return false;
  const { senders, types } = query;
  return (
    saysPhrases(document.words, query) &&
    (senders.length === 0 || senders.includes(document.from)) &&
    (types.length === 0 || types.includes(document.type))
  );
}
