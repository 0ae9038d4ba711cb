import type { Violation } from '../history.ts';
import { type Call, isFor, isInside, type Model } from '../model.ts';
import { mustHave } from './told.ts';

/** The step that begins an invitation. */
const INVITE = 1;

/** C4: whoever sees a place sees the same message there: ID, sender, time, and, unless it is shown as recalled or edited (C12), content. */
export function oneOrder(model: Model): Violation[] {
  const found: Violation[] = [];
  const places = new Map<string, { what: string; body: string; who: string }>();
  for (const log of model.logs.values()) {
    for (const { seq, id, from, body = '', timeMs } of log.messages) {
      const what = `${id} of ${from} at ${Math.floor((timeMs ?? 0) / 1000)}`;
      places.set(`${log.conv} ${seq}`, { what, body, who: 'the log' });
    }
  }
  for (const { seen, by, how } of model.sightings) {
    const place = `${seen.conv} ${seen.seq}`;
    const what = `${seen.id} of ${seen.from} at ${seen.timeS}`;
    const known = places.get(place) ?? { what, body: seen.body, who: `${by} (${how})` };
    places.set(place, known);
    if (known.what === what && (seen.recalled || seen.version || known.body === seen.body)) continue;
    const text = `${place} is ${known.what}, "${known.body}" for ${known.who}, ${what}, "${seen.body}" for ${by} (${how})`;
    found.push({ check: 'C4', text });
  }
  return found;
}

/** C5: a log counts 1, 2, 3, …; a page, and a walk of pages, shows everything between its ends that the reader may see. */
export function noHoles(model: Model): Violation[] {
  return [...denseLogs(model), ...contiguousPages(model), ...completeHistories(model)];
}

function denseLogs(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    log.entries.forEach((entry, index) => {
      if (entry.pos !== index + 1)
        found.push({ check: 'C5', text: `${log.conv}: position ${entry.pos} stands at ${index + 1}` });
    });
    log.messages.forEach((entry, index) => {
      if (entry.seq !== index + 1)
        found.push({ check: 'C5', text: `${log.conv}: message ${entry.seq} stands at ${index + 1}` });
    });
  }
  return found;
}

function contiguousPages(model: Model): Violation[] {
  const found: Violation[] = [];
  /** The oldest number that each walk has come to. */
  const reached = new Map<number, number>();
  for (const call of model.calls.values()) {
    const page = call.end?.op === 'ok' ? call.end.messages : undefined;
    if (call.name !== 'history' || page === undefined || call.conv === undefined || call.walk === undefined)
      continue;
    if (call.end?.unsent) {
      reached.delete(call.walk);
      continue;
    }
    const fromPage = page.map((seen) => seen.seq);
    const before = reached.get(call.walk);
    if (fromPage[0] !== undefined) reached.set(call.walk, fromPage[0]);
    found.push(...holesIn(model, call, before === undefined ? fromPage : [...fromPage, before]));
  }
  return found;
}

/** A row may still show messages that another device has cleared or deleted, but need not have all of them. */
function holesIn(model: Model, { device, user, conv = '' }: Call, row: readonly number[]): Violation[] {
  const { indexOf, seqs } = model.readable(user, conv);
  const found: Violation[] = [];
  for (let index = 1; index < row.length; index++) {
    const [low, high] = [row[index - 1] ?? 0, row[index] ?? 0];
    const [from, to] = [indexOf.get(low), indexOf.get(high)];
    if (from === undefined || to === undefined) continue;
    const missing = seqs.slice(from + 1, to).filter((seq) => !model.isGoneFor(user, conv, seq));
    if (to > from && missing.length === 0) continue;
    const missed = missing.join(', ') || 'nothing: the order is wrong';
    found.push({
      check: 'C5',
      text: `${device} read ${conv}: after ${low} came ${high}; between them ${missed}`,
    });
  }
  return found;
}

/** A complete reading in the end is everything that the reader may see, but for what the reader cleared, and for topics gone since they left. */
function completeHistories(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const line of model.finals) {
    for (const [conv, history] of Object.entries(line.histories)) {
      const wanted = model.isGone(conv)
        ? []
        : model.readable(line.user, conv).seqs.filter((seq) => !model.isGoneFor(line.user, conv, seq));
      const got = history.map((seen) => seen.seq);
      const keepsOld = model.isGone(conv) && !mustHave(model, line.session, conv);
      if (keepsOld || wanted.join() === got.join()) continue;
      const text = `${line.device} (${line.kind}) reads ${conv} as ${brief(got)}, may see ${brief(wanted)}`;
      found.push({ check: 'C5', text });
    }
    found.push(...unreadable(model, line));
  }
  return found;
}

/** What somebody may see must be there to read. */
function unreadable(model: Model, line: Model['finals'][number]): Violation[] {
  const missing = [...model.logs.values()].filter(
    (log) =>
      isInside(log, line.user) &&
      log.messages.some((entry) => isFor(entry, line.user)) &&
      !model.isGone(log.conv) &&
      line.histories[log.conv] === undefined,
  );
  return missing.map(({ conv }) => ({
    check: 'C5',
    text: `${line.device} (${line.kind}) could not read ${conv}`,
  }));
}

/** Numbers as ranges, so that a long history is a short sentence. */
export function brief(seqs: readonly number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < seqs.length; ) {
    const start = seqs[index] ?? 0;
    let end = index;
    while (seqs[end + 1] === (seqs[end] ?? 0) + 1) end += 1;
    parts.push(end === index ? `${start}` : `${start}-${seqs[end]}`);
    index = end + 1;
  }
  return parts.length === 0 ? 'nothing' : parts.join(',');
}

/** C6: what was acknowledged before another send began stands before it; one device's sends keep the order of their calls. */
export function realTimeOrder(model: Model): Violation[] {
  const found: Violation[] = [];
  const byConversation = Map.groupBy(
    model.sends().filter((call) => call.body !== undefined && model.byBody.has(call.body)),
    (call) => call.conv ?? '',
  );
  for (const sends of byConversation.values())
    found.push(...acknowledgedFirst(model, sends), ...callOrder(model, sends));
  return found;
}

const placeOf = (model: Model, call: Call) => model.byBody.get(call.body ?? '')?.seq ?? 0;

function acknowledgedFirst(model: Model, sends: readonly Call[]): Violation[] {
  const found: Violation[] = [];
  const acked = sends.filter((call) => call.end?.op === 'ok').sort((a, b) => a.to - b.to);
  let next = 0;
  let highest: Call | undefined;
  for (const call of firstTries(sends).sort((a, b) => a.from - b.from)) {
    for (let done = acked[next]; done !== undefined && done.to < call.from; done = acked[++next]) {
      if (highest === undefined || placeOf(model, done) > placeOf(model, highest)) highest = done;
    }
    if (highest === undefined || placeOf(model, highest) < placeOf(model, call)) continue;
    const [earlier, later] = [placeOf(model, highest), placeOf(model, call)];
    found.push({
      check: 'C6',
      text: `${call.conv}: "${highest.body}" (${earlier}) was acknowledged before "${call.body}" (${later}) was sent`,
    });
  }
  return found;
}

/** A resend keeps its message's place: only the first try tells when the message was sent. */
function firstTries(sends: readonly Call[]): Call[] {
  return sends.filter((call) => call.again !== true);
}

/** Who answers or ends an invitation that this device does not know asks the server for it first; what is sent meanwhile may stand before. */
function looksFirst(model: Model, { body = '' }: Call): boolean {
  const step = model.byBody.get(body)?.entry.step;
  return step !== undefined && step.actionType !== INVITE;
}

function callOrder(model: Model, sends: readonly Call[]): Violation[] {
  const found: Violation[] = [];
  const resent = new Set(sends.filter((call) => call.again).map((call) => call.body));
  const plain = firstTries(sends).filter((call) => call.end?.op === 'ok' && !resent.has(call.body));
  for (const ofDevice of Map.groupBy(plain, (call) => call.session).values()) {
    ofDevice.sort((a, b) => a.from - b.from);
    let one: Call | undefined;
    for (const two of ofDevice) {
      if (one !== undefined && placeOf(model, one) >= placeOf(model, two))
        found.push({
          check: 'C6',
          text: `${two.device} called send("${one.body}") before send("${two.body}"): stored ${placeOf(model, one)} and ${placeOf(model, two)}`,
        });
      if (!looksFirst(model, two)) one = two;
    }
  }
  return found;
}

/** C16: time never runs backwards along the order, whatever the clocks did. */
export function timeAlongOrder(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    for (let index = 1; index < log.messages.length; index++) {
      const [one, two] = [log.messages[index - 1], log.messages[index]];
      if ((one?.timeMs ?? 0) <= (two?.timeMs ?? 0)) continue;
      found.push({
        check: 'C16',
        text: `${log.conv}: message ${two?.seq} is of ${two?.timeMs}, the one before of ${one?.timeMs}`,
      });
    }
  }
  return found;
}
