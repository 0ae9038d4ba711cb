import type { Violation } from '../history.ts';
import type { Log, Model } from '../model.ts';
import { isSoBefore } from './newest-change.ts';

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
export function otherThan({ conv }: Log, from: string | undefined): string | undefined {
  const [kind, ...users] = conv.split(':');
  return kind === 'c2c' ? users.find((user) => user !== from) : undefined;
}

function isBlocked({ blocks }: Model, user: string, other: string, commit: number): boolean {
  return isSoBefore(blocks, { user, other, commit });
}
