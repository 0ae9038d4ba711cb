import { type ConversationSnapshot, LIMITS, type MessageEvent } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { withFreshLinks } from '../uploads/fresh-links.ts';
import { groupView } from '../groups/group-view.ts';
import { KINDS } from '../groups/kinds.ts';
import { keys } from '../keys.ts';
import { lastMessage } from '../messages/history.ts';
import { decode } from '../records.ts';
import { countGone, goneRanges } from './gone-messages.ts';
import { readable, readablePos, readableSeq, type Reader } from './reader.ts';
import { seenSeqOf, unreadOf } from './user-conversation.ts';

/** The conversation as its reader has it, at one position of its log. */
export async function snapshotOf(
  deps: ReadDeps,
  reader: Reader,
  withBacklog: boolean,
): Promise<ConversationSnapshot> {
  const { conversationID, mine } = reader;
  const last = await lastMessage(deps, reader);
  const unread = await unreadFor(deps, reader);
  const backlog = withBacklog && unread > 0 ? await unreadMessages(deps, reader) : [];
  return {
    conversationID,
    pos: readablePos(reader),
    seq: readableSeq(reader),
    unread,
    readSeq: mine?.readSeq ?? 0,
    ...(last && { last }),
    ...(isHidden(reader, last) && { hidden: true as const }),
    ...(backlog.length > 0 && { backlog }),
    ...(mine?.isPinned && { isPinned: true as const }),
    ...remindTypeOf(reader),
    ...(mine?.customData && { customData: mine.customData }),
    ...(mine?.marks && mine.marks.length > 0 && { marks: [...mine.marks] }),
    ...(await peerFields(deps, reader)),
    ...whatItIs(reader),
  };
}

/** A group's is its members' to keep; a topic's is kept here, and begins as the community's. */
function remindTypeOf({ mine, group, member, topic }: Reader): Pick<ConversationSnapshot, 'remindType'> {
  const remindType =
    mine?.remindType ??
    (topic && group ? (member?.remindType ?? KINDS[group.type].defaultRemindType) : undefined);
  return remindType === undefined ? {} : { remindType };
}

function whatItIs({ group, head, member, topic }: Reader): Pick<ConversationSnapshot, 'group' | 'topic'> {
  if (topic !== undefined) return { topic };
  return group === undefined ? {} : { group: groupView(group, head, member) };
}

/** One-to-one: who the peer is, and how far the peer has read. */
async function peerFields(
  deps: ReadDeps,
  { app, userID, ref }: Reader,
): Promise<Pick<ConversationSnapshot, 'peer' | 'peerReadSeq'>> {
  if (ref.kind !== 'c2c') return {};
  const wanted = [
    keys.profile(app, ref.peer),
    keys.userConversation(app, ref.peer, `C2C${userID}`),
    keys.blocked(app, userID, ref.peer),
  ];
  const [profile, theirs, blocked] = await deps.store.get(wanted);
  const read = decode.userConversation(theirs);
  return {
    peer: decode.profile(profile, ref.peer),
    peerReadSeq: decode.blocked(blocked)?.peerReadSeq ?? (read === undefined ? 0 : seenSeqOf(read)),
  };
}

/** A former member has nothing unread: the mark was set when the membership ended. */
async function unreadFor(deps: ReadDeps, reader: Reader): Promise<number> {
  const { mine, head, userID } = reader;
  if (mine === undefined || (reader.ref.kind === 'group' && reader.member === undefined)) return 0;
  if (mine.readSeq >= head.seq) return 0;
  const ranges = goneRanges(reader, reader, mine);
  const recalls = await deps.store.scan(ranges.recalls);
  const deletions = ranges.deletions === undefined ? [] : await deps.store.scan(ranges.deletions);
  return unreadOf(mine, head, countGone({ userID, pos: head.pos }, recalls, deletions));
}

/** What arrived since the read mark and is still unread, oldest first; of a long backlog only the newest. */
async function unreadMessages(deps: ReadDeps, reader: Reader): Promise<MessageEvent[]> {
  const { log, mine, userID } = reader;
  const range = {
    log,
    after: mine?.readSeq ?? 0,
    before: readableSeq(reader) + 1,
    limit: LIMITS.backlogPerConversation,
  };
  const entries = await deps.store.messages({ ...range, newest: true });
  const shown = await readable(deps, reader, entries);
  // Tips and whatever else never counted, or counts no more, wait for nobody: the history has them.
  return shown.flatMap(({ event }) =>
    event.t === 'message' && event.from !== userID && !event.uncounted && !event.recalled
      ? [withFreshLinks(deps, event)]
      : [],
  );
}

/** Deleted and nothing new since; or a group of a kind that shows only when somebody has spoken. */
function isHidden(reader: Reader, last: MessageEvent | undefined): boolean {
  const { mine, group, member, head, topic } = reader;
  if (mine === undefined) return true;
  // What others say in a group that I left is nothing new to me.
  if (mine.hiddenSeq !== undefined && readableSeq(reader) <= mine.hiddenSeq) return true;
  if (group === undefined) return readableSeq(reader) === 0;
  if (topic !== undefined) return false;
  // A former member who cleared or deleted what was said has it in the list still.
  const heard = last?.countable ?? (mine.clearedSeq || mine.hasDeletions ? 1 : 0);
  const spoken = member === undefined ? heard : head.countable;
  if (spoken > 0) return false;
  // Where members talk in topics, the community itself is no conversation until somebody makes it one.
  return group.isSupportTopic ?? (KINDS[group.type].hiddenUntilFirstMessage && member?.role !== 'Owner');
}
