import { RANGES_AHEAD } from '../limits.ts';

/** A stretch of a log: positions `from`..`to` are covered, those without an event hold nothing for this reader. */
export interface Range<Event> {
  from: number;
  to: number;
  events: (readonly [pos: number, event: Event])[];
}

/** How far a log has been read without a gap, and what came too early, in order. */
export interface Tape<Event> {
  pos: number;
  ahead: Range<Event>[];
}

export function createTape<Event>(pos: number): Tape<Event> {
  return { pos, ahead: [] };
}

/** Takes in a range, in whatever order and however often it comes, and returns the events that are next, each once. */
export function take<Event>(tape: Tape<Event>, range: Range<Event>): Range<Event>['events'] {
  if (range.to <= tape.pos) return [];
  const place = tape.ahead.findIndex((other) => other.from > range.from);
  tape.ahead.splice(place < 0 ? tape.ahead.length : place, 0, range);

  const next: Range<Event>['events'] = [];
  for (let first = tape.ahead[0]; first && first.from <= tape.pos + 1; first = tape.ahead[0]) {
    for (const entry of first.events) {
      if (entry[0] > tape.pos && entry[0] <= first.to) next.push(entry);
    }
    tape.pos = Math.max(tape.pos, first.to);
    tape.ahead.shift();
  }
  // What is dropped is read again: the gap before it is still known from the ranges that are left.
  tape.ahead.length = Math.min(tape.ahead.length, RANGES_AHEAD);
  return next;
}

/** Something came that does not join on: positions between are missing. */
export function hasGap(tape: Tape<unknown>): boolean {
  return tape.ahead.length > 0;
}
