import type { InboxEvent } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';

export interface ReceiveOptionBody {
  actor: Actor;
  option: Extract<InboxEvent, { t: 'receiveOption' }>['option'];
}

/** Sets the actor's do-not-disturb for everything. */
export const setReceiveOption: Decision<ReceiveOptionBody, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, option }) {
    requireSession(tx, actor);
    tx.set(keys.receiveOption(actor.app, actor.userID), toJson(option));
    appendInbox(tx, actor.app, actor.userID, { t: 'receiveOption', option });
    return {};
  },
};
