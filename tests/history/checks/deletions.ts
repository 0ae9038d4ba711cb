import { type GoneLine, INBOX, type Violation } from '../history.ts';
import type { Call, Model, Sighting } from '../model.ts';
import { knowledge } from './told.ts';

const violation = (text: string): Violation => ({ check: 'C12', text });
const covers = ({ seqs, through }: GoneLine, seq: number): boolean => seq <= through || seqs.includes(seq);

/**
 * C12: what somebody deleted, or all that they cleared, is gone for them on every device that has been told so: it is not read,
 * handed over or listed there any more, and in the end nowhere; everybody else has it still (C5). Nothing is gone for who did not ask
 * for it. What was acknowledged is done, and what was refused is not.
 */
export function deletedIsGone(model: Model): Violation[] {
  const found = [...honestAnswers(model), ...unasked(model)];
  if (model.gone.length === 0) return found;
  const knowsAt = knowledge(model);
  const byConversation = Map.groupBy(model.gone, ({ user, conv }) => `${user} ${conv}`);
  const isGone = (
    user: string,
    conv: string,
    seq: number,
    { session, at }: { session: string; at: number },
  ) =>
    byConversation
      .get(`${user} ${conv}`)
      ?.some((line) => covers(line, seq) && knowsAt(session, INBOX, line.pos).at < at) ?? false;
  for (const { seen, by, user, how, session, at } of model.sightings) {
    if (how === 'ack' || !isGone(user, seen.conv, seen.seq, { session, at })) continue;
    found.push(violation(`${by} shows ${seen.conv} ${seen.seq} (${how}), which ${user} has deleted`));
  }
  model.lines.forEach((line, at) => {
    if (line.op !== 'conversations' && line.op !== 'final') return;
    for (const { conv, lastSeq } of line.conversations)
      if (lastSeq > 0 && isGone(line.user, conv, lastSeq, { session: line.session, at }))
        found.push(violation(`${line.device} lists ${conv} ${lastSeq}, which ${line.user} has deleted`));
  });
  return found;
}

/** The numbers of the messages that a call names. */
const seqsOf = (model: Model, { ids = [] }: Call): number[] =>
  ids.flatMap((id) => model.byID.get(id)?.seq ?? []);

function honestAnswers(model: Model): Violation[] {
  const calls = [...model.calls.values()];
  const shown = Map.groupBy(model.sightings, ({ session }) => session);
  return calls.flatMap((call) => {
    if (call.name === 'deleteMessages') return honestDeletion(model, call, shown.get(call.session) ?? []);
    return call.name === 'clearHistory' ? honestClearing(model, call) : [];
  });
}

/** The device that asked shows it no more from the answer on. */
function honestDeletion(model: Model, call: Call, sightings: readonly Sighting[]): Violation[] {
  const { user, device, conv = '', end, to } = call;
  const seqs = seqsOf(model, call);
  const what = `${device}'s deletion of ${conv} ${seqs.join()}`;
  if (end?.op === 'ok') {
    const left = seqs.filter((seq) => !model.isGoneFor(user, conv, seq));
    if (left.length > 0) return [violation(`${what} was acknowledged; ${left.join()} is there`)];
    return sightings
      .filter(
        ({ seen, at, how }) => how !== 'ack' && seen.conv === conv && seqs.includes(seen.seq) && at > to,
      )
      .map(({ seen, how }) =>
        violation(`${device} shows ${conv} ${seen.seq} (${how}), which it has deleted`),
      );
  }
  const others = [...model.calls.values()].filter(
    (other) => other.name === 'deleteMessages' && other.user === user && other.end?.op !== 'fail',
  );
  const asked = new Set(others.flatMap((other) => seqsOf(model, other)));
  const deleted = model.mark(user, conv)?.deleted ?? [];
  if (end?.op !== 'fail' || !seqs.some((seq) => deleted.includes(seq) && !asked.has(seq))) return [];
  return [violation(`${what} was refused (${end.code}), and is done`)];
}

function honestClearing(model: Model, { user, device, conv = '', end, t }: Call): Violation[] {
  const isDone = model.gone.some((line) => line.user === user && line.conv === conv && line.through > 0);
  // What came after the wish is not in it.
  const isOwed = model.visible(user, conv).entries.some(({ at = 0 }) => at < t);
  if (end?.op !== 'ok' || isDone || !isOwed) return [];
  return [violation(`${device}'s clearing of ${conv} was acknowledged, and is not done`)];
}

const CLEARINGS: ReadonlySet<string> = new Set(['clearHistory', 'deleteConversation']);

function unasked(model: Model): Violation[] {
  const calls = [...model.calls.values()].filter(({ end }) => end?.op !== 'fail');
  return model.gone.flatMap(({ user, conv, seqs, through }) => {
    const mine = calls.filter((call) => call.user === user && call.conv === conv);
    const named = new Set(
      mine.filter(({ name }) => name === 'deleteMessages').flatMap((call) => seqsOf(model, call)),
    );
    const isAsked =
      seqs.every((seq) => named.has(seq)) && (through === 0 || mine.some(({ name }) => CLEARINGS.has(name)));
    return isAsked
      ? []
      : [violation(`${conv} ${seqs.join()} is gone for ${user}, who asked for no such thing`)];
  });
}
