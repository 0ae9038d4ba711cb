import { LIMITS, type MessageEvent, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { isInside, loadReader, type Reader, readable } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, unpart } from '../keys.ts';
import type { Json } from '../ports/store.ts';
import { readProfiles } from '../profiles/read-profiles.ts';
import { decode } from '../records.ts';
import { REACTION_ROWS } from './reactions.ts';
import { countsOf } from './receipts.ts';

/** A message that the reader may see, by its number. */
export async function requireVisible(deps: ReadDeps, reader: Reader, seq: number): Promise<MessageEvent> {
  const entries = await deps.store.messages({ log: reader.log, after: seq - 1, before: seq + 1, limit: 1 });
  const [entry] = await readable(deps, reader, entries);
  if (entry?.event.t !== 'message') throw new ImError('messageNotFound', String(seq));
  return entry.event;
}

/** One message by the ID that its sender made; absent when the user may not see it. */
export async function findMessage(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, from, clientID }: RequestOf<'message.find'>,
): Promise<ReplyOf<'message.find'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  const [record] = await deps.store.get([keys.sent(app, from, clientID)]);
  const sent = decode.sent(record);
  if (sent === undefined || sent.log !== reader.log) return {};
  const entries = await deps.store.entries({ log: sent.log, after: sent.pos - 1, limit: 1 });
  const [entry] = await readable(deps, reader, entries);
  return entry?.event.t === 'message' ? { message: entry.event } : {};
}

/** The pairs that a message has now. */
export async function getExtensions(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seq }: RequestOf<'message.getExtensions'>,
): Promise<ReplyOf<'message.getExtensions'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  await requireVisible(deps, reader, seq);
  const range = { prefix: keys.extensions(reader.log, seq), limit: LIMITS.extensionsOfMessage * 4 };
  const records = await deps.store.scan(range);
  const extensions = records.flatMap(([, value]) => {
    const extension = decode.extension(value);
    if (extension === undefined || extension.deleted) return [];
    const { key, value: text, revision } = extension;
    return [{ key, value: text, revision }];
  });
  return { extensions };
}

/** Reactions of several messages; those that the user may not see are left out. */
export async function getReactions(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seqs, users }: RequestOf<'message.getReactions'>,
): Promise<ReplyOf<'message.getReactions'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  const messages: ReplyOf<'message.getReactions'>['messages'] = [];
  for (const seq of seqs) {
    const entries = await deps.store.messages({ log: reader.log, after: seq - 1, before: seq + 1, limit: 1 });
    if ((await readable(deps, reader, entries)).length === 0) continue;
    const records = await deps.store.scan({
      prefix: keys.reactions(reader.log, seq),
      limit: REACTION_ROWS,
    });
    const reactions = records.flatMap(([, value]) => {
      const stored = decode.reaction(value);
      if (stored === undefined || stored.userIDs.length === 0) return [];
      const { reactionID, userIDs } = stored;
      return [
        { reactionID, total: userIDs.length, users: userIDs.slice(0, users), mine: userIDs.includes(userID) },
      ];
    });
    messages.push({ seq, reactions });
  }
  return { messages };
}

/** Who reacted in one way, with their profiles. */
export async function getReactionUsers(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seq, reactionID, after, limit }: RequestOf<'message.getReactionUsers'>,
): Promise<ReplyOf<'message.getReactionUsers'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  await requireVisible(deps, reader, seq);
  const [record] = await deps.store.get([keys.reaction(reader.log, seq, reactionID)]);
  const userIDs = decode.reaction(record)?.userIDs ?? [];
  const page = userIDs.slice(after, after + limit);
  const profiles = await readProfiles(deps, app, page);
  const users = profiles.map(({ userID: id, nick, avatar }) => ({
    userID: id,
    ...(nick && { nick }),
    ...(avatar && { avatar }),
  }));
  const next = after + page.length;
  return { users, next, complete: next >= userIDs.length };
}

/**
 * Those messages of a list that others sent to the user, and who they are, so that they can be told. What was said before the user
 * came may be read where the kind of group says so, but it was not sent to them.
 */
export async function receivedOf(
  deps: ReadDeps,
  actor: Actor,
  conversationID: string,
  seqs: readonly number[],
): Promise<{ seqs: number[]; senders: string[] }> {
  const reader = await loadReader(deps, actor.app, actor.userID, conversationID);
  const received: number[] = [];
  const senders = new Set<string>();
  for (const seq of seqs) {
    const entries = await deps.store.messages({ log: reader.log, after: seq - 1, before: seq + 1, limit: 1 });
    for (const { pos, event } of await readable(deps, reader, entries)) {
      if (event.t !== 'message' || event.from === actor.userID || !isInside(reader, pos)) continue;
      received.push(seq);
      senders.add(event.from);
    }
  }
  return { seqs: received, senders: [...senders] };
}

/** How many have read messages of the user's own. */
export async function getReceipts(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seqs }: RequestOf<'receipt.get'>,
): Promise<ReplyOf<'receipt.get'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  const receipts: ReplyOf<'receipt.get'>['receipts'] = [];
  for (const seq of seqs) {
    const message = await requireVisible(deps, reader, seq);
    if (message.from !== userID)
      throw new ImError('noPermission', 'only the sender may ask who has read a message');
    const [record] = await deps.store.get([keys.receiptCount(reader.log, seq)]);
    const { read, timeMs } = decode.receiptCount(record);
    receipts.push({ seq, id: message.id, ...countsOf(message, read), ...(timeMs > 0 && { timeMs }) });
  }
  return { receipts };
}

/** Who has, or has not, read one of the user's own messages. */
export async function getReadMembers(
  deps: ReadDeps,
  { app, userID }: Actor,
  { conversationID, seq, read, after, limit }: RequestOf<'receipt.members'>,
): Promise<ReplyOf<'receipt.members'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  const message = await requireVisible(deps, reader, seq);
  if (message.from !== userID)
    throw new ImError('noPermission', 'only the sender may ask who has read a message');
  if (message.receivers !== undefined) return readReceivers(deps, reader.log, message, { seq, read });
  const { log } = reader;
  const prefix = read ? keys.receiptsOf(log, seq) : keys.members(log);
  const keyOf = (id: string) => (read ? keys.receipt(log, seq, id) : keys.member(log, id));
  const userIDs: string[] = [];
  let position = after;
  while (userIDs.length < limit) {
    const range = {
      prefix,
      limit: LIMITS.syncPage,
      ...(position !== undefined && { after: keyOf(position) }),
    };
    const records = await deps.store.scan(range);
    const page = records.map(([key]) => unpart(key.slice(prefix.length)));
    const wanted = new Set(read ? page : await waitedFor(deps, log, message, records));
    for (const id of page) {
      if (userIDs.length === limit) break;
      position = id;
      if (wanted.has(id)) userIDs.push(id);
    }
    if (page.length < LIMITS.syncPage && (page.length === 0 || position === page.at(-1))) return { userIDs };
  }
  return { userIDs, ...(position !== undefined && { next: position }) };
}

/** Of some members, those whom a message was sent to, and who have not said that they read it. */
async function waitedFor(
  deps: ReadDeps,
  log: string,
  { from, seq, at }: MessageEvent,
  records: readonly [string, Json][],
): Promise<string[]> {
  const prefix = keys.members(log);
  const members = records.flatMap(([key, value]) => {
    const userID = unpart(key.slice(prefix.length));
    const member = decode.member(value);
    return member === undefined || userID === from ? [] : [{ userID, member }];
  });
  const receipts = await deps.store.get(members.map(({ userID }) => keys.receipt(log, seq, userID)));
  const former = await deps.store.get(members.map(({ userID }) => keys.former(log, userID)));
  return members.flatMap(({ userID, member: { joinSeq, joinPos } }, index) => {
    if (receipts[index] !== undefined) return [];
    const since = { afterSeq: joinSeq, toSeq: Infinity, afterPos: joinPos, toPos: Infinity };
    const stays = [...(decode.former(former[index])?.intervals ?? []), since];
    // In a topic it is the community's log that says who was in.
    const wasIn = stays.some(({ afterSeq, toSeq, afterPos, toPos }) =>
      at === undefined ? seq > afterSeq && seq <= toSeq : at > afterPos && at < toPos,
    );
    return wasIn ? [userID] : [];
  });
}

/** A targeted message has few readers, and nobody else is asked about. */
async function readReceivers(
  deps: ReadDeps,
  log: string,
  { receivers = [] }: MessageEvent,
  { seq, read }: { seq: number; read: boolean },
): Promise<ReplyOf<'receipt.members'>> {
  const receipts = await deps.store.get(receivers.map((userID) => keys.receipt(log, seq, userID)));
  return { userIDs: receivers.filter((_, index) => (receipts[index] !== undefined) === read) };
}
