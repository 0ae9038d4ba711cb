import { ERRORS, LIMITS, type ReplyOf, type RequestOf } from '@sterna/protocol';
import { groupLog } from '../conversations/conversation-id.ts';
import { loadReader } from '../conversations/reader.ts';
import { snapshotOf } from '../conversations/snapshot.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { requireMembership } from '../groups/read-groups.ts';
import { keys } from '../keys.ts';
import { decode, type Topic } from '../records.ts';

/** All topics of a community. */
export async function readTopics(deps: ReadDeps, communityLog: string): Promise<Topic[]> {
  const records = await deps.store.scan({ prefix: keys.topics(communityLog), limit: LIMITS.topics });
  return records.flatMap(([, value]) => decode.topic(value) ?? []);
}

/** Topics as a member has them; those that are not there fail one by one. */
export async function listTopics(
  deps: ReadDeps,
  { app, userID }: { app: number; userID: string },
  { groupID, topicIDs: named }: RequestOf<'topic.list'>,
): Promise<ReplyOf<'topic.list'>> {
  const group = await requireMembership(deps, app, userID, groupID);
  if (!group.isSupportTopic) throw new ImError('topicsUnsupported');
  const all = await readTopics(deps, groupLog(app, groupID));
  const existing = new Set(all.map(({ topicID }) => topicID));
  const wanted = named === undefined ? [...existing] : [...new Set(named)];
  const readers = await Promise.all(
    wanted.filter((id) => existing.has(id)).map((id) => loadReader(deps, app, userID, `GROUP${id}`)),
  );
  const topics = await Promise.all(readers.map((reader) => snapshotOf(deps, reader, false)));
  return { topics, failed: wanted.filter((id) => !existing.has(id)).map(noSuchTopic) };
}

export const noSuchTopic = (topicID: string): { topicID: string; code: number; text: string } => ({
  topicID,
  code: ERRORS.groupNotFound.code,
  text: 'No such topic',
});
