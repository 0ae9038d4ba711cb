import { type ConversationSnapshot, LIMITS } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import { decode } from '../records.ts';
import { readTopics } from '../topics/read-topics.ts';
import { conversationLog, parseConversationID } from './conversation-id.ts';
import { loadReader, type Reader } from './reader.ts';
import { snapshotOf } from './snapshot.ts';

/** More of them are ordered by time and cut, so that one user's list never costs without end. */
const CONVERSATIONS_SCANNED = 5_000;

/** The user's conversations, the most recently active first, at most `LIMITS.conversationsListed`. */
export async function recentConversations(
  deps: ReadDeps,
  app: number,
  userID: string,
): Promise<readonly string[]> {
  const prefix = keys.userConversations(app, userID);
  const records = await deps.store.scan({ prefix, limit: CONVERSATIONS_SCANNED });
  const conversationIDs = records.map(([key]) => unpart(key.slice(prefix.length)));
  return newestOf(deps, { app, userID }, conversationIDs, LIMITS.conversationsListed);
}

/** Those with the newest messages. */
async function newestOf(
  deps: ReadDeps,
  { app, userID }: { app: number; userID: string },
  conversationIDs: readonly string[],
  most: number,
): Promise<readonly string[]> {
  if (conversationIDs.length <= most) return conversationIDs;
  const logs = conversationIDs.map((id) => keys.head(conversationLog(app, userID, parseConversationID(id))));
  const heads = await deps.store.get(logs);
  return conversationIDs
    .map((conversationID, index) => ({ conversationID, timeMs: decode.head(heads[index]).timeMs }))
    .sort((a, b) => b.timeMs - a.timeMs)
    .slice(0, most)
    .map(({ conversationID }) => conversationID);
}

/** The readers of all recent conversations. */
export async function recentReaders(deps: ReadDeps, app: number, userID: string): Promise<Reader[]> {
  const conversationIDs = await recentConversations(deps, app, userID);
  return Promise.all(conversationIDs.map((conversationID) => loadReader(deps, app, userID, conversationID)));
}

/** The readers of the topics of those communities among the conversations that the user is in. */
export async function topicReaders(
  deps: ReadDeps,
  user: { app: number; userID: string },
  readers: readonly Reader[],
): Promise<Reader[]> {
  const communities = readers.filter(
    ({ group, member }) => group?.isSupportTopic && group.dismissedPos === undefined && member !== undefined,
  );
  const topics = await Promise.all(communities.map(({ log }) => readTopics(deps, log)));
  const conversationIDs = topics.flat().map(({ topicID }) => `GROUP${topicID}`);
  const newest = await newestOf(deps, user, conversationIDs, LIMITS.topicsSynced);
  return Promise.all(newest.map((id) => loadReader(deps, user.app, user.userID, id)));
}

/** All of the user's conversations that have something to show. */
export async function listConversations(
  deps: ReadDeps,
  app: number,
  userID: string,
): Promise<ConversationSnapshot[]> {
  const readers = await recentReaders(deps, app, userID);
  return Promise.all(readers.map((reader) => snapshotOf(deps, reader, false)));
}
