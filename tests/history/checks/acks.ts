import type { Violation } from '../history.ts';
import type { Call, Model } from '../model.ts';

const of = (call: Call) => `${call.device} sent "${call.body}" to ${call.conv}`;

/** C1: what was acknowledged is there, at the place that was acknowledged, in the log and for every fresh reader who may see it. */
export function durableAcks(model: Model): Violation[] {
  const found: Violation[] = [];
  const fresh = model.finals.filter((line) => line.kind === 'fresh');
  for (const call of model.sends()) {
    const ack = call.end?.op === 'ok' ? call.end.message : undefined;
    if (ack === undefined || call.conv === undefined) continue;
    const stored = model.logs.get(call.conv)?.bySeq.get(ack.seq);
    if (stored?.body !== call.body) {
      const there = stored === undefined ? 'nothing' : `"${stored.body}"`;
      found.push({
        check: 'C1',
        text: `${of(call)}, acknowledged as ${ack.seq}; the log has ${there} there`,
      });
      continue;
    }
    for (const reader of fresh) {
      const history = reader.histories[call.conv];
      if (history === undefined || !expects(model, reader.user, call.conv, ack.seq)) continue;
      if (!history.some((seen) => seen.seq === ack.seq && seen.id === ack.id)) {
        found.push({
          check: 'C1',
          text: `${of(call)}, acknowledged as ${ack.seq}; ${reader.user} does not find it`,
        });
      }
    }
  }
  return found;
}

function expects(model: Model, user: string, conv: string, seq: number): boolean {
  if (model.isGone(conv)) return false;
  return !model.isGoneFor(user, conv, seq) && model.visible(user, conv).indexOf.has(seq);
}

/** C2: what was refused is nowhere: not stored, not delivered, not read. */
export function honestFailures(model: Model): Violation[] {
  const refused = new Map<string, Call>();
  const possible = new Set<string>();
  for (const call of model.sends()) {
    if (call.body === undefined) continue;
    if (call.end?.op === 'fail') refused.set(call.body, call);
    else possible.add(call.body);
  }
  for (const body of possible) refused.delete(body);

  const found: Violation[] = [];
  for (const [body, call] of refused) {
    if (model.byBody.has(body))
      found.push({ check: 'C2', text: `${of(call)}, refused (${call.end?.code}), yet it is stored` });
  }
  for (const { seen, by, how } of model.sightings) {
    const call = refused.get(seen.body);
    if (call)
      found.push({
        check: 'C2',
        text: `${of(call)}, refused (${call.end?.code}), yet ${by} saw it (${how})`,
      });
  }
  return found;
}

/** C3: a message has one place and one ID, whoever looks and however often it was sent; and a place has one message. */
export function oneMessageEach(model: Model): Violation[] {
  const found: Violation[] = [];
  const places = new Map<string, { place: string; id: string }>();
  const note = (what: string, place: string, id: string, who: string) => {
    const known = places.get(what);
    if (known === undefined) places.set(what, { place, id });
    else if (known.place !== place || known.id !== id) {
      const both = `${known.place} (${known.id}) and ${place} (${id})`;
      found.push({ check: 'C3', text: `${what} is at ${both}, says ${who}` });
    }
  };
  for (const log of model.logs.values()) {
    for (const { body = '', seq, id = '' } of log.messages) {
      note(`"${body}"`, `${log.conv} ${seq}`, id, 'the log');
      note(id, `${log.conv} ${seq}`, id, 'the log');
    }
  }
  for (const { seen, by, how } of model.sightings) {
    const place = `${seen.conv} ${seen.seq}`;
    note(seen.id, place, seen.id, `${by} (${how})`);
    // What is shown in its place says nothing.
    if (!seen.recalled) note(`"${seen.body}"`, place, seen.id, `${by} (${how})`);
  }
  return found;
}

/** Whether there was anything to judge: a run in which nobody got through proves nothing. */
export function readAnything(model: Model): Violation[] {
  const acked = model.sends().some((call) => call.end?.op === 'ok');
  const read = model.finals.some(
    (line) => line.kind === 'fresh' && Object.values(line.histories).some((h) => h.length > 0),
  );
  if (acked && read) return [];
  const what = acked ? 'no fresh reader read a message' : 'no send was acknowledged';
  return [{ check: 'unknown', text: `${what}: nothing is proven` }];
}
