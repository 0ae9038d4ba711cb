import type { WireLine } from '../history.ts';
import type { Model } from '../model.ts';

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

function take(logs: Map<string, Told>, wire: WireLine & { at: number }): void {
  if (wire.what === 'session' && wire.mode === 'reset') for (const told of logs.values()) forget(told);
  if (wire.what === 'snapshot' && wire.why === 'reset') cover(logs, wire, { from: 0, to: wire.pos });
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
