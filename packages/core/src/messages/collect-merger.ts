import { runCommand } from '../delivery/run-command.ts';
import type { CoreDeps } from '../deps.ts';
import { keys, mergeLocks } from '../keys.ts';
import type { DueMerger } from '../records.ts';
import type { Decision } from '../transaction/transaction.ts';
import { dropUnused } from './merger-uses.ts';

export interface CollectMergerBody {
  due: DueMerger;
  nowMs: number;
}

/**
 * The time is over in which a list that is kept apart had to be sent: where no message uses it, it goes. Decided again it does
 * nothing. Sending it comes wholly before, or is refused.
 */
export const collectMerger: Decision<CollectMergerBody, Record<string, never>> = {
  locks: ({ due }) => mergeLocks([keys.merger(due.app, due.mergerKey), keys.mergerTimer(due)]),

  decide(tx, { due, nowMs }) {
    const timer = keys.mergerTimer(due);
    if (nowMs < due.dueMs || tx.get(timer) === undefined) return {};
    tx.delete(timer);
    dropUnused(tx, due.app, due.mergerKey);
    return {};
  },
};

/** A timer of a list is due. */
export const collectDueMerger = (
  deps: Pick<CoreDeps, 'store' | 'bus' | 'hooks'>,
  due: DueMerger,
  nowMs: number,
): Promise<unknown> => runCommand(deps, { type: 'merger.collect', body: { due, nowMs } });
