import type { LogEntry, Seen, Violation } from '../history.ts';
import type { Model, Sighting, StoredMessage } from '../model.ts';
import { freshStart, hearers, knowledge, type KnowsAt, mustHave, type Views } from './told.ts';

/** One message that was edited, and its edits: the version of each is its place among them. */
interface Edited extends StoredMessage {
  id: string;
  edits: readonly LogEntry[];
}

const violation = (text: string): Violation => ({ check: 'C12', text });
const nameOf = ({ conv, seq, entry }: StoredMessage) => `${conv} ${seq} "${entry.body}"`;

/**
 * C12: versions of a message count 1, 2, 3, …; each says the same wherever it is seen, and nobody goes back to an older one: not a
 * session, nor a device that has been told everything up to a newer one, and in the end all have the newest. Whoever had been shown
 * an older one is told of it. Only the newest is kept. An edit that was acknowledged is in the log, once, and one that was refused
 * does not stand there.
 */
export function editsConverge(model: Model): Violation[] {
  const all = [...model.edits].flatMap(([id, edits]): Edited[] => {
    const stored = model.byID.get(id);
    return stored ? [{ ...stored, id, edits }] : [];
  });
  const found = [...versionsOfNone(model), ...honestAnswers(model)];
  if (all.length === 0) return found;
  const knowsAt = knowledge(model);
  const sightings = Map.groupBy(model.sightings, ({ seen }) => seen.id);
  return [
    ...all.flatMap((one) => {
      const views = { sightings: sightings.get(one.id) ?? [], knowsAt };
      return [
        ...inStore(model, one),
        ...shownAsItWas(model, one, views),
        ...neverBack(one, views),
        ...neverTold(model, one, views),
      ];
    }),
    ...listedAsItWas(model, all, knowsAt),
    ...toldWrongly(model),
    ...found,
  ];
}

/** What a version says: of one that there is not, nothing. */
const wordsOf = ({ entry, edits }: Edited, version: number): string | undefined =>
  version === 0 ? entry.body : edits[version - 1]?.body;

function inStore(model: Model, one: Edited): Violation[] {
  const { entry, edits, id } = one;
  const found: Violation[] = [];
  edits.forEach(({ version }, index) => {
    if (version !== index + 1)
      found.push(violation(`edit ${index + 1} of ${nameOf(one)} made version ${version}`));
  });
  const isRecalled = model.recalls.has(id);
  for (const { version, left } of isRecalled ? edits : edits.slice(0, -1))
    if (left?.body !== '')
      found.push(violation(`the log has the words of version ${version} of ${nameOf(one)} still`));
  const newest = edits.at(-1)?.body;
  if (!isRecalled && entry.left?.body !== newest)
    found.push(
      violation(`the store has "${entry.left?.body}" for ${nameOf(one)}; the newest version is "${newest}"`),
    );
  return found;
}

/** What is shown as recalled may be the sender's own copy of any version. */
function shownAsItWas(model: Model, one: Edited, { sightings, knowsAt }: Views): Violation[] {
  return sightings.flatMap(({ seen, by, session, how, at }) => {
    const { version = 0, body, recalled } = seen;
    if (recalled) return [];
    const words = wordsOf(one, version);
    if (body !== words)
      return [violation(`${by} shows version ${version} of ${nameOf(one)} as "${body}" (${how})`)];
    const isOver = how === 'final' && mustHave(model, session, one.conv);
    const newest = isOver ? one.edits.length : knownVersion(one, { session, at, knowsAt });
    if (version >= newest) return [];
    return [
      violation(`${by} shows version ${version} of ${nameOf(one)} (${how}), and has been told of ${newest}`),
    ];
  });
}

/** The newest version of which a session has been told before a place in the history. */
function knownVersion(
  { conv, edits }: Edited,
  { session, at, knowsAt }: { session: string; at: number; knowsAt: KnowsAt },
): number {
  return edits.findLastIndex(({ pos }) => knowsAt(session, conv, pos).at < at) + 1;
}

function neverBack(one: Edited, { sightings }: Views): Violation[] {
  const found: Violation[] = [];
  const shown = new Map<string, number>();
  for (const { seen, by, session } of sightings.toSorted((a, b) => a.at - b.at)) {
    const { version = 0, recalled } = seen;
    const before = shown.get(session) ?? 0;
    if (!recalled && version < before)
      found.push(violation(`${by} went back from version ${before} of ${nameOf(one)} to ${version}`));
    shown.set(session, Math.max(before, version));
  }
  return found;
}

/** Of a message that is recalled, that is told instead. Whoever edits is not told of it too, nor who holds the message no more. */
function neverTold(model: Model, one: Edited, { sightings, knowsAt }: Views): Violation[] {
  const newest = one.edits.at(-1);
  if (newest === undefined || model.recalls.has(one.id)) return [];
  const version = one.edits.length;
  const isOld = ({ seen, how, session, at }: Sighting) =>
    how !== 'final' &&
    (seen.version ?? 0) < version &&
    at >= freshStart(model, session, knowsAt(session, one.conv, newest.pos).at);
  const sessions = new Set(sightings.filter(isOld).map(({ session }) => session));
  for (const { name, id, body, session } of model.calls.values())
    if (name === 'edit' && id === one.id && body === newest.body) sessions.delete(session);
  for (const { op, session, messages } of model.changes)
    if (op === 'edited' && messages.some((seen) => seen.id === one.id && seen.version === version))
      sessions.delete(session);
  return hearers(model, one, newest, knowsAt)
    .filter(({ session }) => sessions.has(session))
    .map(({ device }) =>
      violation(`${device} was shown ${nameOf(one)}, and never told of version ${version}`),
    );
}

/** The last message of a conversation in a list. */
function listedAsItWas(model: Model, all: readonly Edited[], knowsAt: KnowsAt): Violation[] {
  const byPlace = new Map(all.map((one) => [`${one.conv} ${one.seq}`, one]));
  const found: Violation[] = [];
  model.lines.forEach((line, at) => {
    if (line.op !== 'conversations' && line.op !== 'final') return;
    for (const { conv, lastSeq, lastBody } of line.conversations) {
      const one = lastBody === '' ? undefined : byPlace.get(`${conv} ${lastSeq}`);
      if (one === undefined) continue;
      const isOver = line.op === 'final' && mustHave(model, line.session, conv);
      const known = isOver ? one.edits.length : knownVersion(one, { session: line.session, at, knowsAt });
      const version = [one.entry, ...one.edits].findIndex(({ body }) => body === lastBody);
      if (version < known)
        found.push(
          violation(
            `${line.device} lists ${nameOf(one)} as "${lastBody}", and has been told of version ${known}`,
          ),
        );
    }
  });
  return found;
}

function versionsOfNone(model: Model): Violation[] {
  return model.sightings
    .filter(({ seen: { version = 0, id } }) => version > (model.edits.get(id)?.length ?? 0))
    .map(({ by, seen }) =>
      violation(`${by} shows version ${seen.version} of ${seen.conv} ${seen.seq}, which there is not`),
    );
}

/** Each version once at most, as it is, and never back. Two that come in one turn are two mentions of the one object that there is. */
function toldWrongly(model: Model): Violation[] {
  const found: Violation[] = [];
  const told = new Map<string, number>();
  for (const { op, session, messages } of model.changes) {
    const byID = new Map(messages.map((seen) => [seen.id, seen]));
    for (const seen of op === 'edited' ? byID.values() : []) {
      const { conv, seq, id, version = 0 } = seen;
      const key = `${session} ${id}`;
      const what = `${session} was told of version ${version} of ${conv} ${seq}`;
      if (!saysSo(model, seen)) found.push(violation(`${what} as "${seen.body}"`));
      if (version <= (told.get(key) ?? 0)) found.push(violation(`${what} after ${told.get(key)}`));
      told.set(key, version);
    }
  }
  return found;
}

function saysSo(model: Model, { id, version = 0, body, recalled }: Seen): boolean {
  const edit = model.edits.get(id)?.[version - 1];
  return edit !== undefined && (recalled === true || edit.body === body);
}

/**
 * A refusal says what stands: an edit that was done, and is asked for again when another has come or the message was recalled, is
 * refused with that.
 */
function honestAnswers(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const { name, id = '', body, device, user, conv, end } of model.calls.values()) {
    if (name !== 'edit') continue;
    const edits = model.edits.get(id) ?? [];
    const made = edits.filter((edit) => edit.body === body && edit.from === user);
    const what = `${device}'s edit of ${conv} to "${body}"`;
    if (made.length > 1) found.push(violation(`${what} was done ${made.length} times`));
    if (end?.op === 'ok' && made.length === 0)
      found.push(violation(`${what} was acknowledged; the log has none`));
    const stands = made.length > 0 && edits.at(-1) === made.at(-1) && !model.recalls.has(id);
    if (end?.op === 'fail' && stands) found.push(violation(`${what} was refused (${end.code}), and stands`));
  }
  return found;
}
