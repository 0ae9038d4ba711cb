import { LIMITS, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog, topicLog } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { given } from '../given.ts';
import { KINDS } from '../groups/kinds.ts';
import { requireAtLeast, requireGroup, requireMember, requireTopic } from '../groups/require-member.ts';
import { keys, mergeLocks, TOPIC_INFIX, userScope } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { decode, EMPTY_HEAD, load, toJson, type Topic } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Locks, Transaction } from '../transaction/transaction.ts';
import { noSuchTopic } from './read-topics.ts';

/** A change of topics is one of the community: it waits until nobody writes into them, and everybody hears of it in its order. */
const communityLocks = (
  { actor, request }: { actor: Actor; request: { groupID: string } },
  topics: readonly string[] = [],
): Locks =>
  mergeLocks([groupLog(actor.app, request.groupID), ...topics], [userScope(actor.app, actor.userID)]);

/** The log of a community whose topics the actor may change. */
function requireKeeper(tx: Transaction, actor: Actor, groupID: string): string {
  requireSession(tx, actor);
  const log = groupLog(actor.app, groupID);
  const group = requireGroup(tx, log);
  const self = requireMember(tx, log, actor.userID);
  if (!group.isSupportTopic) throw new ImError('topicsUnsupported');
  requireAtLeast(self, KINDS[group.type].topicKeepers);
  return log;
}

const topicIDsOf = (tx: Transaction, log: string): string[] =>
  tx
    .scan({ prefix: keys.topics(log), limit: LIMITS.topics })
    .flatMap(([, value]) => decode.topic(value)?.topicID ?? []);

type Texts = Pick<RequestOf<'topic.create'>, 'avatar' | 'introduction' | 'notification' | 'customData'>;

/** A text that was emptied is not kept. */
function textsOf({ avatar, introduction, notification, customData }: Texts): Partial<Topic> {
  return {
    ...(avatar && { avatar }),
    ...(introduction && { introduction }),
    ...(notification && { notification }),
    ...(customData && { customData }),
  };
}

/** `topicID` is the caller's wish or a fresh one. */
export interface CreateTopicBody {
  actor: Actor;
  topicID: string;
  request: Omit<RequestOf<'topic.create'>, 'topicID'>;
  nowMs: number;
}

/** Makes a topic. Nothing is written for any member: that the topic is theirs follows from the community. */
export const createTopic: Decision<CreateTopicBody, ReplyOf<'topic.create'>> = {
  locks: (body) => communityLocks(body, [topicLog(body.actor.app, body.topicID)]),

  decide(tx, { actor, topicID, request: { groupID, ...fields }, nowMs }) {
    const log = requireKeeper(tx, actor, groupID);
    const begin = `${groupID}${TOPIC_INFIX}`;
    if (!topicID.startsWith(begin) || topicID === begin)
      throw new ImError('groupIDInvalid', `a topic of the community begins with ${begin}`);
    const headKey = keys.head(topicLog(actor.app, topicID));
    // An ID stays used when its topic is gone: what others still hold of it must not become another one's.
    if (tx.get(headKey) !== undefined) throw new ImError('groupIDTaken', topicID);
    if (topicIDsOf(tx, log).length >= LIMITS.topics) throw new ImError('topicsOverLimit');
    const topic: Topic = { topicID, name: fields.name, ...textsOf(fields), createTimeMs: nowMs };
    tx.set(keys.topic(log, topicID), toJson(topic));
    tx.set(headKey, toJson(EMPTY_HEAD));
    const told = { t: 'topic' as const, topicID, by: actor.userID, timeMs: nowMs };
    appendEvent(tx, log, load.head(tx, log), { ...told, created: true, changes: { ...topic } });
    return { topicID };
  },
};

export interface UpdateTopicBody {
  actor: Actor;
  request: RequestOf<'topic.update'>;
  nowMs: number;
}

/** Changes a topic's own fields. */
export const updateTopic: Decision<UpdateTopicBody, ReplyOf<'topic.update'>> = {
  locks: (body) => communityLocks(body),

  decide(tx, { actor, request: { groupID, topicID, changes }, nowMs }) {
    const log = requireKeeper(tx, actor, groupID);
    const before = requireTopic(tx, log, topicID);
    const { muteAll, ...texts } = { ...before, ...given(changes) };
    const topic: Topic = {
      topicID,
      name: texts.name,
      ...textsOf(texts),
      ...(muteAll && { muteAll: true as const }),
      createTimeMs: before.createTimeMs,
    };
    tx.set(keys.topic(log, topicID), toJson(topic));
    appendEvent(tx, log, load.head(tx, log), {
      t: 'topic',
      topicID,
      by: actor.userID,
      timeMs: nowMs,
      changes: { ...changes },
    });
    return { topic };
  },
};

export interface DeleteTopicsBody {
  actor: Actor;
  request: RequestOf<'topic.delete'>;
  nowMs: number;
}

/** Takes topics away. From here on nobody reads them or writes into them. */
export const deleteTopics: Decision<DeleteTopicsBody, ReplyOf<'topic.delete'>> = {
  locks: (body) => communityLocks(body),

  decide(tx, { actor, request: { groupID, topicIDs }, nowMs }) {
    const log = requireKeeper(tx, actor, groupID);
    const stored = topicIDsOf(tx, log);
    const wanted = [...new Set(topicIDs ?? stored)];
    const deleted = wanted.filter((topicID) => stored.includes(topicID));
    for (const topicID of deleted) tx.delete(keys.topic(log, topicID));
    if (deleted.length > 0) {
      const told = { t: 'topicsDeleted' as const, topicIDs: deleted, by: actor.userID, timeMs: nowMs };
      appendEvent(tx, log, load.head(tx, log), told);
    }
    return { deleted, failed: wanted.filter((topicID) => !deleted.includes(topicID)).map(noSuchTopic) };
  },
};
