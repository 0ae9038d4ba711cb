import type { Violation } from '../history.ts';
import { isInside, lastMembership, type Model } from '../model.ts';

/** The formula, alone: messages of others, after the read mark and what was cleared, that I may see, that count, and are neither recalled nor deleted by me. */
export function unreadOf(model: Model, user: string, conv: string): number {
  const mark = model.mark(user, conv);
  const after = Math.max(mark?.readSeq ?? 0, mark?.clearedSeq ?? 0);
  const log = model.logs.get(conv);
  const joined = (log && lastMembership(log, user)?.after) ?? 0;
  let unread = 0;
  for (const entry of model.visible(user, conv).entries) {
    // What was said in an earlier membership was read, or is past.
    if (entry.pos <= joined) continue;
    if (entry.left?.recalled || mark?.deleted.includes(entry.seq ?? 0)) continue;
    if ((entry.seq ?? 0) > after && entry.from !== user && entry.counted) unread += 1;
  }
  return unread;
}

/** C11: what is reported as unread is the formula's value, on every device; it is never negative; and read marks are honest. */
export function exactUnread(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const line of model.lines) {
    if (line.op !== 'conversations') continue;
    for (const row of line.conversations) {
      if (row.unread >= 0) continue;
      found.push({ check: 'C11', text: `${line.device} shows ${row.unread} unread in ${row.conv}` });
    }
  }
  for (const line of model.finals) {
    for (const row of line.conversations) {
      const log = model.logs.get(row.conv);
      if (log === undefined || !isInside(log, line.user)) continue;
      const wanted = unreadOf(model, line.user, row.conv);
      if (row.unread === wanted) continue;
      const text = `${line.device} (${line.kind}) shows ${row.unread} unread in ${row.conv}; it is ${wanted}`;
      found.push({ check: 'C11', text });
    }
  }
  return [...found, ...honestMarks(model)];
}

/** A read mark is at least what was reported read, and at most what there is. */
function honestMarks(model: Model): Violation[] {
  const found: Violation[] = [];
  const reported = new Map<string, number>();
  for (const call of model.calls.values()) {
    if (call.name !== 'markRead' || call.end?.op !== 'ok' || call.conv === undefined) continue;
    // What was told when it was called: a later call tells more, and this one may have shared the answer of an earlier.
    const read = model.wires.findLast(
      (wire) =>
        wire.what === 'read' &&
        wire.session === call.session &&
        wire.conv === call.conv &&
        wire.at <= call.from,
    );
    if (read?.what !== 'read') continue;
    const key = `${call.user} ${call.conv}`;
    reported.set(key, Math.max(reported.get(key) ?? 0, read.seq));
  }
  for (const [key, mark] of model.marks) {
    const last = model.logs.get(mark.conv)?.messages.at(-1)?.seq ?? 0;
    const least = Math.min(reported.get(key) ?? 0, last);
    if (mark.readSeq >= least && mark.readSeq <= last) continue;
    const text = `${mark.user} has read ${mark.conv} up to ${mark.readSeq}; reported read was ${least}, the last is ${last}`;
    found.push({ check: 'C11', text });
  }
  return found;
}
