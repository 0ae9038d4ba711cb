import type { Cancel } from '../platform/platform.ts';
import type { Answer } from '../transport/requests.ts';
import { createTape, hasGap, take, type Range } from './tape.ts';

export type PageAnswer<Event> = Answer<{ range: Range<Event>; more: boolean }>;

/** How a page went: read on, all there, nothing new although something is missing, or not to be had. */
export type PullOutcome = 'more' | 'done' | 'stuck' | { code: number };

/** One log as this device reads it; what its events are is known only to who made it. */
export interface Log {
  pos(): number;
  /** Something is known to be missing. */
  isBehind(): boolean;
  /** To be read although nothing is known to be missing. */
  want(): void;
  /** This position is known to exist, though its event may never be pushed. */
  reach(pos: number): void;
  /** Nothing more of it will come: what is held back is let go. */
  giveUp(): void;
  /** Asks the server for one page after what is here. */
  pull(done: (outcome: PullOutcome) => void): Cancel;
}

export interface FedLog<Event> extends Log {
  feed(range: Range<Event>): void;
}

export function createLog<Event>(
  start: number,
  apply: (pos: number, event: Event) => void,
  ask: (after: number, answer: (answer: PageAnswer<Event>) => void) => Cancel,
): FedLog<Event> {
  const tape = createTape<Event>(start);
  let target = start;
  let wanted = false;

  const isBehind = (): boolean => wanted || hasGap(tape) || target > tape.pos;
  const feed = (range: Range<Event>): void => {
    for (const [pos, event] of take(tape, range)) apply(pos, event);
  };

  return {
    feed,
    isBehind,
    pos: () => tape.pos,
    want: () => void (wanted = true),
    reach: (pos) => void (target = Math.max(target, pos)),
    giveUp() {
      wanted = false;
      target = 0;
      tape.ahead.length = 0;
    },
    pull(done) {
      const after = tape.pos;
      const wasWanted = wanted;
      wanted = false;
      return ask(after, (answer) => {
        if (!answer.isOk) {
          wanted ||= wasWanted;
          return done({ code: answer.error.code });
        }
        feed(answer.reply.range);
        const hasMore = answer.reply.more || isBehind();
        // Wanted again meanwhile: by somebody whose change this page may not hold yet.
        if (wanted || (hasMore && tape.pos > after)) done('more');
        else done(hasMore ? 'stuck' : 'done');
      });
    },
  };
}
