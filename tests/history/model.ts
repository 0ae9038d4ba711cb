import type {
  AsleepLine,
  BlockLine,
  ChangedLine,
  FriendLine,
  EndLine,
  FinalLine,
  GoneLine,
  HeardLine,
  InvokeLine,
  Line,
  LogEntry,
  MarkLine,
  MetaLine,
  RingLine,
  Seen,
  SessionLine,
  StateLine,
  WireLine,
} from './history.ts';
import type { CountedLine, ReadingLine } from './reading.ts';

/** A call with how it ended; `end` is missing when it never did. */
export interface Call extends InvokeLine {
  end?: EndLine;
  /** Where the two lines stand in the history: calls that share a millisecond are still ordered. */
  from: number;
  to: number;
}

/** A stored message, found by its number. */
export interface StoredMessage {
  conv: string;
  seq: number;
  entry: LogEntry;
}

/** One message seen at one place; `at` is its place in the history. */
export interface Sighting {
  seen: Seen;
  by: string;
  user: string;
  session: string;
  how: 'ack' | 'deliver' | 'history' | 'final';
  at: number;
}

/** A stretch of positions that a member may see: after `after`, up to `to`. */
export interface Interval {
  after: number;
  to: number;
}

/** A conversation's log with what the checks ask of it. */
export interface Log {
  conv: string;
  entries: readonly LogEntry[];
  messages: readonly LogEntry[];
  bySeq: ReadonlyMap<number, LogEntry>;
  memberships: ReadonlyMap<string, readonly Interval[]>;
  /** Of a community: its topics, with the positions of their making and of their end. */
  topics: ReadonlyMap<string, MadeTopic>;
}

export interface MadeTopic {
  from: number;
  to: number;
  name: string;
}

/** What a user may see of a conversation, in order, with each number's place in that order. */
export interface Visible {
  entries: readonly LogEntry[];
  seqs: readonly number[];
  indexOf: ReadonlyMap<number, number>;
}

/** The whole history, sorted into what the checks ask for. Built once, in one pass and a sort. */
export class Model {
  meta: MetaLine | undefined;
  healedAt = Number.POSITIVE_INFINITY;
  endedAt = 0;
  readonly calls = new Map<number, Call>();
  readonly sightings: Sighting[] = [];
  readonly logs = new Map<string, Log>();
  /** By what was said first. */
  readonly byBody = new Map<string, StoredMessage>();
  readonly byID = new Map<string, StoredMessage>();
  /** By the message that was recalled. */
  readonly recalls = new Map<string, LogEntry>();
  /** By the message that was edited, in the order of the log. */
  readonly edits = new Map<string, LogEntry[]>();
  readonly finals: (FinalLine & { at: number })[] = [];
  readonly marks = new Map<string, MarkLine>();
  readonly gone: GoneLine[] = [];
  readonly sessions: SessionLine[] = [];
  readonly blocks: (BlockLine & { at: number })[] = [];
  readonly friends: (FriendLine & { at: number })[] = [];
  readonly live = new Map<string, readonly number[]>();
  readonly states: (StateLine & { at: number })[] = [];
  readonly rings: (RingLine & { at: number })[] = [];
  readonly heard: (HeardLine & { at: number })[] = [];
  readonly changes: (ChangedLine & { at: number })[] = [];
  readonly readings: (ReadingLine & { at: number })[] = [];
  /** Receipts that were counted, in the order of the commits. */
  readonly counted: CountedLine[] = [];
  readonly wires: (WireLine & { at: number })[] = [];
  readonly lines: readonly Line[];
  /** Who sent a body, in which sessions: a message that failed may be sent again after the next login. */
  readonly senderOf = new Map<string, { device: string; sessions: Set<string> }>();
  readonly #asleep = new Map<string, AsleepLine[]>();
  readonly #visible = new Map<string, Visible>();

  constructor(lines: readonly Line[]) {
    this.lines = lines;
    lines.forEach((line, at) => this.#take(line, at));
    for (const log of this.logs.values()) {
      const community = this.logs.get(communityOf(log.conv) ?? '');
      if (community) this.logs.set(log.conv, { ...log, memberships: inTopic(log.entries, community) });
    }
  }

  /** What a user may read: all that was brought to them, and where there are topics also what was said before. */
  readable(user: string, conv: string): Visible {
    const log = this.logs.get(conv);
    if (log === undefined || !hasHistory(conv)) return this.visible(user, conv);
    return visibleOf(log.messages.filter((entry) => mayRead(log, user, entry.pos) && isFor(entry, user)));
  }

  /** What the community's log says of a topic. */
  topic(conv: string): MadeTopic | undefined {
    return this.logs.get(communityOf(conv) ?? '')?.topics.get(conv.slice('topic:'.length));
  }

  /** Whether a topic was taken away: nobody reads it then. */
  isGone(conv: string): boolean {
    return (this.topic(conv)?.to ?? Infinity) < Infinity;
  }

  /** When it was. */
  goneAt(conv: string): number {
    const community = this.logs.get(communityOf(conv) ?? '');
    const to = this.topic(conv)?.to;
    return community?.entries.find(({ pos }) => pos === to)?.at ?? Infinity;
  }

  /** The sends, in the order of their calls. */
  sends(): Call[] {
    return [...this.calls.values()].filter((call) => call.name === 'send');
  }

  /** What a message said when it was sent, whatever is left of it where it was seen. */
  wordsOf({ id, body }: Seen): string {
    return this.byID.get(id)?.entry.body ?? body;
  }

  visible(user: string, conv: string): Visible {
    const key = `${user} ${conv}`;
    const known = this.#visible.get(key);
    if (known) return known;
    const log = this.logs.get(conv);
    const { messages = [] } = log ?? {};
    const made = visibleOf(
      messages.filter((entry) => log !== undefined && maySee(log, user, entry.pos) && isFor(entry, user)),
    );
    this.#visible.set(key, made);
    return made;
  }

  mark(user: string, conv: string): MarkLine | undefined {
    return this.marks.get(`${user} ${conv}`);
  }

  /** Whether a message is gone for one user alone: cleared, or deleted by them. */
  isGoneFor(user: string, conv: string, seq: number): boolean {
    const { clearedSeq = 0, deleted = [] } = this.mark(user, conv) ?? {};
    return seq <= clearedSeq || deleted.includes(seq);
  }

  /** How long a device slept after a moment: its clocks stood still for the application. */
  sleptAfter(device: string, t: number): number {
    const sleeps = this.#asleep.get(device) ?? [];
    return sleeps.filter((line) => line.t > t).reduce((sum, line) => sum + line.ms, 0);
  }

  #take(line: Line, at: number): void {
    if ('t' in line) this.endedAt = Math.max(this.endedAt, line.t);
    switch (line.op) {
      case 'meta':
        this.meta = line;
        break;
      case 'invoke':
        this.#invoked(line, at);
        break;
      case 'ok':
      case 'fail':
      case 'info':
        this.#ended(line, at);
        break;
      case 'deliver':
        for (const seen of line.messages) this.#saw(seen, line, 'deliver', at);
        break;
      case 'asleep':
        this.#asleep.set(line.device, [...(this.#asleep.get(line.device) ?? []), line]);
        break;
      case 'session':
        this.sessions.push(line);
        break;
      case 'heal':
        this.healedAt = line.t;
        break;
      case 'final':
        this.#concluded(line, at);
        break;
      case 'log':
        this.#logged(line.conv, line.entries);
        break;
      case 'mark':
        this.marks.set(`${line.user} ${line.conv}`, line);
        break;
      case 'live':
        this.live.set(line.user, line.epochs);
        break;
      default:
        this.#noted(line, at);
    }
  }

  /** Lines that are kept as they are, with their places. */
  #noted(line: Line, at: number): void {
    if (line.op === 'gone') this.gone.push(line);
    if (line.op === 'ring') this.rings.push({ ...line, at });
    if (line.op === 'recalled' || line.op === 'edited') this.changes.push({ ...line, at });
    if (line.op === 'receipts' || line.op === 'readByPeer') this.readings.push({ ...line, at });
    if (line.op === 'counted') this.counted.push(line);
    if (line.op === 'heard') this.heard.push({ ...line, at });
    if (line.op === 'state') this.states.push({ ...line, at });
    if (line.op === 'wire') this.wires.push({ ...line, at });
    if (line.op === 'block') this.blocks.push({ ...line, at });
    if (line.op === 'friend') this.friends.push({ ...line, at });
  }

  #invoked(line: InvokeLine, at: number): void {
    this.calls.set(line.call, { ...line, from: at, to: Number.POSITIVE_INFINITY });
    if (line.name !== 'send' || line.body === undefined) return;
    const sender = this.senderOf.get(line.body) ?? { device: line.device, sessions: new Set() };
    this.senderOf.set(line.body, { ...sender, sessions: sender.sessions.add(line.session) });
  }

  #concluded(line: FinalLine, at: number): void {
    this.finals.push({ ...line, at });
    for (const seen of Object.values(line.histories).flat()) this.#saw(seen, line, 'final', at);
  }

  #ended(line: EndLine, at: number): void {
    const call = this.calls.get(line.call);
    if (call === undefined) throw new Error(`the history ends call ${line.call}, which never began`);
    call.end = line;
    call.to = at;
    if (line.message) this.#saw(line.message, call, 'ack', at);
    for (const seen of line.messages ?? []) this.#saw(seen, call, 'history', at);
  }

  #saw(
    seen: Seen,
    where: { device: string; user: string; session: string },
    how: Sighting['how'],
    at: number,
  ): void {
    this.sightings.push({ seen, by: where.device, user: where.user, session: where.session, how, at });
  }

  #logged(conv: string, entries: readonly LogEntry[]): void {
    const messages = entries.filter((entry) => entry.kind === 'message');
    const bySeq = new Map(messages.map((entry) => [entry.seq ?? 0, entry]));
    this.logs.set(conv, {
      conv,
      entries,
      messages,
      bySeq,
      memberships: membershipsOf(entries),
      topics: topicsOf(entries),
    });
    for (const entry of messages) {
      const { body, id = '', seq = 0 } = entry;
      const stored = { conv, seq, entry };
      this.byID.set(id, stored);
      if (body !== undefined && !this.byBody.has(body)) this.byBody.set(body, stored);
    }
    for (const entry of entries) {
      const { kind, id = '' } = entry;
      if (kind === 'recall') this.recalls.set(id, entry);
      if (kind === 'edit') this.edits.set(id, [...(this.edits.get(id) ?? []), entry]);
    }
  }
}

function visibleOf(entries: readonly LogEntry[]): Visible {
  const seqs = entries.map((entry) => entry.seq ?? 0);
  return { entries, seqs, indexOf: new Map(seqs.map((seq, index) => [seq, index])) };
}

/** The name of the community whose topic a conversation is. */
export const communityOf = (conv: string): string | undefined =>
  /^topic:(.*)@TOPIC#_/.exec(conv)?.[1]?.replace(/^/, 'group:');

/** Communities are open to who comes later, and so are their topics. */
const hasHistory = (conv: string): boolean => conv.includes(':@TGS#_');

/** What topics a community's log tells of. */
export function topicsOf(entries: readonly LogEntry[]): Map<string, MadeTopic> {
  const made = new Map<string, MadeTopic>();
  for (const { pos, topic, topicIDs = [] } of entries) {
    if (topic) {
      const known = made.get(topic.topicID) ?? { from: pos, to: Infinity, name: '' };
      made.set(topic.topicID, { ...known, name: topic.name ?? known.name });
    }
    for (const topicID of topicIDs) {
      const known = made.get(topicID);
      if (known) made.set(topicID, { ...known, to: pos });
    }
  }
  return made;
}

/** Memberships of a community, as stretches of a topic's log: an entry says after which position of the community's it stands. */
function inTopic(entries: readonly LogEntry[], { memberships }: Log): Map<string, Interval[]> {
  const lastBefore = (position: number) => entries.findLast(({ after = 0 }) => after < position)?.pos ?? 0;
  const translated = [...memberships].map(([user, intervals]): [string, Interval[]] => [
    user,
    intervals.map(({ after, to }) => ({
      after: lastBefore(after + 1),
      to: to === Infinity ? to : lastBefore(to),
    })),
  ]);
  return new Map(translated);
}

/** Who was in, from which position to which: read off the joins and leaves of the log alone. */
function membershipsOf(entries: readonly LogEntry[]): Map<string, Interval[]> {
  const intervals = new Map<string, Interval[]>();
  const open = new Map<string, number>();
  const close = (user: string, to: number) => {
    const after = open.get(user);
    if (after === undefined) return;
    open.delete(user);
    intervals.set(user, [...(intervals.get(user) ?? []), { after, to }]);
  };
  for (const entry of entries) {
    if (entry.kind === 'joined')
      for (const user of entry.users ?? []) open.set(user, open.get(user) ?? entry.pos - 1);
    if (entry.kind === 'left') for (const user of entry.users ?? [...open.keys()]) close(user, entry.pos);
  }
  for (const user of [...open.keys()]) close(user, Number.POSITIVE_INFINITY);
  return intervals;
}

/** Whether a message is the user's to see, where they see the log. */
export const isFor = ({ alone, from }: LogEntry, user: string): boolean => !alone || from === user;

/** The newest membership in a conversation that has such. */
export const lastMembership = (log: Log, user: string): Interval | undefined =>
  log.memberships.get(user)?.at(-1);

/** Whether a position may be read, though it may have been before the reader came. */
export function mayRead(log: Log, user: string, pos: number): boolean {
  if (!hasHistory(log.conv)) return maySee(log, user, pos);
  const last = lastMembership(log, user);
  return last !== undefined && pos <= last.to;
}

/** Who may see a position: both of a pair, the owner of notices, members of a group while they are in. */
export function maySee(log: Log, user: string, pos: number): boolean {
  const [kind, ...names] = log.conv.split(':');
  if (kind !== 'group' && kind !== 'topic') return names.includes(user);
  return (log.memberships.get(user) ?? []).some((interval) => interval.after < pos && pos <= interval.to);
}

/** Whether the user is in the group, or of the pair, when all is over. */
export function isInside(log: Log, user: string): boolean {
  return maySee(log, user, Number.MAX_SAFE_INTEGER);
}
