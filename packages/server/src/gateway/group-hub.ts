import {
  aboutSeq,
  type Clock,
  conversationEventOf,
  isMeantFor,
  type LogEntry,
  type Notice,
  parseLog,
  publicID,
} from '@sterna/core';
import type { ConversationEvent } from '@sterna/protocol';
import { createFanOut } from './fan-out.ts';
import { conversationItem, type EncodeEvent, pushItem, standingItem } from './items.ts';
import type { LogFeed } from './log-feed.ts';
import { createTopicPushes } from './topic-pushes.ts';
import type { UserHub } from './user-hub.ts';

/**
 * Positions of the group's log that a local user may be shown: after `afterPos`, until the feed sees the user leave.
 * A leaving at `afterPos` or before ended an earlier membership, whenever the feed comes to it.
 */
export interface Seat {
  hub: UserHub;
  afterPos: number;
  /** Of which messages the user may be told: what was said before a member came is not theirs. */
  mayKnow(seq: number): boolean;
  /** The newest leaving of the user that the feed has seen since the seat was taken. */
  leftPos: number;
}

/** What is to be shown to the members: an event, of which those for whom it is not get the position alone, or what has none. */
export interface Line {
  event?: ConversationEvent;
  pos: number;
  /** The message that the event is about. */
  about?: number | undefined;
  audience?: readonly string[] | undefined;
  item: string;
  /** The position alone, made when somebody needs it. */
  cover(): string;
  covered?: string;
  origin: string | undefined;
}

/** The members of one group that are on this node, fed in the order of the group's log: so membership is exact at every position. */
export interface GroupHub {
  readonly groupID: string;
  readonly feed: LogFeed;
  /** A seat that is shown nothing yet. */
  reserve(hub: UserHub): void;
  /** Opens the reserved seat, unless its user has been seen leaving meanwhile. */
  seat(hub: UserHub, membership: { joinPos: number; mayKnow(seq: number): boolean }): void;
  /** Gives the user's seat up, if it is this hub's: a user who has come back has a new hub, which may sit here already. */
  unseat(hub: UserHub): void;
  receive(notice: Notice): void;
  /** A topic's log is known to have come to `pos`: whoever did not hear of it is told where it stands. */
  standTopic(topicID: string, pos: number): void;
  /** Lets go of what was delivered before the sweep before this one. */
  forget(): void;
  /** How many of the group's members are here. */
  readonly members: number;
}

export function createGroupHub(options: {
  groupID: string;
  feed: (hub: { apply(entry: LogEntry): void }) => LogFeed;
  encode: EncodeEvent;
  clock: Pick<Clock, 'after'>;
}): GroupHub {
  const { groupID, encode, clock } = options;
  const conversationID = `GROUP${groupID}`;
  const seats = new Map<string, Seat>();
  /** Whose reply covers a position: known only for entries that the bus brought. */
  const origins = new Map<number, string>();

  /** A leaving is handed, and has its effect, before what follows it: membership is exact where a line is handed. */
  const fanOut = createFanOut<Line, Seat>({
    clock,
    receivers: seats,
    hand(seat, lines) {
      for (const line of lines) show(seat, line);
    },
    isTurningPoint: ({ event }) => event?.t === 'left',
    passed({ event, pos }) {
      if (event?.t === 'left') for (const userID of leavers(event)) leave(userID, pos);
    },
  });

  function show(seat: Seat, line: Line): void {
    const { event, pos, about, audience, item, origin } = line;
    const { hub, afterPos } = seat;
    if (event === undefined) {
      if (audience?.includes(hub.userID) ?? true) hub.push(item, origin);
    } else if (pos > afterPos) {
      const isTheirs = isMeantFor(event, hub.userID) && (about === undefined || seat.mayKnow(about));
      hub.push(isTheirs ? item : (line.covered ??= line.cover()), origin);
    }
  }

  function apply(entry: LogEntry, origin: string | undefined): void {
    const event = conversationEventOf(entry);
    const { pos } = entry;
    const about = event.t === 'message' ? undefined : aboutSeq(event);
    fanOut.add({
      ...{ event, pos, about, origin },
      item: conversationItem(conversationID, pos, encode(entry)),
      cover: () => conversationItem(conversationID, pos, undefined),
    });
  }

  function leave(userID: string, pos: number): void {
    const seat = seats.get(userID);
    if (seat === undefined) return;
    seat.leftPos = pos;
    if (pos > seat.afterPos) seats.delete(userID);
  }

  /** A dismissal is for all. */
  function leavers(event: Extract<ConversationEvent, { t: 'left' }>): Iterable<string> {
    return event.reason === 'dismissed' ? [...seats.keys()] : event.userIDs;
  }

  const topics = createTopicPushes({
    seats: () => seats.values(),
    hand: fanOut.add,
    feed: () => feed,
    encode,
  });

  const feed = options.feed({
    apply(entry) {
      apply(entry, origins.get(entry.pos));
      origins.delete(entry.pos);
      topics.advance(entry);
    },
  });

  return {
    groupID,
    feed,
    reserve: (hub) =>
      void seats.set(hub.userID, { hub, afterPos: Infinity, mayKnow: () => false, leftPos: 0 }),
    seat(hub, { joinPos: afterPos, mayKnow }) {
      const seat = seats.get(hub.userID);
      if (seat?.hub !== hub) return;
      if (seat.leftPos > afterPos) {
        seats.delete(hub.userID);
        return;
      }
      seat.afterPos = afterPos;
      seat.mayKnow = mayKnow;
      // Whatever passed while the seat was being made ready shows as a gap to the client, which reads it.
      hub.push(standingItem(conversationID, feed.pos), undefined);
      topics.open(hub);
    },
    standTopic: (topicID, pos) => topics.stand(topicID, pos),
    forget: () => topics.forget(),
    unseat(hub) {
      if (seats.get(hub.userID)?.hub === hub) seats.delete(hub.userID);
    },
    get members() {
      return seats.size;
    },
    receive(notice) {
      if (notice.kind === 'transient') {
        const ref = parseLog(notice.conversation);
        if (ref.kind === 'inbox') return;
        const { audience, origin, message } = notice;
        const item = pushItem('transient', { conversationID: publicID(ref, ''), message });
        fanOut.add({ pos: 0, audience, item, cover: () => item, origin });
        return;
      }
      if (notice.kind !== 'entry' || notice.ref.kind !== 'group') return;
      if (notice.ref.topicID !== undefined) return topics.offer(notice.ref.topicID, notice);
      if (notice.origin !== undefined && notice.pos > feed.pos) origins.set(notice.pos, notice.origin);
      feed.offer(notice);
    },
  };
}
