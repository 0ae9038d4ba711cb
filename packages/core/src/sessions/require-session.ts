import { LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import { decode, type Session } from '../records.ts';
import type { Json } from '../ports/store.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** Of one user: those that live, and those that ended and are kept to refuse what comes late. */
export const SESSIONS_STORED = LIMITS.sessionsPerUser * 4;

/**
 * The fence: an ended session can do nothing, whatever the node that holds its socket believes.
 * Every deciding command of a session calls this first; the user's scope must be locked, shared at least,
 * so that a login is decided either wholly before or wholly after.
 */
export function requireSession(tx: Transaction, actor: Actor): void {
  requireLive(actor, tx.get(keyOf(actor)));
}

/** Whether the session lives now. For who holds its socket: an ended one is to be closed, not served. */
export async function verifySession(deps: ReadDeps, actor: Actor): Promise<void> {
  const [record] = await deps.store.get([keyOf(actor)]);
  requireLive(actor, record);
}

export function isLive({ evicted, loggedOut }: Session): boolean {
  return evicted === undefined && loggedOut === undefined;
}

const keyOf = ({ app, userID, session }: Actor): string => keys.session(app, userID, session.instanceID);

function requireLive(actor: Actor, record: Json | undefined): void {
  const session = decode.session(record);
  const isSame = session?.epoch === actor.session.epoch;
  if (isSame && isLive(session)) return requireNewest(actor, session);
  const type = isSame ? session.evicted : undefined;
  throw new ImError('sessionEvicted', undefined, { data: { type: type ?? 'multipleDevice' } });
}

/**
 * A session's connections follow one another. What the one before still sends, held up on its way, would come after what its
 * client has been told on this one: a send that was refused here could yet be stored there.
 */
function requireNewest({ session: { attempt } }: Actor, { attempt: newest }: Session): void {
  if (attempt === undefined || newest === undefined || attempt >= newest) return;
  throw new ImError('alreadyLoggedIn', 'a newer connection of this instance has taken over');
}
