import type { LogEntry, Violation } from '../history.ts';
import { communityOf, type Model } from '../model.ts';

/** C14: from the place in the order at which somebody was silenced, alone or with all ordinary members, nothing is stored of them. */
export function silencedSayNothing(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    if (!/^(group|topic):/.test(log.conv)) continue;
    const community = communityOf(log.conv);
    const entries = community === undefined ? log.entries : (model.logs.get(community)?.entries ?? []);
    for (const message of log.messages) {
      const { pos, seq, from, body, after = 0 } = message;
      if (from === undefined || body === undefined || !model.senderOf.has(body)) continue;
      const before = community === undefined ? pos - 1 : after;
      if (!isSilenced(entries, from, { before, timeMs: message.timeMs ?? 0 })) continue;
      found.push({ check: 'C14', text: `${log.conv} ${seq} is of ${from}, who was silenced then` });
    }
  }
  return found;
}

/** What the log of the group says of somebody up to a position. */
function isSilenced(
  entries: readonly LogEntry[],
  userID: string,
  { before, timeMs }: { before: number; timeMs: number },
): boolean {
  const founding = entries.find(({ kind }) => kind === 'joined');
  let role = founding?.by === userID ? 'Owner' : 'Member';
  let [isForAll, untilMs] = [false, 0];
  for (const { pos, kind, users, rights = {} } of entries) {
    if (pos > before) break;
    // Who comes back is an ordinary member, and as silent as before.
    if (kind === 'left' && (users === undefined || users.includes(userID))) role = 'Member';
    if (rights.userID === undefined) isForAll = rights.muteAll ?? isForAll;
    if (rights.userID !== userID) continue;
    role = rights.role ?? role;
    untilMs = rights.mutedUntilMs ?? untilMs;
  }
  return untilMs > timeMs || (isForAll && role !== 'Owner' && role !== 'Admin');
}
