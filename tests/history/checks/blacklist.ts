import type { Violation } from '../history.ts';
import type { Log, Model } from '../model.ts';

/** C14: between a block and its end, in the order of the commits, nothing of the blocked user is stored for who blocked them. */
export function blockedReachNobody(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    for (const { seq, from, commit } of log.messages) {
      const receiver = otherThan(log, from);
      if (from === undefined || receiver === undefined || commit === undefined) continue;
      if (!isBlocked(model, receiver, from, commit)) continue;
      found.push({ check: 'C14', text: `${log.conv} ${seq} is of ${from}, whom ${receiver} had blocked` });
    }
  }
  return found;
}

/** Of a pair, the one who did not send. */
function otherThan({ conv }: Log, from: string | undefined): string | undefined {
  const [kind, ...users] = conv.split(':');
  return kind === 'c2c' ? users.find((user) => user !== from) : undefined;
}

/** What the newest change before that commit says. */
function isBlocked({ blocks }: Model, user: string, other: string, commit: number): boolean {
  const before = blocks.filter((line) => line.user === user && line.other === other && line.commit < commit);
  const newest = before.toSorted((a, b) => a.commit - b.commit).at(-1);
  return newest?.change === 'begin';
}
