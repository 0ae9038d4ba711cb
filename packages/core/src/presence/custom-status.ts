import type { Actor } from '../actor.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import type { CustomStatus } from '../ports/presence.ts';
import { load, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';

/**
 * What a user says beside being online is kept with the account, so that it outlives the nodes' memories; saying the same again
 * writes nothing. The time is later than any before it, whatever the clocks of the nodes say.
 */
export const setCustomStatus: Decision<{ actor: Actor; text: string; nowMs: number }, CustomStatus> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, text, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const account = load.account(tx, app, userID);
    const { status: before, ...silent } = account ?? {};
    if (before?.text === text) return before;
    const status = { text, setMs: Math.max(nowMs, (before?.setMs ?? 0) + 1) };
    if (account !== undefined && (text !== '' || before !== undefined))
      tx.set(keys.account(app, userID), toJson({ ...silent, ...(text !== '' && { status }) }));
    return status;
  },
};

/** The user is offline, and what was said at that time is over. What has been said since stays. */
export const forgetCustomStatus: Decision<
  { app: number; userID: string; setMs: number },
  Record<string, never>
> = {
  locks: ({ app, userID }) => mergeLocks([userScope(app, userID)]),

  decide(tx, { app, userID, setMs }) {
    const { status, ...silent } = load.account(tx, app, userID) ?? {};
    if (status?.setMs === setMs) tx.set(keys.account(app, userID), toJson(silent));
    return {};
  },
};
