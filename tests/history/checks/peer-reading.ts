import type { Seen, Violation } from '../history.ts';
import type { Model } from '../model.ts';
import { otherThan } from './blacklist.ts';
import { freshStart, mustHave } from './told.ts';

const violation = (text: string): Violation => ({ check: 'C20', text });

/**
 * C20: a message of one's own shows as read by the peer only once the peer has said so of it, or of a later one, and from then on; the
 * application is told of it once. In the end every device shows how far the peer has come, unless they had been blocked.
 */
export function peersHaveRead(model: Model): Violation[] {
  const reports = reportsOf(model);
  return [
    ...shownTruly(model, reports),
    ...neverBack(model),
    ...toldOnce(model, reports),
    ...shownInTheEnd(model),
  ];
}

/** What users said that they have read, by user and conversation, with the places in the history. */
type Reports = ReadonlyMap<string, readonly { seq: number; at: number }[]>;

function reportsOf({ wires }: Model): Reports {
  const reports = new Map<string, { seq: number; at: number }[]>();
  for (const wire of wires) {
    if (wire.what !== 'read') continue;
    const key = `${wire.user} ${wire.conv}`;
    reports.set(key, [...(reports.get(key) ?? []), { seq: wire.seq, at: wire.at }]);
  }
  return reports;
}

function isSo(
  model: Model,
  reports: Reports,
  { user, at, seen: { conv, seq, from } }: { user: string; at: number; seen: Seen },
): boolean {
  const log = model.logs.get(conv);
  const peer = log && otherThan(log, user);
  if (peer === undefined || from !== user) return false;
  return (reports.get(`${peer} ${conv}`) ?? []).some((report) => report.seq >= seq && report.at < at);
}

function shownTruly(model: Model, reports: Reports): Violation[] {
  return model.sightings
    .filter(({ seen, user, at }) => seen.peerRead && !isSo(model, reports, { seen, user, at }))
    .map(({ seen, by, how }) =>
      violation(`${by} shows ${seen.conv} ${seen.seq} as read by the peer (${how}), who has not said so`),
    );
}

function neverBack(model: Model): Violation[] {
  const found: Violation[] = [];
  const since = new Map<string, number>();
  for (const { seen, session, by, how, at } of model.sightings.toSorted((a, b) => a.at - b.at)) {
    const key = `${session} ${seen.id}`;
    const before = since.get(key);
    if (seen.peerRead) since.set(key, before ?? at);
    else if (before !== undefined && freshStart(model, session, at) < before)
      found.push(violation(`${by} shows ${seen.conv} ${seen.seq} (${how}) as not read by the peer any more`));
  }
  return found;
}

/** A fresh start forgets what was shown, and may tell it again. */
function toldOnce(model: Model, reports: Reports): Violation[] {
  const found: Violation[] = [];
  const told = new Map<string, number>();
  for (const line of model.readings) {
    if (line.op !== 'readByPeer') continue;
    const { session, user, at } = line;
    for (const seen of line.messages) {
      const key = `${session} ${seen.id}`;
      const what = `${session} was told that the peer has read ${seen.conv} ${seen.seq}`;
      if (!isSo(model, reports, { seen, user, at })) found.push(violation(`${what}, who has not said so`));
      if ((told.get(key) ?? -1) > freshStart(model, session, at)) found.push(violation(`${what} again`));
      told.set(key, at);
    }
  }
  return found;
}

/** What the store holds of how far the peer has come, and no more. */
function shownInTheEnd(model: Model): Violation[] {
  return model.finals.flatMap(({ device, user, session, histories }) =>
    Object.entries(histories).flatMap(([conv, history]) => {
      const log = model.logs.get(conv);
      const peer = log && otherThan(log, user);
      if (peer === undefined || !mustHave(model, session, conv)) return [];
      if (model.blocks.some((line) => line.user === user && line.other === peer)) return [];
      const said = model.mark(peer, conv)?.saidSeq ?? 0;
      return history
        .filter(({ from, seq, peerRead = false }) => from === user && peerRead !== seq <= said)
        .map(({ seq }) =>
          violation(`${device} shows ${conv} ${seq} wrongly: ${peer} has read up to ${said}`),
        );
    }),
  );
}
