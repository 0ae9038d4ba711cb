import { type GroupInfo, LIMITS, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, unpart, userScope } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { type Ban, decode, load, type Member, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision } from '../transaction/transaction.ts';
import { groupView } from './group-view.ts';
import { appendTip, type GroupChange, NOTICE, notify, TIP } from './membership.ts';
import { isAdmin, outranks, requireAtLeast, requireGroup, requireMember } from './require-member.ts';

/** Refuses somebody who was banned from a live room. */
export function requireNotBanned(ban: Ban | undefined, nowMs: number): void {
  const { untilMs = 0 } = ban ?? {};
  if (untilMs > nowMs)
    throw new ImError('noPermission', `banned from the room for ${Math.ceil((untilMs - nowMs) / 1000)} s`);
}

/** Sends users out of a live room, and keeps them out for some seconds. Its nodes end their stay when they read the event. */
export function sendOut(
  change: GroupChange,
  self: Member,
  { userIDs, reason, seconds }: { userIDs: readonly string[]; reason: string; seconds: number },
): { deleted: string[]; group: GroupInfo } {
  const { tx, app, log, by, nowMs } = change;
  const named = [...new Set(userIDs)].filter((id) => load.account(tx, app, id) !== undefined);
  const deleted = named.filter((id) => outranks(self.role, load.member(tx, log, id)?.role ?? 'Member'));
  if (deleted.length === 0) {
    if (named.length > 0) throw new ImError('noPermission', 'none is of a lower role');
    return { deleted, group: groupView(change.group, change.head, self) };
  }
  for (const id of deleted) {
    tx.delete(keys.member(log, id));
    tx.delete(keys.admin(log, id));
    if (seconds > 0) tx.set(keys.ban(log, id), toJson({ untilMs: nowMs + seconds * 1000 }));
  }
  const left = { t: 'left' as const, userIDs: deleted, by, reason: 'kicked' as const, timeMs: nowMs };
  const gone = { ...change, head: appendEvent(tx, log, change.head, left) };
  const words = reason === '' ? {} : { reason };
  for (const id of deleted) notify(gone, id, NOTICE.kicked, words);
  const shown =
    seconds > 0
      ? appendTip(gone, TIP.banned, deleted, { ...words, memberList: withDuration(deleted, seconds) })
      : appendTip(gone, TIP.kicked, deleted, words);
  return { deleted, group: groupView(shown.group, shown.head, self) };
}

const withDuration = (userIDs: readonly string[], duration: number) =>
  userIDs.map((userID) => ({ userID, duration }));

export interface UnbanBody {
  actor: Actor;
  groupID: string;
  userIDs: readonly string[];
  nowMs: number;
}

/** Lets users come back before their time. */
export const unbanMembers: Decision<UnbanBody, { unbanned: string[] }> = {
  locks: ({ actor, groupID }) =>
    mergeLocks([groupLog(actor.app, groupID)], [userScope(actor.app, actor.userID)]),

  decide(tx, { actor, groupID, userIDs, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const log = groupLog(app, groupID);
    const group = requireGroup(tx, log);
    requireAtLeast(requireMember(tx, log, userID), 'admins');
    const unbanned = [...new Set(userIDs)].filter((id) => {
      const ban = decode.ban(tx.get(keys.ban(log, id)));
      if (ban !== undefined) tx.delete(keys.ban(log, id));
      return ban !== undefined && ban.untilMs > nowMs;
    });
    if (unbanned.length > 0) {
      const change = { tx, app, log, group, head: load.head(tx, log), by: userID, nowMs };
      appendTip(change, TIP.unbanned, unbanned);
    }
    return { unbanned };
  },
};

/** Bans that have not run out, in the order of the userIDs. For owner and admins. */
export async function listBans(
  { store }: ReadDeps,
  { app, userID }: Actor,
  { groupID, after, limit }: RequestOf<'group.bans'>,
  nowMs: number,
): Promise<ReplyOf<'group.bans'>> {
  const log = groupLog(app, groupID);
  const [group, member] = await store.get([keys.group(log), keys.member(log, userID)]);
  if (decode.group(group) === undefined) throw new ImError('groupNotFound', groupID);
  if (!isAdmin(decode.member(member)?.role ?? 'Member'))
    throw new ImError('noPermission', 'this is for admins');
  const prefix = keys.bans(log);
  const records = await store.scan({
    prefix,
    limit: Math.min(limit, LIMITS.roomBansPage),
    ...(after !== undefined && { after: keys.ban(log, after) }),
  });
  const bans = records.flatMap(([key, value]) => {
    const ban = decode.ban(value);
    return ban !== undefined && ban.untilMs > nowMs
      ? [{ userID: unpart(key.slice(prefix.length)), untilMs: ban.untilMs }]
      : [];
  });
  const last = records.at(-1)?.[0];
  return {
    bans,
    ...(records.length === limit && last !== undefined && { next: unpart(last.slice(prefix.length)) }),
  };
}
