import type { Seen, Violation } from '../history.ts';
import { communityOf, isInside, type Model } from '../model.ts';
import { brief } from './order.ts';

/** What one session's application was handed of one conversation, in order. */
interface Stream {
  device: string;
  user: string;
  session: string;
  conv: string;
  seqs: number[];
}

/**
 * C7: a session is handed each message once, in order; none of its own; and none is left out between where its knowledge began
 * (the newest snapshot it was given) and what it was handed last. Whoever is there in the end has been handed everything.
 */
export function exactlyOnce(model: Model): Violation[] {
  const found: Violation[] = [];
  const streams = new Map<string, Stream>();
  for (const { seen, by, user, session, how } of model.sightings) {
    if (how !== 'deliver') continue;
    const key = `${session} ${seen.conv}`;
    const stream = streams.get(key) ?? { device: by, user, session, conv: seen.conv, seqs: [] };
    streams.set(key, stream);
    found.push(...takeNext(model, stream, seen));
  }
  const starts = startsOf(model);
  for (const session of lastSessions(model)) addSilent(model, streams, session);
  for (const stream of streams.values()) found.push(...leftOut(model, stream, starts));
  return found;
}

function takeNext(model: Model, stream: Stream, seen: Seen): Violation[] {
  const found: Violation[] = [];
  const last = stream.seqs.at(-1) ?? 0;
  if (seen.seq <= last) {
    const what = stream.seqs.includes(seen.seq) ? 'again' : `after ${last}`;
    found.push({ check: 'C7', text: `${stream.device} was handed ${seen.conv} ${seen.seq} ${what}` });
  }
  const words = model.wordsOf(seen);
  if (model.senderOf.get(words)?.sessions.has(stream.session)) {
    found.push({ check: 'C7', text: `${stream.device} was handed its own "${words}"` });
  }
  stream.seqs.push(seen.seq);
  return found;
}

/** Sessions that are there in the end: those of the final states. */
function lastSessions(model: Model): { device: string; user: string; session: string }[] {
  return model.finals.filter((line) => line.kind === 'device');
}

/** A conversation of which a session was handed nothing is judged like the others. */
function addSilent(
  model: Model,
  streams: Map<string, Stream>,
  at: { device: string; user: string; session: string },
): void {
  for (const conv of model.logs.keys()) {
    const key = `${at.session} ${conv}`;
    if (!streams.has(key))
      streams.set(key, { device: at.device, user: at.user, session: at.session, conv, seqs: [] });
  }
}

/** Where a session's duty begins in a conversation: numbers after each start are owed, up to the next jump. */
interface Start {
  /** Its snapshots in order: `seq` is the newest message that each showed, `backlog` what came with it. */
  snapshots: { seq: number; backlog: readonly number[]; reset: boolean }[];
  readyAt: number;
}

function startsOf(model: Model): Map<string, Start> {
  const starts = new Map<string, Start>();
  const ready = new Map<string, number>();
  for (const wire of model.wires) {
    if (wire.what !== 'snapshot') continue;
    const key = `${wire.session} ${wire.conv}`;
    const start = starts.get(key) ?? { snapshots: [], readyAt: Number.POSITIVE_INFINITY };
    start.snapshots.push({ seq: wire.seq, backlog: wire.backlog, reset: wire.why === 'reset' });
    starts.set(key, start);
  }
  for (const state of model.states) {
    if (state.state === 'ready' && !ready.has(state.session)) ready.set(state.session, state.t);
  }
  for (const [session, t] of ready) starts.set(session, { snapshots: [], readyAt: t });
  return starts;
}

/** Of a topic that was taken away, or whose community one has left, what was missed is not made up for. */
function isStillRead(model: Model, { conv, user }: Stream): boolean {
  const log = model.logs.get(conv);
  if (communityOf(conv) === undefined || log === undefined) return true;
  // A topic's log has its community's members.
  return !model.isGone(conv) && isInside(log, user);
}

function leftOut(model: Model, stream: Stream, starts: ReadonlyMap<string, Start>): Violation[] {
  const start = starts.get(`${stream.session} ${stream.conv}`);
  const readyAt = starts.get(stream.session)?.readyAt ?? Number.POSITIVE_INFINITY;
  const isLast =
    isStillRead(model, stream) &&
    model.finals.some((line) => line.kind === 'device' && line.session === stream.session);
  const upTo = isLast ? Number.POSITIVE_INFINITY : (stream.seqs.at(-1) ?? 0);
  const handed = new Set(stream.seqs);
  const missing: number[] = [];
  for (const entry of model.visible(stream.user, stream.conv).entries) {
    const seq = entry.seq ?? 0;
    // Who throws something away on one device need not be handed it on another.
    if (seq > upTo || handed.has(seq) || model.isGoneFor(stream.user, stream.conv, seq)) continue;
    if (model.senderOf.get(entry.body ?? '')?.device === stream.device) continue;
    if (start ? isOwed(start, seq) : (entry.at ?? Number.NEGATIVE_INFINITY) > readyAt) missing.push(seq);
  }
  if (missing.length === 0) return [];
  const text = `${stream.device} (${stream.session}) was never handed ${stream.conv} ${brief(missing)}`;
  return [{ check: 'C7', text }];
}

/** Owed: newer than the first snapshot, or part of a backlog; and not jumped over by a later reset. */
function isOwed({ snapshots }: Start, seq: number): boolean {
  const [first] = snapshots;
  if (first === undefined) return false;
  const from = seq > first.seq ? 0 : snapshots.findLastIndex(({ backlog }) => backlog.includes(seq));
  if (from === -1) return false;
  return !snapshots
    .slice(from + 1)
    .some(({ reset, seq: newest, backlog }) => reset && seq <= newest && !backlog.includes(seq));
}

/** Positions that a session has been told of: everything up to `upTo`, and stretches beyond a gap. */
interface Coverage {
  upTo: number;
  beyond: { from: number; to: number }[];
}

/**
 * C9: a device claims only what it was told: its positions advance over covered stretches, and jump only with a snapshot.
 * And a stretch tells all: what it covers holds every message that the reader may see there.
 */
export function honestCursors(model: Model): Violation[] {
  const found: Violation[] = [];
  const sessions = new Map<string, Map<string, Coverage>>();
  for (const wire of model.wires) {
    const told = sessions.get(wire.session) ?? new Map<string, Coverage>();
    sessions.set(wire.session, told);
    switch (wire.what) {
      case 'session':
        if (wire.mode === 'reset') told.clear();
        break;
      case 'snapshot':
      case 'joined':
        advance(told, wire.conv, 0, wire.pos);
        break;
      case 'range':
        advance(told, wire.conv, wire.from, wire.to);
        found.push(...silentGap(model, wire));
        break;
      case 'claim':
        found.push(...overclaim(told, wire.device, wire.conv, wire.pos));
        break;
      case 'login':
        for (const [conv, pos] of Object.entries(wire.cursor ?? {}))
          found.push(...overclaim(told, wire.device, conv, pos));
        break;
      case 'read':
        break;
    }
  }
  return found;
}

function advance(told: Map<string, Coverage>, conv: string, from: number, to: number): void {
  const coverage = told.get(conv) ?? { upTo: 0, beyond: [] };
  told.set(conv, coverage);
  coverage.beyond.push({ from, to });
  coverage.beyond.sort((a, b) => a.from - b.from);
  coverage.beyond = coverage.beyond.filter((stretch) => {
    if (stretch.from > coverage.upTo + 1) return true;
    coverage.upTo = Math.max(coverage.upTo, stretch.to);
    return false;
  });
}

function overclaim(
  told: ReadonlyMap<string, Coverage>,
  device: string,
  conv: string,
  pos: number,
): Violation[] {
  const upTo = told.get(conv)?.upTo ?? 0;
  if (pos <= upTo) return [];
  return [
    { check: 'C9', text: `${device} claims ${conv} up to ${pos}; it was told everything up to ${upTo} only` },
  ];
}

function silentGap(
  model: Model,
  wire: { device: string; user: string; conv: string; from: number; to: number; seqs: readonly number[] },
): Violation[] {
  const inside = model
    .visible(wire.user, wire.conv)
    .entries.filter(
      (entry) =>
        entry.pos >= wire.from &&
        entry.pos <= wire.to &&
        !model.isGoneFor(wire.user, wire.conv, entry.seq ?? 0),
    );
  const missing = inside.map((entry) => entry.seq ?? 0).filter((seq) => !wire.seqs.includes(seq));
  if (missing.length === 0) return [];
  const text = `${wire.device} was told that ${wire.conv} ${wire.from}-${wire.to} is all; message ${brief(missing)} is not in it`;
  return [{ check: 'C9', text }];
}
