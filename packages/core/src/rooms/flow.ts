import type { MessageEvent } from '@sterna/protocol';
import type { Clock } from '../ports/clock.ts';

export type Priority = NonNullable<MessageEvent['priority']> | 'Normal';

/**
 * What share of a second's messages each priority leaves to those above it. Where more is said than the bound, the bucket stands at
 * the level of the lowest priority that there is still room for: so the least important are dropped first, and nothing waits.
 */
const LEAVES: Readonly<Record<Priority, number>> = { High: 0, Normal: 0.25, Low: 0.5, Lowest: 0.75 };

/** How much may be said in a room: `perSecond` in the long run, and as much at once. */
export interface RoomFlow {
  /** Whether a message of this priority may be said now. */
  take(priority: Priority): boolean;
  /** Something was said elsewhere: it counts, whatever it was. */
  spend(): void;
}

export function createRoomFlow(perSecond: number, clock: Pick<Clock, 'monotonicMs'>): RoomFlow {
  let tokens = perSecond;
  let filledMs = clock.monotonicMs();

  function fill(): void {
    const nowMs = clock.monotonicMs();
    tokens = Math.min(perSecond, tokens + ((nowMs - filledMs) * perSecond) / 1000);
    filledMs = nowMs;
  }

  return {
    take(priority) {
      fill();
      // A bucket that is full always has room for one.
      const left = Math.min(LEAVES[priority] * perSecond, perSecond - 1);
      if (tokens - 1 < left) return false;
      tokens -= 1;
      return true;
    },
    spend() {
      fill();
      tokens = Math.max(0, tokens - 1);
    },
  };
}
