import { runCommand } from '../delivery/run-command.ts';
import { routeOf, userSubject } from '../delivery/subjects.ts';
import type { CoreDeps } from '../deps.ts';
import { keys } from '../keys.ts';
import { decode, type DueInvitation, type Invitation } from '../records.ts';
import type { TimedOut } from './time-out.ts';

type TimerDeps = Pick<CoreDeps, 'store' | 'bus' | 'hooks'>;

/** An invitation's time is over. */
export async function timeOut(
  deps: TimerDeps,
  { app, inviteID }: DueInvitation,
  nowMs: number,
): Promise<void> {
  const [record] = await deps.store.get([keys.invitation(app, inviteID)]);
  const invitation = decode.invitation(record);
  // Set in one step with its timer, and kept for ever.
  if (invitation === undefined) return;
  const { log, inviter, dueMs } = invitation;
  const invitees = invitation.invitees.map(({ userID }) => userID);
  const body = { app, invitation: { inviteID, log, inviter, dueMs }, invitees, nowMs };
  const { unstored } = await runCommand(deps, { type: 'invitation.timeOut', body });
  if (unstored !== undefined) publish(deps, app, invitation, unstored);
}

function publish(
  { bus }: TimerDeps,
  app: number,
  { log, inviter }: Invitation,
  { message, isForInviter }: NonNullable<TimedOut['unstored']>,
): void {
  const subjects = isForInviter ? [userSubject(app, inviter)] : routeOf(log).subjects;
  for (const subject of subjects)
    bus.publish(subject, { kind: 'transient', app, conversation: log, from: inviter, message });
}
