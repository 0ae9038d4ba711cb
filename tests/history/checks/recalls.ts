import type { LogEntry, Violation } from '../history.ts';
import type { Call, Model, StoredMessage } from '../model.ts';
import { hearers, knowledge, type KnowsAt, mustHave, type Views } from './told.ts';

/** One message that was recalled, and what the log says of that. */
interface Recalled extends StoredMessage {
  id: string;
  recall: LogEntry;
}

const violation = (text: string): Violation => ({ check: 'C12', text });
const nameOf = ({ conv, seq, entry }: StoredMessage) => `${conv} ${seq} "${entry.body}"`;

/**
 * C12: what was recalled is gone: from the store at once, from a device's pages, events and list once it has been told everything up
 * to the recall, and from everywhere in the end. What one wrote oneself may stay, to be edited anew. Whoever had been shown the
 * message is told of the recall, once. And a recall that was acknowledged is in the log, one that was refused is not.
 */
export function recalledIsGone(model: Model): Violation[] {
  const found = [...shownWithoutRecall(model), ...honestAnswers(model)];
  const all = [...model.recalls].flatMap(([id, recall]): Recalled[] => {
    const stored = model.byID.get(id);
    return stored ? [{ ...stored, id, recall }] : [];
  });
  if (all.length === 0) return found;
  const knowsAt = knowledge(model);
  const sightings = Map.groupBy(model.sightings, ({ seen }) => seen.id);
  return [
    ...all.flatMap((one) => [
      ...leftInStore(one),
      ...byStranger(one),
      ...stillShown(model, one, { sightings: sightings.get(one.id) ?? [], knowsAt }),
      ...neverTold(model, one, { sightings: sightings.get(one.id) ?? [], knowsAt }),
    ]),
    ...stillListed(model, all, knowsAt),
    ...toldWrongly(model),
    ...found,
  ];
}

/** A device that waits for the answer to its own recall shows it already, and takes that back when it is refused. */
function shownWithoutRecall(model: Model): Violation[] {
  const wrong = model.sightings.filter(({ seen: { recalled, id } }) => recalled && !model.recalls.has(id));
  return wrong
    .filter(({ seen, session, at }) =>
      callsFor(model, seen.id).every((call) => call.session !== session || call.to < at),
    )
    .map(({ seen, by, how }) =>
      violation(`${by} shows ${seen.conv} ${seen.seq} as recalled (${how}), which it is not`),
    );
}

/** One-to-one nobody recalls what the other said; in groups admins do. */
function byStranger(one: Recalled): Violation[] {
  if (!one.conv.startsWith('c2c:') || one.recall.from === one.entry.from) return [];
  return [violation(`${nameOf(one)} of ${one.entry.from} was recalled by ${one.recall.from}`)];
}

function leftInStore(one: Recalled): Violation[] {
  const { left } = one.entry;
  if (left?.recalled && left.body === '') return [];
  return [violation(`${nameOf(one)} was recalled; the store has "${left?.body ?? one.entry.body}" still`)];
}

function stillShown(model: Model, one: Recalled, { sightings, knowsAt }: Views): Violation[] {
  return sightings.flatMap(({ seen, by, user, session, how, at }) => {
    const isOwn = user === one.entry.from;
    if (seen.recalled && (isOwn || seen.body === '')) return [];
    const isOver = how === 'final' && mustHave(model, session, one.conv);
    if (!isOver && at <= knowsAt(session, one.conv, one.recall.pos).at) return [];
    return [violation(`${by} shows ${nameOf(one)} (${how}), and has been told of its recall`)];
  });
}

/** The last message of a conversation in a list. */
function stillListed(model: Model, all: readonly Recalled[], knowsAt: KnowsAt): Violation[] {
  const byPlace = new Map(all.map((one) => [`${one.conv} ${one.seq}`, one]));
  const found: Violation[] = [];
  model.lines.forEach((line, at) => {
    if (line.op !== 'conversations' && line.op !== 'final') return;
    for (const { conv, lastSeq, lastBody } of line.conversations) {
      const one = lastBody === '' ? undefined : byPlace.get(`${conv} ${lastSeq}`);
      if (one === undefined) continue;
      const isOver = line.op === 'final' && mustHave(model, line.session, conv);
      if (isOver || at > knowsAt(line.session, conv, one.recall.pos).at)
        found.push(violation(`${line.device} lists ${nameOf(one)}, and has been told of its recall`));
    }
  });
  return found;
}

/** A session that was shown what the message said, and is there in the end, has heard of the recall; or asked for it. */
function neverTold(model: Model, one: Recalled, { sightings, knowsAt }: Views): Violation[] {
  const sessions = new Set(
    sightings.flatMap(({ seen, session, how }) => (seen.recalled || how === 'final' ? [] : [session])),
  );
  for (const call of callsFor(model, one.id)) sessions.delete(call.session);
  for (const line of toldRecalled(model))
    if (line.messages.some(({ id }) => id === one.id)) sessions.delete(line.session);
  return hearers(model, one, one.recall, knowsAt)
    .filter(({ session }) => sessions.has(session))
    .map(({ device }) => violation(`${device} was shown ${nameOf(one)}, and never told of its recall`));
}

const toldRecalled = (model: Model) => model.changes.filter(({ op }) => op === 'recalled');

const callsFor = (model: Model, id: string): Call[] =>
  [...model.calls.values()].filter((call) => call.name === 'recall' && call.id === id);

/** Once each, and only of what the log says; of what is told, nothing is shown. */
function toldWrongly(model: Model): Violation[] {
  const found: Violation[] = [];
  const told = new Set<string>();
  for (const { session, user, messages } of toldRecalled(model)) {
    for (const { conv, seq, id, from, body } of messages) {
      const what = `${session} was told of a recall of ${conv} ${seq}`;
      if (!model.recalls.has(id)) found.push(violation(`${what}, which the log has not`));
      if (told.has(`${session} ${id}`)) found.push(violation(`${what} again`));
      if (user !== from && body !== '') found.push(violation(`${what} with its words "${body}"`));
      told.add(`${session} ${id}`);
    }
  }
  return found;
}

function honestAnswers(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const call of model.calls.values()) {
    if (call.name !== 'recall' || call.id === undefined) continue;
    const by = model.recalls.get(call.id)?.from;
    const what = `${call.device}'s recall of ${call.conv} (${call.id})`;
    if (call.end?.op === 'ok' && by === undefined)
      found.push(violation(`${what} was acknowledged; the log has none`));
    const others = callsFor(model, call.id).filter(
      ({ user, end }) => user === call.user && end?.op !== 'fail',
    );
    if (call.end?.op === 'fail' && by === call.user && others.length === 0)
      found.push(violation(`${what} was refused (${call.end.code}), and is in the log`));
  }
  return found;
}
