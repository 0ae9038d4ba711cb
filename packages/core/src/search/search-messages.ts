import { LIMITS, type MessageEvent, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { conversationLog, parseConversationID } from '../conversations/conversation-id.ts';
import { recentConversations, recentTopics } from '../conversations/list-conversations.ts';
import { loadReader, readable, type Reader, visibleSeqs } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { withFreshLinks } from '../uploads/fresh-links.ts';
import { ImError } from '../errors.ts';
import type { MessageQuery, SearchIndex } from '../ports/search.ts';
import { documentOf } from './documents.ts';
import { pageOf, type PageStart, pageStart } from './pages.ts';
import { phrasesOf } from './phrases.ts';
import { saysPhrases } from './words.ts';

type Request = RequestOf<'search.messages'>;
type Reply = ReplyOf<'search.messages'>;
/** What was found in one conversation: the numbers of the messages that the searcher may see, the newest first. */
interface Found {
  reader: Reader;
  seqs: readonly number[];
}

/**
 * Messages that the searcher may see now. The index says where to look, and leaves out what is meant for others; the
 * conversation's reader says what of it is there for the searcher. That is counted. What is shown is read, and compared once more:
 * whatever was recalled or changed since it was indexed is left out, or shown as it is.
 */
export async function searchMessages(
  deps: SearchDeps,
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
  const query = queryOf(request, { userID, logs: [...byLog.keys()], asOfMs: start.asOfMs });
  const hits = Map.groupBy(await deps.search.messages(query), ({ log }) => log);
  const found = await Promise.all(
    [...hits].map(async ([log, places]) => {
      const reader = await loadReader(deps, app, userID, byLog.get(log) ?? '');
      return {
        reader,
        seqs: await visibleSeqs(
          deps,
          reader,
          places.map(({ seq }) => seq),
        ),
      };
    }),
  );
  const results = found.filter(({ seqs }) => seqs.length > 0);
  if (conversationID !== undefined)
    return withinOne(deps, results[0], { start, limit: request.limit, query });
  // The conversation with the newest message found comes first, as the index gave them; of several only the number is told.
  const { items, cursor } = pageOf(results, start, request.limit);
  const shown = await Promise.all(items.map((one) => amongAll(deps, one, query)));
  const isThere = shown.filter(({ count }) => count > 0);
  return { total: results.length - (shown.length - isThere.length), results: isThere, cursor };
}

type SearchDeps = ReadDeps & { search: SearchIndex };

/** Topics are in no list of conversations, but what was said in them is looked for where no conversation is named. */
async function conversationsOf(deps: ReadDeps, user: { app: number; userID: string }): Promise<string[]> {
  const recent = await recentConversations(deps, user.app, user.userID);
  return [...recent, ...(await recentTopics(deps, user, recent))];
}

async function withinOne(
  deps: ReadDeps,
  found: Found | undefined,
  { start, limit, query }: { start: PageStart; limit: number; query: MessageQuery },
): Promise<Reply> {
  if (found === undefined) return { total: 0, results: [], cursor: '' };
  const { reader, seqs } = found;
  const { items, cursor } = pageOf(seqs, start, limit);
  const messages = await readHits(deps, reader, items, query);
  const count = seqs.length - (items.length - messages.length);
  const { conversationID } = reader;
  return { total: count, results: count > 0 ? [{ conversationID, count, messages }] : [], cursor };
}

async function amongAll(
  deps: ReadDeps,
  { reader, seqs }: Found,
  query: MessageQuery,
): Promise<Reply['results'][number]> {
  const { conversationID } = reader;
  if (seqs.length > 1) return { conversationID, count: seqs.length, messages: [] };
  const messages = await readHits(deps, reader, seqs, query);
  return { conversationID, count: messages.length, messages };
}

function queryOf(
  request: Request,
  { userID, logs, asOfMs }: { userID: string; logs: string[]; asOfMs: number },
): MessageQuery {
  const { keywords, match, senders = [], types = [], timePositionS = 0, timePeriodS = 0 } = request;
  const phrases = phrasesOf(keywords, match);
  if (phrases.phrases.length === 0 && senders.length === 0 && types.length === 0)
    throw new ImError('badParameter', 'a search names keywords, senders or message types');
  // A message of the named second counts in whole.
  const toMs = timePositionS > 0 ? Math.min(asOfMs, timePositionS * 1000 + 999) : asOfMs;
  const afterMs = timePeriodS > 0 ? toMs - timePeriodS * 1000 : 0;
  return { ...phrases, reader: userID, logs, senders, types, afterMs, toMs, limit: LIMITS.searchHits };
}

/** Some messages of one conversation as they are now. */
async function readHits(
  deps: ReadDeps,
  reader: Reader,
  seqs: readonly number[],
  query: MessageQuery,
): Promise<MessageEvent[]> {
  const messages: MessageEvent[] = [];
  for (const seq of seqs) {
    const range = { log: reader.log, after: seq - 1, before: seq + 1, limit: 1 };
    for (const { event } of await readable(deps, reader, await deps.store.messages(range)))
      if (event.t === 'message' && isAskedFor(event, query)) messages.push(withFreshLinks(deps, event));
  }
  return messages;
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
