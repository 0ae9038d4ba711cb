import { LIMITS, type MessageEvent, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { loadReader, type Reader, readable } from '../conversations/reader.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, unpart } from '../keys.ts';
import { readProfiles } from '../profiles/read-profiles.ts';
import { decode } from '../records.ts';
import { REACTION_ROWS } from './reactions.ts';

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

/** Who sent the messages of a list, so that they can be told. */
export async function sendersOf(
  deps: ReadDeps,
  actor: Actor,
  conversationID: string,
  seqs: readonly number[],
): Promise<string[]> {
  const reader = await loadReader(deps, actor.app, actor.userID, conversationID);
  const senders = new Set<string>();
  for (const seq of seqs) {
    const entries = await deps.store.messages({ log: reader.log, after: seq - 1, before: seq + 1, limit: 1 });
    for (const { event } of await readable(deps, reader, entries))
      if (event.t === 'message') senders.add(event.from);
  }
  senders.delete(actor.userID);
  return [...senders];
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
    const all = message.receivers?.length ?? (reader.group === undefined ? 1 : reader.group.memberCount - 1);
    const counts = { readCount: read, unreadCount: Math.max(0, all - read) };
    receipts.push({ seq, id: message.id, ...counts, ...(timeMs > 0 && { timeMs }) });
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
    const page = (await deps.store.scan(range)).map(([key]) => unpart(key.slice(prefix.length)));
    const receipts = read ? [] : await deps.store.get(page.map((id) => keys.receipt(log, seq, id)));
    for (const [index, id] of page.entries()) {
      if (userIDs.length === limit) break;
      position = id;
      if (read || (receipts[index] === undefined && id !== userID)) userIDs.push(id);
    }
    if (page.length < LIMITS.syncPage && (page.length === 0 || position === page.at(-1))) return { userIDs };
  }
  return { userIDs, ...(position !== undefined && { next: position }) };
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
