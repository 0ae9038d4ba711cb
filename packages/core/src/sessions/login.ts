import { LIMITS, type Platform } from '@sterna/protocol';
import type { AppSettings } from '../app-settings.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { dropOldNotices } from '../logs/notices.ts';
import type { CustomStatus } from '../ports/presence.ts';
import { type Account, decode, load, type Session, toJson } from '../records.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { evictedBy } from './kick-policy.ts';
import { isLive, SESSIONS_STORED } from './require-session.ts';

/** A login whose UserSig has been verified. `sigTimeS` is when the UserSig was made. */
export interface LoginBody {
  app: number;
  userID: string;
  instanceID: string;
  platform: Platform;
  /** The instance's own number of this login. */
  attempt?: number;
  resume?: number;
  sigTimeS: number;
  nowMs: number;
  policy: AppSettings['loginPolicy'];
}

export interface LoginReply {
  epoch: number;
  resumed: boolean;
  /** What the user said beside being online, and has not been known to end. */
  status?: CustomStatus;
}

/**
 * Gives the instance a session: the one it had, when it asks to resume that, else a new one, which may end others.
 * The first good login of an unknown user makes the account.
 */
export const login: Decision<LoginBody, LoginReply> = {
  locks: ({ app, userID }) => mergeLocks([userScope(app, userID)]),

  decide(tx, body) {
    const account = load.account(tx, body.app, body.userID) ?? { createdMs: body.nowMs, epoch: 0, groups: 0 };
    if (account.blocked) throw new ImError('accountBlocked');
    if (account.sigsValidFromS !== undefined && body.sigTimeS < account.sigsValidFromS)
      throw new ImError('userSigRevoked');
    const reply = body.resume === undefined ? begin(tx, body, account) : resume(tx, body, body.resume);
    return account.status === undefined ? reply : { ...reply, status: account.status };
  },
};

function resume(tx: Transaction, body: LoginBody, epoch: number): LoginReply {
  const key = keys.session(body.app, body.userID, body.instanceID);
  const session = decode.session(tx.get(key));
  if (session?.epoch === epoch && isLive(session)) {
    requireNotOvertaken(body.attempt, session);
    // From here on nothing has an effect that an older connection of the session asks for.
    if (body.attempt !== undefined) tx.set(key, toJson({ ...session, attempt: body.attempt }));
    return { epoch, resumed: true };
  }
  throw new ImError('sessionEvicted', undefined, { data: { type: session?.evicted ?? 'multipleDevice' } });
}

/** A newer login of the same instance was here before: the device has long given this one up. */
function requireNotOvertaken(attempt: number | undefined, known: Session | undefined): void {
  if (attempt === undefined || known?.attempt === undefined || attempt > known.attempt) return;
  throw new ImError('alreadyLoggedIn', 'a newer login of this instance was here before');
}

function begin(tx: Transaction, body: LoginBody, account: Account): LoginReply {
  const { app, userID, instanceID, platform, attempt } = body;
  requireNotOvertaken(attempt, decode.session(tx.get(keys.session(app, userID, instanceID))));
  const epoch = account.epoch + 1;
  const { loggedOut: _before, ...known } = account;
  tx.set(keys.account(app, userID), toJson({ ...known, epoch }));

  const prefix = keys.sessions(app, userID);
  const stored = tx
    .scan({ prefix, limit: SESSIONS_STORED })
    .map(([key, value]) => ({ key, session: decode.session(value) }));
  const live = [];
  for (const { key, session } of stored) {
    if (session === undefined || !isLive(session)) continue;
    live.push({ key, session });
  }

  const sessions = live.map(({ key, session }) => ({
    instanceID: key,
    epoch: session.epoch,
    platform: session.platform,
  }));
  const newcomer = { instanceID: keys.session(app, userID, instanceID), epoch, platform };
  const evicted = evictedBy(newcomer, sessions, body.policy, LIMITS.sessionsPerUser);
  for (const { instanceID: key, reason } of evicted) {
    const session = live.find((candidate) => candidate.key === key)?.session;
    if (session !== undefined) tx.set(key, toJson({ ...session, evicted: reason }));
  }
  dropOldTombstones(tx, stored);
  dropOldNotices(tx, app, userID, body.nowMs);
  const numbered = attempt !== undefined && { attempt };
  tx.set(
    newcomer.instanceID,
    toJson({ epoch, platform, loginMs: body.nowMs, ...numbered } satisfies Session),
  );

  if (evicted.length > 0) {
    appendInbox(tx, app, userID, {
      t: 'evicted',
      sessions: evicted.map(({ instanceID: key, epoch: ended, reason }) => ({
        instanceID: key.slice(prefix.length),
        epoch: ended,
        reason,
      })),
    });
  }
  return { epoch, resumed: false };
}

/** Ended sessions tell their device, and refuse what comes late; not for ever. The oldest go first. */
function dropOldTombstones(
  tx: Transaction,
  stored: readonly { key: string; session: Session | undefined }[],
): void {
  const ended = stored
    .filter(({ session }) => session !== undefined && !isLive(session))
    .sort((a, b) => (a.session?.epoch ?? 0) - (b.session?.epoch ?? 0));
  for (const { key } of ended.slice(0, Math.max(0, ended.length - LIMITS.sessionsPerUser))) tx.delete(key);
}
