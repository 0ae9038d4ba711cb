import { type FinalLine, INBOX, type LogEntry, type WireLine } from '../history.ts';
import { isInside, maySee, type Model, type Sighting } from '../model.ts';

/** How far a session has been told of a log without a gap, from which place in the history on; or that it starts there. */
interface Step {
  at: number;
  upTo: number;
  how: 'told' | 'start';
}

const NEVER: Step = { at: Infinity, upTo: Infinity, how: 'told' };

/** Positions told to one session of one log: all up to `upTo`, and stretches beyond a gap. */
interface Told {
  steps: Step[];
  upTo: number;
  beyond: { from: number; to: number }[];
}

/**
 * From which place in the history on a session knows what stands at a position: everything up to there has been told to it, in
 * order. A snapshot tells that only where the device starts from it; any other is followed by what it does not hold yet.
 */
export function knowledge(model: Model): (session: string, conv: string, pos: number) => Step {
  const sessions = new Map<string, Map<string, Told>>();
  for (const wire of model.wires) {
    const logs = sessions.get(wire.session) ?? new Map<string, Told>();
    sessions.set(wire.session, logs);
    take(logs, wire);
  }
  return (session, conv, pos) =>
    sessions
      .get(session)
      ?.get(conv)
      ?.steps.find(({ upTo }) => upTo >= pos) ?? NEVER;
}

export type KnowsAt = ReturnType<typeof knowledge>;

/** How one message was seen, and who had been told what by then. */
export interface Views {
  sightings: readonly Sighting[];
  knowsAt: KnowsAt;
}

/**
 * Devices that are there in the end and have heard of an entry in its place. Whoever was not in the group any more hears nothing of
 * the group, whoever has deleted the message nothing of it; and a fresh start in a session jumps over what came before it, recalls and edits like messages (C7): what is read from
 * then on shows them.
 */
export function hearers(
  model: Model,
  { conv, seq }: { conv: string; seq: number },
  { pos }: LogEntry,
  knowsAt: KnowsAt,
): FinalLine[] {
  const log = model.logs.get(conv);
  return model.finals.filter(
    ({ kind, user, session }) =>
      kind === 'device' &&
      log !== undefined &&
      maySee(log, user, pos) &&
      !model.isGoneFor(user, conv, seq) &&
      knowsAt(session, conv, pos).how !== 'start',
  );
}

/** The last place before another at which a session began anew. What it held before, it does not hold any more. */
export const freshStart = ({ wires }: Model, session: string, before: number): number =>
  wires.findLast(
    (wire) =>
      wire.session === session && wire.what === 'session' && wire.mode === 'reset' && wire.at < before,
  )?.at ?? 0;

/**
 * Whether a device must have in the end what became of a message: one that has just logged in always, any other where its user is in.
 * Whoever has left a group keeps what they had.
 */
export function mustHave({ logs, finals }: Model, session: string, conv: string): boolean {
  const log = logs.get(conv);
  return finals.some(
    (line) =>
      line.session === session && (line.kind === 'fresh' || (log !== undefined && isInside(log, line.user))),
  );
}

function take(logs: Map<string, Told>, wire: WireLine & { at: number }): void {
  if (wire.what === 'session' && wire.mode === 'reset') for (const told of logs.values()) forget(told);
  if (wire.what === 'snapshot' && wire.why === 'reset') cover(logs, wire, { from: 0, to: wire.pos });
  if (wire.what === 'joined' && wire.conv === INBOX) cover(logs, wire, { from: 0, to: wire.pos });
  if (wire.what === 'range') cover(logs, wire, wire);
}

/** What was told before a fresh start stays told. */
function forget(told: Told): void {
  told.upTo = 0;
  told.beyond = [];
}

function cover(
  logs: Map<string, Told>,
  { conv, at }: { conv: string; at: number },
  stretch: { from: number; to: number },
): void {
  const told = logs.get(conv) ?? { steps: [], upTo: 0, beyond: [] };
  logs.set(conv, told);
  told.beyond.push(stretch);
  told.beyond.sort((a, b) => a.from - b.from);
  const before = told.upTo;
  told.beyond = told.beyond.filter(({ from, to }) => {
    if (from > told.upTo + 1) return true;
    told.upTo = Math.max(told.upTo, to);
    return false;
  });
  if (told.upTo > before)
    told.steps.push({ at, upTo: told.upTo, how: stretch.from === 0 ? 'start' : 'told' });
}
