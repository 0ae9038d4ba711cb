import type { HeardLine, Seen, Violation } from '../history.ts';
import type { Call, Model } from '../model.ts';

/** Said again on another node, before that has let the session in: it says nothing of the first try. */
const NOT_THERE = 2101;

/**
 * C19: live rooms, of which less is promised. What is heard was said there; nothing that was refused is heard; a session hears a
 * message once, and none of its own; and it hears nothing of a room that it never asked to be in, or has left.
 */
export function honestRooms(model: Model): Violation[] {
  const found: Violation[] = [];
  const said = new Map<string, Call>();
  for (const call of model.calls.values())
    if (call.name === 'say' && call.body !== undefined) said.set(call.body, call);
  const told = new Set<string>();
  for (const line of model.heard) {
    for (const seen of line.messages) {
      const wrong = [wrongWords(said.get(seen.body), seen, line), wrongStay(model, seen, line)];
      const key = `${line.session} ${seen.body}`;
      if (told.has(key)) wrong.push('again');
      told.add(key);
      for (const how of wrong.filter((each) => each !== undefined))
        found.push({ check: 'C19', text: `${line.session} heard "${seen.body}" in ${seen.conv} ${how}` });
    }
  }
  return found;
}

function wrongWords(said: Call | undefined, seen: Seen, { session }: HeardLine): string | undefined {
  if (said === undefined || said.conv !== seen.conv || said.user !== seen.from)
    return 'which nobody said there';
  if (said.session === session) return 'though it said so itself';
  const { end } = said;
  return end?.op === 'fail' && end.code !== NOT_THERE ? `which was refused with ${end.code}` : undefined;
}

/**
 * In from the moment of asking to the moment in which a leaving was answered; of two that were under way together, nobody knows
 * which came first.
 */
function wrongStay(
  model: Model,
  { conv }: Seen,
  { session, at }: { session: string; at: number },
): string | undefined {
  const calls = [...model.calls.values()].filter((call) => call.session === session && call.conv === conv);
  const entries = calls.filter(({ name, from }) => name === 'enterRoom' && from < at);
  if (entries.length === 0) return 'without having come in';
  const hasLeft = calls.some(
    ({ name, end, from, to }) =>
      name === 'leaveRoom' && end?.op === 'ok' && to < at && entries.every((entry) => isOver(entry, from)),
  );
  return hasLeft ? 'after having left' : undefined;
}

/** One whose outcome is not known may come into effect at any time. */
const isOver = ({ end, to }: Call, at: number): boolean =>
  (end?.op === 'ok' || end?.op === 'fail') && to < at;
