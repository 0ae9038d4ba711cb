import { LIMITS } from '@sterna/protocol';
import type { CoreDeps } from '../deps.ts';
import { releaseMembers } from '../groups/release-members.ts';
import { keys } from '../keys.ts';
import { collectDueMerger } from '../messages/collect-merger.ts';
import { decode } from '../records.ts';
import { timeOut } from '../signaling/due-invitations.ts';

type TimerDeps = Pick<CoreDeps, 'store' | 'bus' | 'hooks' | 'clock'>;

/**
 * Does what is due by now, the oldest first, and says when the next is due, if that is known. Timers are in the store, so they
 * outlive whoever set them; several nodes may do the same at once, as the first of them decides.
 */
export async function runDueTimers(deps: TimerDeps): Promise<number | undefined> {
  const timers = await deps.store.scan({ prefix: keys.timers, limit: LIMITS.timersTaken });
  const nowMs = deps.clock.nowMs();
  const due = timers.filter(([key]) => timeOf(key) <= nowMs);
  let isGroupLeft = false;
  for (const [, value] of due) {
    const timer = decode.timer(value);
    if ('inviteID' in timer) await timeOut(deps, timer, nowMs);
    else if ('mergerKey' in timer) await collectDueMerger(deps, timer, nowMs);
    else if (!(await releaseMembers(deps, timer, nowMs))) isGroupLeft = true;
  }
  if (due.length === LIMITS.timersTaken) return nowMs;
  const next = timers[due.length];
  const nextMs = next === undefined ? undefined : timeOf(next[0]);
  if (!isGroupLeft) return nextMs;
  // As long as its members have taken, others have the node to themselves.
  return Math.min(nextMs ?? Infinity, 2 * deps.clock.nowMs() - nowMs);
}

const timeOf = (key: string): number => Number(key.split('/')[1]);
