import { conversationEventOf, type EntryNotice, type LogEntry } from '@sterna/core';
import type { Line, Seat } from './group-hub.ts';
import { conversationItem, type EncodeEvent, standingItem } from './items.ts';
import type { LogFeed } from './log-feed.ts';
import type { UserHub } from './user-hub.ts';

/** Entries of topics that wait until the community's own log is as far as they are; beyond, the sweep brings them. */
const WAITING = 1000;
/** Topics that were taken away and are remembered. */
const ENDED = 1000;

/** Brings what is said in a community's topics to the members that are here. What is missed in one is its readers' to notice. */
export interface TopicPushes {
  offer(topicID: string, notice: EntryNotice): void;
  /** The community's log has come to an entry. */
  advance(entry: LogEntry): void;
  stand(topicID: string, pos: number): void;
  /** A member who sat down just now is told where those topics stand in which something was said lately. */
  open(hub: UserHub): void;
  /** Lets go of what was pushed before the sweep before this one. */
  forget(): void;
}

/**
 * An entry says where the community's log stood (`at`). Whoever has a seat since before that, and at a feed that is as far, was
 * a member when it was written; whoever left meanwhile reads up to there without a push. What was said in a topic that was taken
 * away, and comes late, is nobody's to read any more.
 */
export function createTopicPushes(parts: {
  seats(): Iterable<Seat>;
  /** To the members as of the community's position, in one order with its own lines. */
  hand(line: Line): void;
  feed(): LogFeed;
  encode: EncodeEvent;
}): TopicPushes {
  const { encode } = parts;
  let waiting: { topicID: string; notice: EntryNotice; at: number }[] = [];
  /** Newest positions pushed, of this sweep and the one before. */
  let pushed = new Map<string, number>();
  let pushedBefore = new Map<string, number>();
  const ended = new Set<string>();

  function end(topicIDs: readonly string[]): void {
    for (const topicID of topicIDs) {
      ended.add(topicID);
      pushed.delete(topicID);
      pushedBefore.delete(topicID);
    }
    for (const topicID of ended) {
      if (ended.size <= ENDED) return;
      ended.delete(topicID);
    }
  }

  function push(topicID: string, notice: EntryNotice, at: number): void {
    if (ended.has(topicID)) return;
    const { pos: ownPos, origin } = notice;
    const conversationID = `GROUP${topicID}`;
    pushed.set(topicID, Math.max(ownPos, pushed.get(topicID) ?? 0));
    parts.hand({
      event: conversationEventOf(notice),
      pos: at,
      item: conversationItem(conversationID, ownPos, encode(notice)),
      cover: () => conversationItem(conversationID, ownPos, undefined),
      origin,
    });
  }

  return {
    offer(topicID, notice) {
      const event = conversationEventOf(notice);
      const at = 'at' in event ? (event.at ?? 0) : 0;
      const { pos, catchUp } = parts.feed();
      if (at <= pos) return push(topicID, notice, at);
      if (waiting.length < WAITING) waiting.push({ topicID, notice, at });
      catchUp(at);
    },
    advance(entry) {
      const { pos } = entry;
      const event = conversationEventOf(entry);
      if (event.t === 'topicsDeleted') end(event.topicIDs);
      if (event.t === 'topic' && event.created) ended.delete(event.topicID);
      if (waiting.length === 0) return;
      const due = waiting.filter(({ at }) => at <= pos);
      waiting = waiting.filter(({ at }) => at > pos);
      for (const { topicID, notice, at } of due) push(topicID, notice, at);
    },
    stand(topicID, pos) {
      if (ended.has(topicID)) return;
      if ((pushed.get(topicID) ?? pushedBefore.get(topicID)) === pos) return;
      const item = standingItem(`GROUP${topicID}`, pos);
      for (const { hub, afterPos } of parts.seats()) if (afterPos < Infinity) hub.push(item, undefined);
    },
    open(hub) {
      for (const [topicID, pos] of new Map([...pushedBefore, ...pushed]))
        hub.push(standingItem(`GROUP${topicID}`, pos), undefined);
    },
    forget() {
      if (pushed.size === 0 && pushedBefore.size === 0) return;
      pushedBefore = pushed;
      pushed = new Map();
    },
  };
}
