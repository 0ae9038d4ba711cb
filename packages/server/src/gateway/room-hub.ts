import {
  type Bus,
  type Clock,
  conversationEventOf,
  createRoomFlow,
  dismissedNotice,
  groupSubject,
  ImError,
  isTip,
  type LogEntry,
  type Notice,
  type Priority,
  type RoomGroup,
  type RoomMessage,
  type RoomSettings,
  type Said,
  SYSTEM_CONVERSATION,
  type Visitor,
  visitorTip,
  withCount,
} from '@sterna/core';
import { type ConversationEvent, LIMITS, type MessageEvent } from '@sterna/protocol';
import { createFanOut, type FanOut } from './fan-out.ts';
import { pushItem } from './items.ts';
import type { LogFeed } from './log-feed.ts';
import { createRoomMemory } from './room-memory.ts';
import { createRoomSeats, type RoomSeats, type Seat } from './room-seats.ts';
import { createRoomWords } from './room-words.ts';
import type { LiveSession } from './session.ts';

/** What was said before may take this share of the bytes that may still wait for a session: the rest is for what follows. */
const ENTRY_SHARE = 0.5;

type LeftEvent = Extract<ConversationEvent, { t: 'left' }>;

/**
 * A live room on this node: who is in it, and what is said. What changes it for good comes from its log, as for every group;
 * what is said goes to those who are here, and over the bus to the other nodes, once, and is not stored.
 */
export interface RoomHub {
  readonly groupID: string;
  readonly feed: LogFeed;
  /** What was said before is known, if another node has it. */
  readonly ready: Promise<void>;
  /** How often somebody was sent out, or everybody. */
  readonly sentOut: number;
  receive(notice: Notice): void;
  /** Whether the session was not there before. It is shown the newest messages. */
  enter(session: LiveSession, group: RoomGroup, visitor: Visitor | undefined): boolean;
  /** The session's connection broke. */
  sendAway(key: string): void;
  leave(key: string): void;
  isIn(key: string): boolean;
  say(key: string, message: RoomMessage): Said;
  count(): number;
  visitors(): Promise<Visitor[]>;
  /** Nobody holds it any more. */
  close(): void;
}

export interface RoomHubOptions {
  bus: Bus;
  clock: Clock;
  node: string;
  app: number;
  groupID: string;
  settings: RoomSettings;
  feed: (hub: { apply(entry: LogEntry): void }) => LogFeed;
  /** The session is not in the room any more, and did not ask for that. */
  gone: (key: string) => void;
  dropped: (priority: Priority) => void;
  pushed: (count: number) => void;
}

export function createRoomHub(options: RoomHubOptions): RoomHub {
  const { bus, clock, node, app, groupID, settings } = options;
  const conversationID = `GROUP${groupID}`;
  const seats = createRoomSeats(clock);
  const flow = createRoomFlow(settings.messagesPerSecond, clock);
  const tips = createRoomFlow(LIMITS.roomTipsPerSecond, clock);
  const memory = createRoomMemory(settings.history);
  let group: RoomGroup = { groupID, name: '', type: 'AVChatRoom' };
  let top = 0;
  let sentOut = 0;

  const here = { count: () => seats.people, visitors: () => seats.newest(), history: memory.history };
  const words = createRoomWords({ ...options, here });
  const itemOf = (...events: ConversationEvent[]): string => pushItem('room', { conversationID, events });
  const count = (): number => seats.people + words.elsewhere();

  /** A time, so that numbers grow though the room was forgotten in between; never the same twice. */
  const nextNumber = (): number => (top = Math.max(top + 1, clock.nowMs()));

  const fanOut = createRoomFanOut(seats, options);

  const show = (event: ConversationEvent, except?: string): void =>
    fanOut.add({ item: itemOf(event), except });

  function publish(event: MessageEvent | undefined, entered?: string): void {
    if (bus.isAlone) return;
    bus.publish(groupSubject(app, groupID), {
      ...{ kind: 'room' as const, node, app, groupID },
      ...(event && { event }),
      ...(entered !== undefined && { entered }),
    });
  }

  /** Coming and going is told at a bounded rate; how many there are, everybody can ask. */
  function tell(visitor: Visitor | undefined, what: 'join' | 'quit'): MessageEvent | undefined {
    const elements = visitor && visitorTip(group, visitor, what);
    if (visitor === undefined || elements === undefined) return undefined;
    if (!tips.take('High')) return undefined;
    const seq = nextNumber();
    const event = messageOf(
      { id: `tip-${groupID}-${node}-${seq}`, from: visitor.userID, elements: withCount(elements, count()) },
      { seq, timeMs: clock.nowMs() },
    );
    show(event);
    return event;
  }

  /** Ends a stay, of which the session hears when it is still there. */
  function end(seat: Seat, left: Pick<LeftEvent, 'by' | 'reason'> | undefined): void {
    const { session, visitor, isAway } = seat;
    const { userID } = session.actor;
    const isLast = seats.remove(session.key);
    words.changed();
    if (left !== undefined && !isAway) {
      const event = { t: 'left' as const, userIDs: [userID], timeMs: clock.nowMs(), ...left };
      session.push(itemOf(event));
    }
    const isTold = isLast && left?.reason !== 'kicked' && left?.reason !== 'dismissed';
    if (isTold) publish(tell(visitor, 'quit'));
  }

  function apply(entry: LogEntry): void {
    const event = conversationEventOf(entry);
    if (event.t === 'left') return sendOut(event);
    if (event.t === 'joined') return;
    if (event.t === 'group' && typeof event.changes['name'] === 'string')
      group = { ...group, name: event.changes['name'] };
    if (event.t !== 'message') return show(event);
    // Tips of the log are not counted by its own numbers here: only one order is shown.
    const elements = withCount(event.elements, count());
    show({ ...event, elements, seq: nextNumber(), countable: 0 });
  }

  function sendOut({ reason, by, userIDs }: LeftEvent): void {
    sentOut += 1;
    for (const seat of [...seats.all.values()]) {
      const { session } = seat;
      if (reason !== 'dismissed' && !userIDs.includes(session.actor.userID)) continue;
      if (reason === 'dismissed' && !seat.isAway) session.push(endOfRoom(by));
      end(seat, { by, reason });
      options.gone(session.key);
    }
  }

  /** Nobody keeps it: so it is not in the system conversation, but told like what is there. */
  function endOfRoom(by: string): string {
    const message = {
      id: `notice-${groupID}-dismissed`,
      from: SYSTEM_CONVERSATION,
      timeMs: clock.nowMs(),
      elements: dismissedNotice(group, by),
    };
    return pushItem('transient', { conversationID: SYSTEM_CONVERSATION, message });
  }

  /** What another node was told and has shown to its own. */
  function hear({ event, entered }: { event?: MessageEvent; entered?: string }): void {
    const seat = entered === undefined ? undefined : seats.find(entered);
    if (seat?.isAway) {
      seats.remove(seat.session.key);
      options.gone(seat.session.key);
    }
    if (event === undefined || memory.find(event.id) !== undefined) return;
    (isTip(event) ? tips : flow).spend();
    // Numbers are a node's own: what comes late from another has the next one here.
    top = Math.max(top + 1, event.seq);
    const here = { ...event, seq: top };
    memory.add(here);
    show(here);
  }

  const feed = options.feed({ apply });

  return {
    groupID,
    feed,
    get sentOut() {
      return sentOut;
    },
    ready: words.ask('history').then((heard) => memory.merge(heard.flatMap(({ history = [] }) => history))),
    receive(notice) {
      if (notice.kind === 'entry') feed.offer(notice);
      else if (notice.kind === 'roomWord' || notice.kind === 'roomAsked') words.hear(notice);
      else if (notice.kind === 'room' && notice.node !== node) hear(notice);
    },
    enter(session, now, visitor) {
      group = { groupID, name: now.name, type: now.type };
      const seat = seats.find(session.key);
      seat?.cancelEnd?.();
      if (seat !== undefined) Object.assign(seat, { session, isAway: false });
      const isFirst = seat === undefined && seats.add(session, visitor);
      session.push(entryItem(conversationID, memory.history(), session));
      if (seat === undefined) words.changed();
      publish(isFirst ? tell(visitor, 'join') : undefined, session.key);
      return seat === undefined;
    },
    sendAway(key) {
      seats.sendAway(key, () => {
        const seat = seats.find(key);
        if (seat !== undefined) end(seat, undefined);
        options.gone(key);
      });
    },
    leave(key) {
      const seat = seats.find(key);
      if (seat !== undefined) end(seat, { by: seat.session.actor.userID, reason: 'quit' });
    },
    isIn: (key) => seats.find(key)?.isAway === false,
    say(key, message) {
      // One whose connection broke, and who speaks on the next before having come in again, has not left.
      if (seats.find(key) === undefined) throw new ImError('notInRoom');
      const before = memory.find(message.id);
      if (before !== undefined) return { ...before, duplicate: true };
      const { priority = 'Normal' } = message;
      const place = { seq: nextNumber(), timeMs: clock.nowMs() };
      if (!flow.take(priority)) {
        options.dropped(priority);
        if (settings.refusesExcess) throw new ImError('roomTooBusy');
        return place;
      }
      const event = messageOf(message, place);
      memory.add(event);
      show(event, key);
      publish(event);
      return place;
    },
    count,
    async visitors() {
      const heard = await words.ask('visitors');
      const all = new Map<string, Visitor>();
      for (const visitor of [...seats.newest(), ...heard.flatMap(({ visitors = [] }) => visitors)])
        if (!all.has(visitor.userID)) all.set(visitor.userID, visitor);
      return [...all.values()].sort((a, b) => b.joinTimeMs - a.joinTimeMs).slice(0, LIMITS.roomMembersListed);
    },
    close() {
      seats.clear();
      words.stop();
    },
  };
}

/** It counts as unread for nobody. */
function messageOf(message: RoomMessage, { seq, timeMs }: Said): MessageEvent {
  return { ...message, t: 'message', seq, timeMs, countable: 0, uncounted: true };
}

/** The newest messages, and fewer of them for a session that reads slowly or comes into many rooms at once. */
function entryItem(conversationID: string, history: MessageEvent[], session: LiveSession): string {
  const most = session.spareBytes() * ENTRY_SHARE;
  for (let events = history; ; events = events.slice(Math.ceil(events.length / 2))) {
    const item = pushItem('room', { conversationID, events, isEntry: true });
    if (events.length === 0 || Buffer.byteLength(item) <= most) return item;
  }
}

/** An item for all in the room, but for the session that has it already. */
interface RoomLine {
  item: string;
  except: string | undefined;
}

function createRoomFanOut(
  seats: RoomSeats,
  { clock, pushed }: Pick<RoomHubOptions, 'clock' | 'pushed'>,
): FanOut<RoomLine> {
  return createFanOut<RoomLine, Seat>({
    clock,
    receivers: seats.all,
    hand({ session, isAway }, lines) {
      if (isAway) return;
      let count = 0;
      for (const { item, except } of lines) {
        if (session.key === except) continue;
        session.push(item);
        count += 1;
      }
      pushed(count);
    },
  });
}
