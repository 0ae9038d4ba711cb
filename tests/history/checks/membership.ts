import type { Violation } from '../history.ts';
import { mayRead, maySee, type Model } from '../model.ts';

/** C14: nobody is shown what was said while they were not in. */
export function onlyMembersSee(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const { seen, by, user, how } of model.sightings) {
    const log = model.logs.get(seen.conv);
    const entry = log?.bySeq.get(seen.seq);
    if (log === undefined || entry === undefined) continue;
    if (how === 'deliver' ? maySee(log, user, entry.pos) : mayRead(log, user, entry.pos)) continue;
    found.push({
      check: 'C14',
      text: `${by} of ${user} saw ${seen.conv} ${seen.seq} (${how}) while not in it`,
    });
  }
  return [...found, ...onlyMembersSpeak(model)];
}

/** A message stands in the log only while its sender was in: rights are decided where the order is. */
function onlyMembersSpeak(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    if (!/^(group|topic):/.test(log.conv)) continue;
    for (const { pos, seq, from, body } of log.messages) {
      if (from === undefined || body === undefined || !model.senderOf.has(body) || maySee(log, from, pos))
        continue;
      found.push({ check: 'C14', text: `${log.conv} ${seq} is of ${from}, who was not in it then` });
    }
  }
  return found;
}
