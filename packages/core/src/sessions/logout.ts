import type { Actor } from '../actor.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { decode, toJson } from '../records.ts';
import type { Decision } from '../transaction/transaction.ts';

/** Gives the session's place back. A session that is gone already is no error: the wish is fulfilled. */
export const logout: Decision<{ actor: Actor }, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor }) {
    const key = keys.session(actor.app, actor.userID, actor.session.instanceID);
    const session = decode.session(tx.get(key));
    if (session?.epoch === actor.session.epoch) tx.set(key, toJson({ ...session, loggedOut: true }));
    return {};
  },
};
