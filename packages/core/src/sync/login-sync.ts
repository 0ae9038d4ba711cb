import { type Cursor, LIMITS, type SyncPage } from '@sterna/protocol';
import { readablePos, type Reader } from '../conversations/reader.ts';
import { recentReaders, topicReaders } from '../conversations/list-conversations.ts';
import { snapshotOf } from '../conversations/snapshot.ts';
import type { ReadDeps } from '../deps.ts';
import { rangeAfter } from './conversation-range.ts';
import { inboxAfter, inboxPos } from './inbox-range.ts';

/** Events handed over with the login itself; conversations with more are named as behind. */
const EVENTS_INLINE = 500;

/**
 * What a device needs to be current. The inbox is read before the conversations, so whatever the snapshots show beyond it
 * comes again as inbox events, which are idempotent. The caller is subscribed already: later entries are pushed.
 */
export async function loginSync(
  deps: ReadDeps,
  app: number,
  userID: string,
  cursor: Cursor | undefined,
): Promise<SyncPage> {
  const top = await inboxPos(deps, app, userID);
  const recent = await recentReaders(deps, app, userID);
  const readers = [...recent, ...(await topicReaders(deps, { app, userID }, recent))];
  const known = cursor !== undefined && cursor.epoch === deps.store.epoch && cursor.inbox <= top;
  if (
    !known ||
    readers.some((reader) => (cursor.conversations[reader.conversationID] ?? 0) > readablePos(reader))
  ) {
    return fresh(deps, readers, top);
  }
  return continued(deps, { app, userID }, readers, cursor);
}

async function fresh(deps: ReadDeps, readers: readonly Reader[], top: number): Promise<SyncPage> {
  const conversations = await Promise.all(readers.map((reader) => snapshotOf(deps, reader, true)));
  const inbox = { from: top + 1, to: top, events: [] };
  return {
    mode: 'reset',
    epoch: deps.store.epoch,
    inbox,
    inboxMore: false,
    conversations,
    ranges: [],
    behind: [],
  };
}

async function continued(
  deps: ReadDeps,
  { app, userID }: { app: number; userID: string },
  readers: readonly Reader[],
  cursor: Cursor,
): Promise<SyncPage> {
  const { inbox, more } = await inboxAfter(deps, app, userID, { epoch: cursor.epoch, after: cursor.inbox });
  const page: SyncPage = {
    mode: 'delta',
    epoch: deps.store.epoch,
    inbox,
    inboxMore: more,
    conversations: [],
    ranges: [],
    behind: [],
  };
  let room = EVENTS_INLINE;
  for (const reader of readers) {
    const { conversationID } = reader;
    const after = cursor.conversations[conversationID];
    const pos = readablePos(reader);
    if (after === undefined) page.conversations.push(await snapshotOf(deps, reader, true));
    else if (after < pos && pos - after > Math.min(room, LIMITS.syncPage))
      page.behind.push({ conversationID, pos });
    else if (after < pos) {
      const { range } = await rangeAfter(deps, reader, after, LIMITS.syncPage);
      page.ranges.push(range);
      room -= pos - after;
    }
  }
  return page;
}
