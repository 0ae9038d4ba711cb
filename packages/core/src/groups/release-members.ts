import { runCommand } from '../delivery/run-command.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import type { CoreDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import type { Dismissal } from '../records.ts';

/** Members that are told in one transaction: what it writes, and moves besides, holds everybody else up for some 5 ms. */
const SLICE = 20;
/** Slices in a row: nobody waits for 100,000 members, for an answer or for anything else. */
const SLICES = 5;

/** Ends memberships of a dismissed group, some at a time, and says whether that was all. Several nodes may do the same at once. */
export async function releaseMembers(
  deps: Pick<CoreDeps, 'store' | 'bus' | 'hooks'>,
  dismissal: Dismissal,
  nowMs: number,
): Promise<boolean> {
  const prefix = keys.members(groupLog(dismissal.app, dismissal.groupID));
  for (let slice = 0; slice < SLICES; slice++) {
    const records = await deps.store.scan({ prefix, limit: SLICE });
    const userIDs = records.map(([key]) => unpart(key.slice(prefix.length)));
    const isLast = userIDs.length < SLICE;
    await runCommand(deps, { type: 'group.leaveDismissed', body: { dismissal, userIDs, isLast, nowMs } });
    if (isLast) return true;
  }
  return false;
}
