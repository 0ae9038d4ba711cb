import type { MessageEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import { loadReader, readable, readableSeq, type Reader } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { KINDS } from '../groups/kinds.ts';
import type { LogEntry } from '../ports/store.ts';
import { withFreshLinks } from '../uploads/fresh-links.ts';

/** Store pages read for one request: a run of invisible messages ends the page early instead of holding everything up. */
const PAGES_PER_REQUEST = 10;
/** Where nothing was found the next page is larger, up to so many: whoever has blocked somebody may have thousands that are kept from them. */
const LARGEST_PAGE = 1000;
const pageSize = (limit: number, page: number): number =>
  Math.max(limit, Math.min(LARGEST_PAGE, limit * 4 ** page));

/** Messages looked at for the last one that counts as such: behind more than that of tips and targeted ones, none is shown. */
const LAST_LOOKBACK = 200;

/** A page of messages that the reader may see, oldest first. Costs the same at the end of a long history as at its start. */
export async function messageHistory(
  deps: ReadDeps,
  app: number,
  userID: string,
  request: RequestOf<'message.history'>,
): Promise<ReplyOf<'message.history'>> {
  const reader = await loadReader(deps, app, userID, request.conversationID);
  requireReadable(reader);
  const { timeS } = request;
  if (timeS !== undefined && reader.ref.kind === 'system')
    throw new ImError('badParameter', 'notices are read page by page alone');
  if (timeS !== undefined) return byTime(deps, reader, { ...request, timeS });
  return request.after === undefined
    ? older(deps, reader, Math.min(request.before ?? Infinity, readableSeq(reader) + 1), request.limit)
    : newer(deps, reader, request.after, request.limit);
}

/** Who is not in a group and never was is told so, rather than shown a chat in which nobody has spoken. */
function requireReadable({ ref, group, stretches }: Reader): void {
  if (ref.kind !== 'group' || stretches.length > 0) return;
  if (group === undefined || group.dismissedPos !== undefined) throw new ImError('groupNotFound');
  if (KINDS[group.type].stored) throw new ImError('noPermission', 'not a member of the group');
}

/** A time may say where in its second: the number of its message there, in parts of a second, which is exact for any year to come. */
const PLACES = 2 ** 20;

/** A page from a time on. A second may hold more messages than a page, so it says where in its second the next one begins. */
async function byTime(
  deps: ReadDeps,
  reader: Reader,
  { timeS, onward, limit }: RequestOf<'message.history'> & { timeS: number },
): Promise<ReplyOf<'message.history'>> {
  const second = Math.floor(timeS);
  const place = Math.round((timeS - second) * PLACES);
  const earlier = await newestOf(deps, reader, second * 1000 - 1);
  if (onward) return withTime(deps, reader, await newer(deps, reader, earlier + place, limit));
  const top = readableSeq(reader) + 1;
  const isWhole = place === 0 && timeS > 0;
  const end = isWhole ? (await newestOf(deps, reader, second * 1000 + 999)) + 1 : earlier + place;
  return withTime(deps, reader, await older(deps, reader, timeS > 0 ? Math.min(end, top) : top, limit));
}

async function withTime(
  deps: ReadDeps,
  reader: Reader,
  page: ReplyOf<'message.history'>,
): Promise<ReplyOf<'message.history'>> {
  if (page.complete) return page;
  const range = { log: reader.log, after: page.next - 1, before: page.next + 1, limit: 1 };
  const [entry] = await deps.store.messages(range);
  if (entry?.event.t !== 'message') return page;
  const second = Math.floor(entry.event.timeMs / 1000);
  const earlier = await newestOf(deps, reader, second * 1000 - 1);
  return { ...page, nextS: second + (page.next - earlier) / PLACES };
}

/** The number of the newest message of a time or before, found by halving: numbers are dense and their times never step back. */
async function newestOf(deps: ReadDeps, { log, head }: Reader, timeMs: number): Promise<number> {
  let low = 0;
  let high = head.seq;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [entry] = await deps.store.messages({ log, after: middle - 1, before: middle + 1, limit: 1 });
    if (entry?.event.t === 'message' && entry.event.timeMs <= timeMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The oldest message number that could still be visible. */
function floorSeq(reader: Reader): number {
  const oldest = Math.min(Infinity, ...reader.stretches.map(({ afterSeq }) => afterSeq));
  return Math.max(oldest, reader.mine?.clearedSeq ?? 0);
}

/** What of a page the reader may see, by its place. */
async function readableAt(
  deps: ReadDeps,
  reader: Reader,
  entries: readonly LogEntry[],
): Promise<Map<number, LogEntry['event']>> {
  return new Map((await readable(deps, reader, entries)).map(({ pos, event }) => [pos, event]));
}

async function older(
  deps: ReadDeps,
  reader: Reader,
  before: number,
  limit: number,
): Promise<ReplyOf<'message.history'>> {
  const floor = floorSeq(reader);
  const messages: MessageEvent[] = [];
  let next = before;
  for (let page = 0; page < PAGES_PER_REQUEST && messages.length < limit && next > floor + 1; page++) {
    const entries = await deps.store.messages({
      log: reader.log,
      after: floor,
      before: next,
      limit: pageSize(limit, page),
      newest: true,
    });
    const shown = await readableAt(deps, reader, entries);
    for (const entry of entries.toReversed()) {
      if (messages.length === limit) break;
      next = entry.seq ?? next;
      const event = shown.get(entry.pos);
      if (event?.t === 'message') messages.push(withFreshLinks(deps, event));
    }
    if (entries.length === 0) next = floor + 1;
  }
  return { messages: messages.reverse(), complete: next <= floor + 1, next };
}

async function newer(
  deps: ReadDeps,
  reader: Reader,
  after: number,
  limit: number,
): Promise<ReplyOf<'message.history'>> {
  const top = readableSeq(reader);
  const messages: MessageEvent[] = [];
  let next = Math.max(after, floorSeq(reader));
  for (let page = 0; page < PAGES_PER_REQUEST && messages.length < limit && next < top; page++) {
    const size = pageSize(limit, page);
    const entries = await deps.store.messages({ log: reader.log, after: next, before: top + 1, limit: size });
    const shown = await readableAt(deps, reader, entries);
    for (const entry of entries) {
      if (messages.length === limit) break;
      next = entry.seq ?? next;
      const event = shown.get(entry.pos);
      if (event?.t === 'message') messages.push(withFreshLinks(deps, event));
    }
    if (entries.length === 0) next = top;
  }
  return { messages, complete: next >= top, next };
}

/** The newest message that the reader may see and that counts as a last message, looking back a bounded way. */
export async function lastMessage(deps: ReadDeps, reader: Reader): Promise<MessageEvent | undefined> {
  const floor = floorSeq(reader);
  let before = readableSeq(reader) + 1;
  for (let limit = 2; limit <= LAST_LOOKBACK && before > floor + 1; limit *= 10) {
    const entries = await deps.store.messages({ log: reader.log, after: floor, before, limit, newest: true });
    const shown = await readable(deps, reader, entries);
    const found = shown.findLast(({ event }) => event.t === 'message' && !event.notLast);
    if (found?.event.t === 'message') return withFreshLinks(deps, found.event);
    before = entries[0]?.seq ?? 0;
  }
  return undefined;
}
