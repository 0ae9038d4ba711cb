import { KINDS } from '../groups/kinds.ts';
import { keys } from '../keys.ts';
import { shownTo } from '../logs/shown-to.ts';
import type { LogEntry } from '../ports/store.ts';
import type { ReadDeps } from '../deps.ts';
import { aboutSeq, asTold, isMeantFor } from '../messages/audience.ts';
import { STORE_BOUNDS } from '../ports/store-bounds.ts';
import {
  conversationEventOf,
  decode,
  type Former,
  type Group,
  type Head,
  type Member,
  type Topic,
  type UserConversation,
} from '../records.ts';
import { readTopicSide } from '../topics/topic-side.ts';
import { conversationLog, type ConversationRef, parseConversationID } from './conversation-id.ts';

/** A stretch of a log, both as positions and as message numbers: after (exclusive) to (inclusive). */
export interface Stretch {
  afterPos: number;
  toPos: number;
  afterSeq: number;
  toSeq: number;
}

/** One user's view of one conversation: what is there, and which of it the user may see. Every way of reading goes through this. */
export interface Reader {
  app: number;
  userID: string;
  conversationID: string;
  ref: ConversationRef;
  log: string;
  head: Head;
  /** Absent when the conversation is not the user's. */
  mine?: UserConversation;
  group?: Group;
  member?: Member;
  topic?: Topic;
  /** Oldest first; a running membership ends at the head. */
  stretches: readonly Stretch[];
}

/** Loads the user's view. A conversation that never was has an empty head and no `mine`. */
export async function loadReader(
  deps: ReadDeps,
  app: number,
  userID: string,
  conversationID: string,
): Promise<Reader> {
  const ref = parseConversationID(conversationID);
  const log = conversationLog(app, userID, ref);
  const wanted = [keys.head(log), keys.userConversation(app, userID, conversationID)];
  if (ref.kind === 'group') wanted.push(keys.group(log), keys.member(log, userID), keys.former(log, userID));
  if (ref.kind === 'group' && ref.topicID !== undefined) wanted.push(keys.topic(log, ref.topicID));
  const [headRecord, mineRecord, groupRecord, memberRecord, formerRecord, topicRecord] =
    await deps.store.get(wanted);
  const head = decode.head(headRecord);
  const mine = decode.userConversation(mineRecord);
  const who = { app, userID, conversationID, ref, log, head };
  if (ref.kind !== 'group') {
    const { seq: toSeq } = shownTo(head, userID);
    const stretches = [{ afterPos: 0, toPos: head.pos, afterSeq: 0, toSeq }];
    return { ...who, ...(mine && { mine }), stretches };
  }
  const group = decode.group(groupRecord);
  const member = decode.member(memberRecord);
  const sides = {
    ...(mine && { mine }),
    ...(group && { group }),
    ...(member && { member }),
  };
  const former = decode.former(formerRecord);
  if (ref.topicID === undefined)
    return { ...who, ...sides, stretches: groupStretches(head, group, member, former) };
  const topic = decode.topic(topicRecord);
  if (topic === undefined || group === undefined) return { ...who, stretches: [] };
  const side = await readTopicSide(deps, { log, head, group, ...sides, ...(former && { former }) });
  return { ...who, ...sides, topic, ...side, stretches: withHistory(side.stretches, group) };
}

/** What a member, or somebody who was one, may read of a group's log. */
export function groupStretches(
  head: Pick<Head, 'pos' | 'seq'>,
  group?: Group,
  member?: Member,
  former?: Former,
): Stretch[] {
  const stretches: Stretch[] = [...(former?.intervals ?? [])];
  if (member !== undefined) {
    const toPos = group?.dismissedPos ?? head.pos;
    stretches.push({ afterPos: member.joinPos, toPos, afterSeq: member.joinSeq, toSeq: head.seq });
  }
  return withHistory(stretches, group);
}

/** Where the kind says so, a member reads all that was said before; events of before are not needed, records have what they led to. */
function withHistory(stretches: readonly Stretch[], group: Group | undefined): Stretch[] {
  const last = stretches.at(-1);
  if (last === undefined || group === undefined || !KINDS[group.type].historyForNewcomers)
    return [...stretches];
  return [...stretches.slice(0, -1), { ...last, afterSeq: 0 }];
}

/** Whether a position lies in one of the user's memberships: only then is what stands there brought to them. */
export const isInside = ({ stretches }: Reader, pos: number): boolean =>
  stretches.some((stretch) => pos > stretch.afterPos && pos <= stretch.toPos);

/** Those of a page's entries that the reader may see, in their order. Every page that leaves the core has gone through here. */
export async function readable(
  deps: ReadDeps,
  reader: Reader,
  entries: readonly LogEntry[],
): Promise<LogEntry[]> {
  const shown = entries.filter((entry) => mayRead(reader, entry)).map(toldEntry);
  const seqs = shown.flatMap(({ seq }) => seq ?? []);
  const [first, last] = [seqs[0], seqs.at(-1)];
  if (!reader.mine?.hasDeletions || first === undefined || last === undefined) return shown;
  const { app, userID, conversationID } = reader;
  const after = keys.deletion(app, userID, conversationID, first - 1);
  const records = await deps.store.scan({
    prefix: keys.deletions(app, userID, conversationID),
    after,
    // At most one deletion for each number of the page, but numbers in between may be of invisible messages.
    limit: Math.min(STORE_BOUNDS.page, last - first + 1),
  });
  const deleted = new Set(records.map(([key]) => Number(key.slice(key.lastIndexOf('/') + 1))));
  return shown.filter(({ seq }) => seq === undefined || !deleted.has(seq));
}

function toldEntry(entry: LogEntry): LogEntry {
  const event = conversationEventOf(entry);
  const told = asTold(event);
  return told === event ? entry : { ...entry, event: told };
}

/** Those of some message numbers that are there for the reader, without a look at the messages: who is meant by them, they say. */
export async function visibleSeqs(
  { store }: ReadDeps,
  { app, userID, conversationID, mine, stretches }: Reader,
  seqs: readonly number[],
): Promise<number[]> {
  const inside = seqs.filter((seq) => seq > (mine?.clearedSeq ?? 0) && isWithin(stretches, seq));
  if (!mine?.hasDeletions) return inside;
  const deletions = await store.get(inside.map((seq) => keys.deletion(app, userID, conversationID, seq)));
  return inside.filter((_, at) => deletions[at] === undefined);
}

/** Whether the reader may see an entry at all: inside a stretch, not cleared, and not meant for others alone. */
function mayRead(reader: Reader, { pos, seq, event }: LogEntry): boolean {
  if (event.t !== 'message' || seq === undefined) {
    if (!isInside(reader, pos)) return false;
    const told = conversationEventOf({ event });
    const about = aboutSeq(told);
    return isMeantFor(told, reader.userID) && (about === undefined || isWithin(reader.stretches, about));
  }
  if (seq <= (reader.mine?.clearedSeq ?? 0) || !isMeantFor(event, reader.userID)) return false;
  return isWithin(reader.stretches, seq);
}

function isWithin(stretches: readonly Stretch[], seq: number): boolean {
  return stretches.some(({ afterSeq, toSeq }) => seq > afterSeq && seq <= toSeq);
}

/** The newest position that the reader may know of. */
export function readablePos(reader: Reader): number {
  return reader.stretches.at(-1)?.toPos ?? 0;
}

/** The newest message number that the reader may know of. */
export function readableSeq(reader: Reader): number {
  return reader.stretches.at(-1)?.toSeq ?? 0;
}
