import type { Actor } from '../actor.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { decode, load, toJson } from '../records.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { isLive, SESSIONS_STORED } from './require-session.ts';

/** Gives the session's place back. A session that is gone already is no error: the wish is fulfilled. */
export const logout: Decision<{ actor: Actor }, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor }) {
    const key = keys.session(actor.app, actor.userID, actor.session.instanceID);
    const session = decode.session(tx.get(key));
    if (session?.epoch !== actor.session.epoch) return {};
    tx.set(key, toJson({ ...session, loggedOut: true }));
    noteIfLast(tx, actor);
    return {};
  },
};

/** Whoever has no session left shows as logged out, no longer as somebody who is away. */
function noteIfLast(tx: Transaction, { app, userID }: Actor): void {
  const stored = tx.scan({ prefix: keys.sessions(app, userID), limit: SESSIONS_STORED });
  const account = load.account(tx, app, userID);
  const isSomeLive = stored.some(([, value]) => {
    const session = decode.session(value);
    return session !== undefined && isLive(session);
  });
  if (account === undefined || isSomeLive) return;
  const { status: _over, ...silent } = account;
  tx.set(keys.account(app, userID), toJson({ ...silent, loggedOut: true }));
}
