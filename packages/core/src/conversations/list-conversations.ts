import { type ConversationSnapshot, LIMITS } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import { shownTo } from '../logs/shown-to.ts';
import { decode, type Group, type Member } from '../records.ts';
import { readTopics } from '../topics/read-topics.ts';
import { conversationLog, parseConversationID } from './conversation-id.ts';
import { loadReader, type Reader } from './reader.ts';
import { snapshotOf } from './snapshot.ts';

interface User {
  app: number;
  userID: string;
}

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
  { app, userID }: User,
  conversationIDs: readonly string[],
  most: number,
): Promise<readonly string[]> {
  if (conversationIDs.length <= most) return conversationIDs;
  const logs = conversationIDs.map((id) => keys.head(conversationLog(app, userID, parseConversationID(id))));
  const heads = await deps.store.get(logs);
  return conversationIDs
    .map((conversationID, index) => ({
      conversationID,
      timeMs: shownTo(decode.head(heads[index]), userID).timeMs,
    }))
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
  user: User,
  readers: readonly Reader[],
): Promise<Reader[]> {
  const newest = await topicsOf(deps, user, readers);
  return Promise.all(newest.map((id) => loadReader(deps, user.app, user.userID, id)));
}

/** The topics of those communities among the conversations that the user is in. */
export async function recentTopics(
  deps: ReadDeps,
  user: User,
  conversationIDs: readonly string[],
): Promise<readonly string[]> {
  const logs = conversationIDs
    .filter((id) => id.startsWith('GROUP'))
    .map((id) => conversationLog(user.app, user.userID, parseConversationID(id)));
  const groups = await deps.store.get(logs.map(keys.group));
  const members = await deps.store.get(logs.map((log) => keys.member(log, user.userID)));
  const sides = logs.map((log, index) => ({
    log,
    group: decode.group(groups[index]),
    member: decode.member(members[index]),
  }));
  return topicsOf(deps, user, sides);
}

/** Of very many topics those with the newest messages. */
async function topicsOf(
  deps: ReadDeps,
  user: User,
  groups: readonly { log: string; group?: Group | undefined; member?: Member | undefined }[],
): Promise<readonly string[]> {
  const communities = groups.filter(
    ({ group, member }) => group?.isSupportTopic && group.dismissedPos === undefined && member !== undefined,
  );
  const topics = await Promise.all(communities.map(({ log }) => readTopics(deps, log)));
  const conversationIDs = topics.flat().map(({ topicID }) => `GROUP${topicID}`);
  return newestOf(deps, user, conversationIDs, LIMITS.topicsSynced);
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
