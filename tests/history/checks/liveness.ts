import type { Violation } from '../history.ts';
import type { Model } from '../model.ts';

/** C17: every call ends in its time, and once faults are over, calls succeed and all devices that should be ready are. */
export function everythingEnds(model: Model): Violation[] {
  const { meta } = model;
  if (meta === undefined) return [{ check: 'unknown', text: 'the history has no meta line' }];
  const found: Violation[] = [];
  for (const call of model.calls.values()) {
    const allowed = meta.deadlineMs[call.name] ?? meta.deadlineMs.any;
    const latest = call.t + allowed + model.sleptAfter(call.device, call.t);
    const what = `${call.device}: ${call.name} ${call.conv ?? ''} of ${call.t}`;
    if (call.end === undefined) {
      if (latest <= model.endedAt) found.push({ check: 'C17', text: `${what} never ended` });
    } else if (call.end.t > latest) {
      found.push({ check: 'C17', text: `${what} took ${call.end.t - call.t} ms` });
    }
    const isLate = call.t >= model.healedAt + meta.convergeMs;
    if (isLate && call.name === 'send' && call.end?.op === 'info' && !wasKicked(model, call.session)) {
      found.push({
        check: 'C17',
        text: `${what} came to nothing (${call.end.code}) although all faults were over`,
      });
    }
  }
  return [...found, ...allReady(model)];
}

/** A session that another login ends takes its unanswered calls with it. */
function wasKicked(model: Model, session: string): boolean {
  return model.states.some((state) => state.session === session && state.state === 'kicked');
}

/** The sessions that are there in the end must have become ready, and not have lost it. */
function allReady(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const line of model.finals) {
    const last = model.states.findLast((state) => state.session === line.session && state.at < line.at);
    if (last?.state !== 'ready')
      found.push({ check: 'C17', text: `${line.session} is not ready in the end` });
  }
  return found;
}
