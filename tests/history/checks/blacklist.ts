import type { Violation } from '../history.ts';
import { isFor, type Log, type Model } from '../model.ts';
import { isSoBefore } from './newest-change.ts';

/**
 * C14: between a block and its end, in the order of the commits, nothing of the blocked user is stored but for themselves alone; and
 * nothing else is theirs alone, but for steps of an invitation that is.
 */
export function blockedReachNobody(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    for (const { seq, from, commit, alone, step } of log.messages) {
      const receiver = otherThan(log, from);
      if (from === undefined || receiver === undefined || commit === undefined) continue;
      const blocked = isBlocked(model, receiver, from, commit);
      if (blocked && !alone)
        found.push({ check: 'C14', text: `${log.conv} ${seq} is of ${from}, whom ${receiver} had blocked` });
      if (alone && !blocked && !step)
        found.push({
          check: 'C14',
          text: `${log.conv} ${seq} is kept from ${receiver}, who had not blocked`,
        });
    }
  }
  return found;
}

/** C14: of what is its sender's alone nobody else is shown anything: not the message, nor what becomes of it, nor that it is the last. */
export function keptIsKept(model: Model): Violation[] {
  const found: Violation[] = [];
  const look = (device: string, user: string, { conv, seq }: { conv: string; seq: number }): void => {
    const entry = model.logs.get(conv)?.bySeq.get(seq);
    if (entry === undefined || isFor(entry, user)) return;
    found.push({
      check: 'C14',
      text: `${device} of ${user} was shown ${conv} ${seq}, which is its sender's alone`,
    });
  };
  for (const { seen, by, user } of model.sightings) look(by, user, seen);
  for (const { device, user, messages } of model.changes)
    for (const seen of messages) look(device, user, seen);
  for (const line of model.lines)
    if (line.op === 'conversations' || line.op === 'final')
      for (const { conv, lastSeq } of line.conversations)
        look(line.device, line.user, { conv, seq: lastSeq });
  for (const { inviteID, device, user } of model.rings) {
    const invite = [...model.byID.values()].find(
      ({ entry }) => entry.step?.inviteID === inviteID && entry.step.actionType === 1,
    );
    if (invite) look(device, user, invite);
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
