import type { MessageEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import { loadReader, readable, readableSeq, type Reader } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { withFreshLinks } from '../uploads/fresh-links.ts';

/** Store pages read for one request: a run of invisible messages ends the page early instead of holding everything up. */
const PAGES_PER_REQUEST = 10;

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
  if (request.timeS !== undefined) {
    const seq = await newestOf(deps, reader, request.timeS * 1000 + 999);
    if (request.onward) return newer(deps, reader, Math.max(0, seq - 1), request.limit);
    return older(deps, reader, seq + 1, request.limit);
  }
  return request.after === undefined
    ? older(deps, reader, Math.min(request.before ?? Infinity, readableSeq(reader) + 1), request.limit)
    : newer(deps, reader, request.after, request.limit);
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
      limit,
      newest: true,
    });
    const shown = new Set(await readable(deps, reader, entries));
    for (const entry of entries.toReversed()) {
      if (messages.length === limit) break;
      next = entry.seq ?? next;
      if (entry.event.t === 'message' && shown.has(entry)) messages.push(withFreshLinks(deps, entry.event));
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
    const entries = await deps.store.messages({ log: reader.log, after: next, before: top + 1, limit });
    const shown = new Set(await readable(deps, reader, entries));
    for (const entry of entries) {
      if (messages.length === limit) break;
      next = entry.seq ?? next;
      if (entry.event.t === 'message' && shown.has(entry)) messages.push(withFreshLinks(deps, entry.event));
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
